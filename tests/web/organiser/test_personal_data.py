"""An administrator finds all that is held about one person, hands it over, and erases it."""

import json

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_email,
    make_interest,
    make_organiser,
    make_practitioner,
    save,
)
from tests.people import kinds, mails
from tests.queries import counted
from tests.web.reading import heading, links, main
from webapp.models import AddressChange, AuditLine, Practitioner, TeamBooking, TeamMember
from webapp.services import audit

ANN, MAX = "ann@agency.example", "max@agency.example"
PERSON = "/organiser/personal-data/person"


@pytest.fixture
def ann(partnership):
    return make_practitioner(ANN)


def everywhere(ann):
    """Each part in which somebody may be known."""
    ben = make_practitioner("ben@agency.example")
    date = make_date()
    hers = make_booking(date, practitioner=ann)
    his = make_booking(date, practitioner=ben, manager_name="Ann the Manager", manager_email=ANN)
    team = save(TeamBooking(course_date=date, booker=ben, booker_name="Ben", booked_at=NOW))
    save(TeamMember(team_booking=team, practitioner=ann, name="Annie"))
    make_interest(make_course(title="Neglect"), ANN)
    make_agency("The Agency", lead_name="Ann Lead", lead_email=ANN)
    save(AddressChange(practitioner=ben, new_email=ANN, asked_at=NOW))
    make_organiser(ANN)
    make_email(to=ANN, subject="To Ann", sent_at=NOW)
    make_email(to=MAX, subject="Ann has a place", booking_id=hers.id, sent_at=NOW)
    audit.record(None, "changed somebody's details", booking=hers, detail="Ann rang", now=NOW)
    save(hers)
    return hers, his


def of(client, address=ANN):
    return client.get(PERSON, query_string={"address": address})


def test_somebody_is_found_by_name_or_address_in_whatever_part(as_administrator, ann):
    everywhere(ann)

    for asked in ("ann@agency", "annie", "ann the manager", "Ann Lead"):
        page = as_administrator.get("/organiser/personal-data", query_string={"q": asked})
        assert links(page)[ANN] == f"{PERSON}?address=ann@agency.example"
    page = as_administrator.get("/organiser/personal-data", query_string={"q": "max manager"})
    assert MAX in links(page)
    none = as_administrator.get("/organiser/personal-data", query_string={"q": "zzz"})
    assert "Nobody is known by that" in main(none).text


def test_everything_is_on_one_page_and_nobody_else_is(as_administrator, ann, db):
    _, his = everywhere(ann)
    his.name = "Ben Unmentioned"
    db.session.commit()

    page = of(as_administrator)
    said = main(page).text
    assert heading(page) == f"What we hold about {ANN}"
    for words in (
        "Ann the Manager", "Annie", "Neglect", "The Agency", "Ann Lead", "To Ann", "organiser",
        "Ann has a place", "changed somebody's details", "Ann rang", "asked for and not confirmed",
    ):  # fmt: skip
        assert words in said
    assert "Ben Unmentioned" not in said
    assert links(page)[str(his.id)] == f"/organiser/bookings/{his.id}"
    lines = db.session.scalars(select(AuditLine.detail).order_by(AuditLine.id.desc())).all()
    assert lines[0] == f"person {ann.id}"


def test_it_is_handed_over_as_a_file_to_read_and_as_one_for_programs(as_administrator, ann):
    everywhere(ann)

    text = as_administrator.get(f"{PERSON}.txt", query_string={"address": ANN})
    assert "Where you are named as a line manager\n=====" in text.text
    assert "Name: Ann the Manager" in text.text
    whole = as_administrator.get(f"{PERSON}.json", query_string={"address": ANN})
    assert whole.headers["Content-Disposition"] == "attachment; filename=personal-data.json"
    held = json.loads(whole.data)
    assert held["Messages to others about your bookings"][0]["To"] == MAX
    assert held["You"][0]["Work email address"] == ANN


def test_a_line_manager_is_not_told_by_it_where_their_people_will_be(as_administrator, ann):
    date = make_date(course=make_course(title="Unmentioned course"))
    make_booking(date, practitioner=ann, manager_name="Max", manager_email=MAX)

    assert "Unmentioned course" not in of(as_administrator, MAX).text
    text = as_administrator.get(f"{PERSON}.txt", query_string={"address": MAX}).text
    assert "Name: Max" in text
    assert "Unmentioned course" not in text


def test_who_is_known_nowhere_is_said_to_be(as_administrator, partnership):
    page = of(as_administrator, "nobody@nowhere.example")
    assert "Nothing." in main(page).text
    assert as_administrator.get(PERSON).status_code == 404


def test_erased_from_there_nothing_of_them_is_left_but_the_account(as_administrator, ann, db):
    hers, his = everywhere(ann)

    answer = as_administrator.post("/organiser/personal-data/erase", data={"address": ANN})
    assert answer.location == "/organiser/personal-data"
    db.session.expire_all()
    assert (hers.name, his.manager_name, his.manager_email) == ("Erased", None, None)
    assert kinds(ANN)[-1] == "erased"
    found = json.loads(as_administrator.get(f"{PERSON}.json", query_string={"address": ANN}).data)
    left = {heading for heading, entries in found.items() if entries and heading != "Made"}
    assert left == {"Your account", "Messages we wrote to you"}  # the last, until it has gone
    [done] = db.session.scalars(select(AuditLine).where(AuditLine.action == "erased a person"))
    assert done.detail == f"person {ann.id}"


def test_a_line_manager_who_never_booked_is_erased_without_a_mail(as_administrator, ann, db):
    booking = make_booking(practitioner=ann, manager_name="Max", manager_email=MAX)
    make_email(to=MAX, subject="Ann has a place", booking_id=booking.id, sent_at=NOW)

    as_administrator.post("/organiser/personal-data/erase", data={"address": MAX})
    db.session.expire_all()
    assert (booking.name, booking.manager_name, booking.manager_email) == (
        "Ann Example",
        None,
        None,
    )
    assert [(mail.to, mail.subject) for mail in mails()] == [("somebody@erased.invalid", "Erased")]
    assert db.session.scalars(select(Practitioner.erased_at)).all() == [None]


def test_the_page_asks_as_much_of_the_database_however_much_is_held(as_administrator, ann):
    everywhere(ann)
    with counted() as few:
        of(as_administrator)
    for _ in range(3):
        date = make_date()
        make_booking(date, practitioner=ann)
        make_booking(date, manager_email=ANN)
        make_email(to=ANN)
    with counted() as many:
        of(as_administrator)
    assert len(many) <= len(few)
