import pytest
from sqlalchemy import select

from tests.makers import make_agency, make_date, make_organiser
from tests.people import kinds
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import buttons, filled_in, links, main, typed, wrong
from webapp.models import AuditLine, Organiser, RoleName
from webapp.services import organisers, second_factor

EMAIL = "ann@partnership.example"


def account(db, email=EMAIL):
    db.session.expire_all()
    return db.session.scalar(select(Organiser).where(Organiser.email == email))


def logged(db):
    return [(line.action, line.detail) for line in db.session.scalars(select(AuditLine))]


def ticked(page):
    boxes = main(page).all("input", type="checkbox")
    return [box["value"] for box in boxes if "checked" in box.attributes]


def rows(page):
    return [row.text for row in main(page).one("tbody").all("tr")]


def test_the_list_says_who_may_do_what_and_whether_they_can_sign_in(as_administrator):
    agency = make_agency("Anytown Police")
    make_organiser("rita@x.example", name="Rita", role=RoleName.REPORTER, agency_id=agency.id)
    make_organiser("tom@x.example", name="Tom", role=RoleName.TRAINER, active=False)
    make_organiser("zoe@x.example", name="Zoe", password="three unlikely words")

    olive, rita, zoe, tom = rows(as_administrator.get("/organiser/people"))
    assert "Administrator" in olive
    assert "Invited" in rita
    assert "Reporter Anytown Police" in rita
    assert "Open Without a second factor" in zoe
    assert "Closed" in tom


def test_a_colleague_is_added_and_written_to(as_administrator, db):
    page = as_administrator.get("/organiser/people/add")
    answer = as_administrator.post(
        "/organiser/people/add", data=filled_in(page, email=EMAIL, name="Ann", roles=["trainer"])
    )

    assert answer.location.endswith("/organiser/people")
    assert account(db).role_names == [RoleName.TRAINER]
    assert kinds(EMAIL) == ["organiser_invited"]
    assert logged(db) == [("added an account", f"{EMAIL} (trainer)")]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"email": "", "roles": ["trainer"]}, {"email": "Enter their email address"}),
        ({"roles": []}, {"roles": "Choose what they may do"}),
        ({"roles": ["emperor"]}, {"roles": "Choose what they may do"}),
        ({"roles": ["reporter"]}, {"agency": "Choose the agency whose figures they see"}),
        ({"email": "taken@x.example"}, {"email": "There is an account for this address already"}),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(as_administrator, db, said, faults):
    make_organiser("taken@x.example")
    sent = {"email": EMAIL, "name": "Ann Able", "roles": ["organiser"], **said}
    page = as_administrator.post("/organiser/people/add", data=sent)

    assert wrong(page) == faults
    assert typed(page, "name") == "Ann Able"
    assert account(db) is None


def test_nobody_reports_for_all_of_a_kind(as_administrator, db):
    school, police = make_agency("A primary school"), make_agency("Anytown Police")
    page = as_administrator.get("/organiser/people/add")
    offered = [option["value"] for option in main(page).one("select").all("option")]
    assert offered == ["", str(police.id)]

    sent = {"email": EMAIL, "roles": ["reporter"], "agency": school.id}
    refused = as_administrator.post("/organiser/people/add", data=sent)
    assert list(wrong(refused)) == ["agency"]
    assert account(db) is None


def test_an_account_is_shown_as_it_stands_and_changed(as_administrator, db):
    agency = make_agency()
    ann = make_organiser(EMAIL, role=RoleName.TRAINER)
    page = as_administrator.get(f"/organiser/people/{ann.id}")
    assert ticked(page) == ["trainer"]
    assert typed(page, "name") == "Olive Organiser"

    changed = {"name": "Ann", "roles": ["organiser", "reporter"], "agency": agency.id}
    as_administrator.post(f"/organiser/people/{ann.id}", data=changed)

    assert account(db).role_names == [RoleName.ORGANISER, RoleName.REPORTER]
    assert account(db).agency_id == agency.id
    assert logged(db) == [("changed an account", f"{EMAIL} (organiser and reporter)")]


