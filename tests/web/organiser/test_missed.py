"""Organisers see who missed places, set one aside, and allow or refuse bookings that wait."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_email,
    make_partnership,
    make_practitioner,
    make_terms,
)
from tests.queries import counted
from tests.web.reading import buttons, filled_in, heading, links, main, wrong
from webapp import clock
from webapp.models import Attendance, AuditLine, BookingState, Step
from webapp.services import ladder

ANN = "ann@agency.example"
LIST = "/organiser/missed-places"
WEEK = timedelta(days=7)


@pytest.fixture
def ann(partnership):
    make_terms()
    make_agency("Anytown Council")
    chosen = {Step.PERSON: (1, 12), Step.MANAGER: (3, 12), Step.APPROVAL: (2, 12)}
    ladder.change(partnership, chosen, now=NOW - 8 * WEEK)
    who = make_practitioner(ANN)
    for weeks in (2, 1):
        missed(who, weeks)
    return who


def missed(who, weeks, **facts):
    date = make_date(starts_at=NOW - weeks * WEEK)
    mark = {"attendance": Attendance.ABSENT, "marked_at": NOW - weeks * WEEK}
    return make_booking(date, practitioner=who, **{**mark, **facts})


def did(db):
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id))
    return [line.action for line in lines if not line.action.startswith("saw")]


def test_the_list_says_who_missed_what_which_letters_went_and_what_is_next(signed_in, ann, db):
    latest = ann.bookings[-1]
    make_email(kind="missed_note", to=ANN, booking_id=latest.id)
    missed(make_practitioner("ben@agency.example"), 60, name="Ben Example")
    registers = signed_in.get("/organiser/registers")
    page = signed_in.get(links(registers)["Missed places"])
    assert heading(page) == "Missed places"
    [row] = main(page).one("tbody").all("tr")
    assert "Ann Example" in row.text
    assert "How many 2" in row.text
    assert row.text.count("absent") == 2
    assert row.text.count("Note to them, Thu 17 Apr") == 1
    said = "Their bookings wait for you. A letter to their line manager, with 1 more"
    assert row.text.endswith(said)

    longer = signed_in.get(f"{LIST}?months=36")
    assert "Ben Example" in main(longer).text
    assert signed_in.get(f"{LIST}?months=7").text.count('aria-current="page"') == 1


def test_letters_that_wait_for_the_next_working_day_are_on_the_list(signed_in, ann, monkeypatch):
    missed(ann, 0, marked_at=NOW, manager_email="max@agency.example", manager_name="Max")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=4))
    said = main(signed_in.get(LIST)).one("tbody").text
    # One is of a fortnight ago, of which nobody is written to any more.
    assert said.count("Note to them: goes on the next working day") == 2
    assert said.endswith("Their bookings wait for you")


def test_where_nobody_missed_anything_the_list_says_so(signed_in):
    assert "Nobody missed a place in this time." in main(signed_in.get(LIST)).text


def test_the_list_costs_the_same_queries_however_long_it_is(signed_in, ann):
    signed_in.get(LIST)
    with counted() as few:
        signed_in.get(LIST)
    for number in range(30):
        who = make_practitioner(f"person{number}@agency.example")
        make_email(kind="missed_note", to=who.email, booking_id=missed(who, 1).id)
    with counted() as many:
        assert main(signed_in.get(LIST)).text.count("Note to them, ") == 30
    assert len(many) == len(few)


def test_a_missed_place_is_set_aside_with_a_reason(signed_in, ann, db):
    booking = ann.bookings[0]
    url = f"/organiser/bookings/{booking.id}"
    aside = links(signed_in.get(url))["Say that it does not count"]
    assert wrong(signed_in.post(aside, data={})) == {"reason": "Enter why it does not count"}
    signed_in.post(aside, data={"reason": "The room was changed."})

    page = signed_in.get(url)
    assert "This place was missed, and does not count: The room was changed." in main(page).text
    assert "The missed place was set aside, by Olive Organiser" in main(page).text
    assert did(db) == ["set a missed place aside"]
    assert "How many 1" in main(signed_in.get(LIST)).text
    assert signed_in.post(aside, data={"reason": "Again"}).status_code == 409


def test_a_place_that_was_not_missed_cannot_be_set_aside(signed_in, ann):
    booking = make_booking(attendance=Attendance.ATTENDED, marked_at=NOW)
    assert "does not count" not in signed_in.get(f"/organiser/bookings/{booking.id}").text
    assert signed_in.get(f"/organiser/bookings/{booking.id}/set-aside").status_code == 409


def test_a_booking_that_waits_stands_on_the_first_page_and_is_allowed(signed_in, ann, db):
    date = make_date()
    booking = people.book(date, ANN)
    home = signed_in.get("/organiser/")
    assert "1 booking to allow or refuse" in main(home).text
    where = next(to for text, to in links(home).items() if text.startswith("See who waits for you"))
    waiting = signed_in.get(where)
    assert "Waits for approval" in main(waiting).text
    page = signed_in.get(links(waiting)["Allow or refuse the booking of Ann Example"])
    assert "This booking waits until you allow it" in main(page).text
    assert main(page).text.count(": absent") == 2
    assert "Allow this booking" in buttons(page)

    answer = signed_in.post(f"/organiser/bookings/{booking.id}/allow")
    page = signed_in.get(answer.location)
    assert "Ann Example has a place. We have written to ann@agency.example." in main(page).text
    db.session.expire_all()
    assert booking.state is BookingState.CONFIRMED
    assert did(db) == ["allowed a booking"]
    assert people.kinds(ANN)[-1] == "booking_confirmed"
    assert "to allow or refuse" not in main(signed_in.get("/organiser/")).text
    again = signed_in.post(f"/organiser/bookings/{booking.id}/allow")
    assert again.status_code == 409


def test_a_booking_that_waits_is_refused_with_a_reason(signed_in, ann, db):
    date = make_date()
    booking = people.book(date, ANN)
    url = f"/organiser/bookings/{booking.id}"
    refuse = links(signed_in.get(url))["Refuse it"]
    assert wrong(signed_in.post(refuse, data={})) == {"reason": "Enter the reason"}
    signed_in.post(refuse, data=filled_in(signed_in.get(refuse), reason="We spoke about it."))
    db.session.expire_all()
    assert booking.state is BookingState.CANCELLED
    assert did(db) == ["refused a booking"]
    assert people.kinds(ANN)[-1] == "approval_refused"
    assert signed_in.get(refuse).status_code == 409


def test_the_page_of_a_date_never_says_who_waits_for_approval(client, ann):
    date = make_date(capacity=1)
    people.book(date, ANN)
    page = main(client.get(f"/dates/{date.id}")).text
    assert "1 place left" in page
    assert "approval" not in page


def test_privacy_and_the_form_say_who_else_is_told(client, db):
    ours = make_partnership()
    make_terms()
    date = make_date()
    assert "does not write to your manager by itself" in client.get("/privacy").text
    assert "missed again and again" not in client.get(f"/dates/{date.id}/book").text
    ladder.change(ours, {Step.MANAGER: (2, 12), Step.LEAD: (3, 12)}, now=NOW)
    db.session.commit()
    said = main(client.get("/privacy")).text
    assert "does not write to your manager by itself" not in said
    assert "After missed places this service tells your manager which they were" in said
    assert "it tells whoever leads on training in your agency, too" in said
    assert (
        "we may write to your line manager and whoever leads on training in your agency."
        in main(client.get(f"/dates/{date.id}/book")).text
    )
