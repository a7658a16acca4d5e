"""Administrators keep the list of sectors and agencies."""

import pytest
from sqlalchemy import select

from tests.makers import make_agency, make_booking, make_sector, save
from tests.queries import counted
from tests.web.reading import filled_in, heading, links, main, typed, wrong
from webapp.models import Agency, AuditLine, EmailDomain, Sector
from webapp.services import agency_lists

LIST = "/organiser/settings/agencies"


@pytest.fixture
def police(partnership):
    return make_sector(name="Police")


def lines(db):
    found = db.session.scalars(select(AuditLine).order_by(AuditLine.id))
    return [(line.action, line.detail) for line in found]


def test_the_list_shows_domains_bookings_and_former_names(as_administrator, police):
    agency = make_agency("Anytown Police", sector=police, former_names=["Anytown Constabulary"])
    save(EmailDomain(agency=agency, domain="anytown.police.example"))
    make_booking(agency=agency)

    page = as_administrator.get(LIST)
    row = next(row for row in main(page).all("tr") if "Anytown Police" in row.text).text

    assert "Also Anytown Constabulary" in row
    assert "anytown.police.example" in row
    assert row.endswith("1")
    assert LIST in links(as_administrator.get("/organiser/settings")).values()


def test_an_agency_is_added_with_its_domains(as_administrator, police, db):
    sent = {"sector": police.id, "name": "Anytown Police", "domains": "@Anytown.police.example\n"}
    answer = as_administrator.post(f"{LIST}/new", data=sent)

    assert answer.location == LIST
    agency = db.session.scalars(select(Agency)).one()
    assert [domain.domain for domain in agency.email_domains] == ["anytown.police.example"]
    assert lines(db) == [("added an agency", "Anytown Police")]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, {"name": "Enter the name of the agency"}),
        ({"sector": ""}, {"sector": "Choose the sector"}),
        (
            {"domains": "not a domain"},
            {"domains": "“not a domain” must be a domain, such as anytown.gov.uk"},
        ),
        ({"name": "Taken"}, {"name": "This sector has an agency of this name already."}),
        (
            {"domains": "taken.example"},
            {"domains": "taken.example belongs to Taken already."},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    as_administrator, police, sent, said
):
    save(EmailDomain(agency=make_agency("Taken", sector=police), domain="taken.example"))
    sent = {"sector": police.id, "name": "Anytown Police", "domains": "", **sent}

    page = as_administrator.post(f"{LIST}/new", data=sent)

    assert wrong(page) == said
    assert typed(page, "name") == sent["name"]


def test_a_new_name_is_in_the_audit_log_beside_the_old(as_administrator, police, db):
    agency = make_agency("Anytown Constabulary", sector=police)
    url = f"{LIST}/{agency.id}"
    assert typed(as_administrator.get(url), "name") == "Anytown Constabulary"

    as_administrator.post(url, data={"name": "Anytown Police", "domains": ""})

    assert lines(db) == [("changed an agency", "Anytown Constabulary → Anytown Police")]
    assert heading(as_administrator.get(url)) == "Agency: Anytown Police"


def test_merging_says_first_what_will_move(as_administrator, police, db):
    old, new = make_agency("Old Force", sector=police), make_agency("New Force", sector=police)
    make_booking(agency=old)
    url = f"{LIST}/{old.id}/merge"
    assert "1 booking belongs to Old Force now" in main(as_administrator.get(url)).text

    page = as_administrator.post(url, data={"into": new.id})
    assert "1 booking goes over, of 1 person" in main(page).text
    assert db.session.get(Agency, old.id) is not None

    answer = as_administrator.post(url, data={"into": new.id, "merge": "yes"})
    assert answer.location == LIST
    db.session.expire_all()
    assert db.session.scalars(select(Agency.name)).all() == ["New Force"]
    assert lines(db) == [("merged two agencies", "Old Force → New Force")]


def test_merging_needs_another_agency(as_administrator, police):
    agency = make_agency(sector=police)
    url = f"{LIST}/{agency.id}/merge"
    for into in ("", agency.id, "999"):
        page = as_administrator.post(url, data={"into": into, "merge": "yes"})
        assert wrong(page) == {"into": "Choose the agency"}


def test_sectors_are_added_and_renamed(as_administrator, police, db):
    as_administrator.post("/organiser/settings/sectors/new", data={"name": "Faith groups"})
    answer = as_administrator.post(
        f"/organiser/settings/sectors/{police.id}", data={"name": "faith groups"}
    )
    assert wrong(answer) == {"name": "There is a sector of this name already."}
    as_administrator.post(
        f"/organiser/settings/sectors/{police.id}", data={"name": "Police and justice"}
    )
    assert set(db.session.scalars(select(Sector.name))) == {"Police and justice", "Faith groups"}
    assert lines(db) == [
        ("added a sector", "Faith groups"),
        ("renamed a sector", "Police → Police and justice"),
    ]


def test_the_list_asks_as_little_for_many_agencies_as_for_few(as_administrator, police):
    asked = []
    for more in (3, 60):
        for _ in range(more):
            save(EmailDomain(agency=make_agency(), domain=f"d{len(asked)}{_}.example"))
        with counted() as sent:
            as_administrator.get(LIST)
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_who_leads_on_training_is_named_changed_and_left_out_again(as_administrator, police, db):
    agency = make_agency("Anytown Police", sector=police)
    url = f"{LIST}/{agency.id}"
    lead = {"lead_name": "Lee Lead", "lead_email": "Lee@police.example"}
    as_administrator.post(url, data=filled_in(as_administrator.get(url), **lead))
    assert typed(as_administrator.get(url), "lead_email") == "lee@police.example"
    assert (agency.lead_name, agency.lead_email) == ("Lee Lead", "lee@police.example")
    as_administrator.post(
        url, data=filled_in(as_administrator.get(url), lead_name="", lead_email="")
    )
    db.session.expire_all()
    assert (agency.lead_name, agency.lead_email) == (None, None)


def test_who_leads_on_training_needs_an_address_and_an_agency_that_is_one_employer(
    as_administrator, police, db
):
    one, many = make_agency("Anytown Police"), make_agency("Another police force")
    nobody = {"domains": "", "lead_name": "Lee Lead", "lead_email": ""}
    page = as_administrator.post(f"{LIST}/{one.id}", data={"name": one.name, **nobody})
    assert wrong(page) == {"lead_email": "Enter the email address of who leads on training there"}
    sent = {"name": many.name, **nobody, "lead_email": "lee@police.example"}
    page = as_administrator.post(f"{LIST}/{many.id}", data=sent)
    assert wrong(page) == {"lead_email": agency_lists.NO_LEAD}
    assert typed(page, "lead_name") == "Lee Lead"
    db.session.expire_all()
    assert many.lead_email is None