def test_one_s_own_account_can_neither_be_closed_nor_lose_its_administrator(
    as_administrator, administrator, db
):
    address = f"/organiser/people/{administrator.id}"
    page = as_administrator.get(address)

    assert "Close the account" not in buttons(page)
    assert "Another administrator can close it" in page.text
    refused = as_administrator.post(address, data={"roles": ["organiser"]})
    assert list(wrong(refused)) == ["roles"]
    assert as_administrator.post(f"{address}/close").status_code == 409
    assert account(db, administrator.email).is_administrator


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(
    app, as_administrator, administrator, db
):
    ann = make_organiser(EMAIL, password="three unlikely words")
    hers = sign_in_as(app.test_client(), ann)
    assert hers.get("/organiser/").status_code == 200

    as_administrator.post(f"/organiser/people/{ann.id}/close")
    assert hers.get("/organiser/").status_code == 302
    assert "Open it again and write to them" in buttons(
        as_administrator.get(f"/organiser/people/{ann.id}")
    )
    assert as_administrator.post(f"/organiser/people/{ann.id}/password-link").status_code == 409

    as_administrator.post(f"/organiser/people/{ann.id}/open")
    assert account(db).active
    assert kinds(EMAIL) == ["organiser_invited"]
    assert [action for action, _ in logged(db)] == ["closed an account", "opened an account again"]


def test_the_link_to_choose_a_password_is_sent_again(as_administrator, db):
    ann = make_organiser(EMAIL, password="three unlikely words")
    as_administrator.post(f"/organiser/people/{ann.id}/password-link")

    assert kinds(EMAIL) == ["password_forgotten"]
    assert logged(db) == [("sent somebody a link to choose a password", f"{EMAIL} (organiser)")]


def test_who_lost_their_phone_is_let_in_without_it_and_told(as_administrator, administrator, db):
    ann = make_organiser(EMAIL, password="three unlikely words")
    address = f"/organiser/people/{ann.id}"
    assert "Switch off their second factor" not in buttons(as_administrator.get(address))
    session = ann.fs_uniquifier
    for one in (ann, administrator):
        second_factor.turn_on(one, second_factor.new_secret())
    db.session.commit()

    assert "Switch off their second factor" in buttons(as_administrator.get(address))
    as_administrator.post(f"{address}/second-factor")
    assert not account(db).has_second_factor
    assert organisers.of_session(session) is None
    assert kinds(EMAIL) == ["account_changed"]
    assert [action for action, _ in logged(db)] == ["switched off somebody's second factor"]
    own = f"/organiser/people/{administrator.id}"
    assert "Switch off their second factor" not in buttons(as_administrator.get(own))
    assert as_administrator.post(f"{own}/second-factor").status_code == 409
    assert account(db, administrator.email).has_second_factor


def test_before_a_trainer_goes_it_is_said_which_dates_name_them(as_administrator):
    tom = make_organiser(role=RoleName.TRAINER)
    date = make_date(trainers=[tom])
    page = as_administrator.get(f"/organiser/people/{tom.id}")

    assert f"/organiser/dates/{date.id}/details" in links(page).values()


def test_nobody_s_account_is_not_found(as_administrator):
    assert as_administrator.get("/organiser/people/999").status_code == 404


@pytest.mark.slow
def test_the_list_asks_the_database_as_often_for_300_accounts_as_for_3(as_administrator, db):
    def fill(number):
        for _ in range(number):
            make_organiser(agency_id=make_agency().id, role=RoleName.REPORTER)

    fill(3)
    with counted() as few:
        as_administrator.get("/organiser/people")
    fill(297)
    with counted() as many:
        as_administrator.get("/organiser/people")
    assert len(many) == len(few) <= 12
