"""Why somebody is on a date, step by step."""

from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_organiser
from tests.people import book, details
from webapp.db import db as database
from webapp.models import BookingState
from webapp.services import audit, bookings, moving, stories, waiting_list

SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
ANN, BEN = "ann@agency.example", "ben@agency.example"


@pytest.fixture(autouse=True)
def _world(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    people.settle_in()


def steps(booking):
    database.session.commit()
    return [
        (step.at, step.what, step.by and step.by.name, list(step.reasons))
        for step in stories.of(booking)
    ]


def noted(action, booking, organiser, now, detail=None):
    facts = {"course_date": booking.course_date, "booking": booking, "detail": detail}
    audit.record(organiser, action, now=now, **facts)


def test_who_booked_and_left_has_done_so_themselves():
    booking = book(make_date())
    bookings.cancel(booking, now=SOON)

    assert steps(booking) == [
        (NOW, "Booked by themselves", None, []),
        (SOON, "Cancelled by the person", None, []),
    ]


def test_what_an_organiser_did_is_said_once_with_their_name_and_reasons():
    olive, course = make_organiser(), make_course()
    first = make_date(course=course, capacity=0)
    second = make_date(course=course, starts_at=first.starts_at + timedelta(days=7))
    booking = bookings.add_by_hand(
        first, email=ANN, details=details(), over_capacity_reason="She speaks", now=NOW
    )
    noted("added a booking beyond the number of places", booking, olive, NOW, "She speaks")
    moved = moving.move(
        booking, second, reason="The hall is small", over_capacity_reason=None, now=SOON
    )
    noted("moved a booking to another date", booking, olive, SOON)
    noted("moved a booking here", moved, olive, SOON)
    noted("changed the note", moved, olive, LATER)
    noted("saw a booking", moved, olive, LATER)

    assert steps(moved) == [
        (NOW, "Was booked", "Olive Organiser", ["She speaks"]),
        (SOON, "Moved here from Thu 1 May", "Olive Organiser", ["The hall is small"]),
        (LATER, "Changed the note", "Olive Organiser", []),
    ]
    assert steps(booking)[-1][:2] == (SOON, "Moved to Thu 8 May")


def test_who_waited_and_was_given_a_place_has_the_reason_there():
    olive, date = make_organiser(), make_date(capacity=1)
    book(date, BEN)
    booking = book(date)
    waiting_list.give(booking, over_capacity_reason="The only nurse", now=SOON)
    noted("gave a place beyond the number of places", booking, olive, SOON, "The only nurse")

    assert [step[1:] for step in steps(booking)] == [
        ("Booked by themselves and joined the waiting list", None, []),
        ("Gave a place beyond the number of places", "Olive Organiser", ["The only nurse"]),
    ]


def test_whose_booking_waits_for_approval_joined_no_list_and_is_said_so():
    facts = {"state": BookingState.WAITING, "waiting_since": NOW, "approval_asked_at": NOW}
    waits = make_booking(booked_at=NOW, **facts)
    assert steps(waits)[0][1].endswith(" and waits for approval")
    waits.state, waits.cancelled_at = BookingState.CANCELLED, SOON
    assert steps(waits)[0][1].endswith(" and waited for approval")


def test_a_colleague_s_story_begins_with_whom_they_stand_in_for():
    booking = book(make_date(), name="Ann")
    goes = moving.substitute(booking, email=BEN, details=details(name="Ben"), now=SOON)

    assert [step[1] for step in steps(goes)] == ["Booked by themselves", "Goes instead of Ann"]
    assert [step[1] for step in steps(booking)] == ["Booked by themselves", "Passed on to Ben"]


def test_a_mark_on_the_register_is_no_reason_but_what_was_done():
    booking, olive = book(make_date()), make_organiser(name="Olive")
    noted("marked somebody on the register", booking, olive, SOON, detail="late")
    assert steps(booking)[1:] == [
        (SOON, "Marked somebody on the register: late", "Olive", []),
    ]


def test_who_came_by_a_table_is_said_to_have_with_who_imported_it():
    date, olive = make_date(), make_organiser(name="Olive")
    booking, other = make_booking(date, booked_at=NOW), make_booking(date, booked_at=SOON)
    audit.record(
        olive, stories.IMPORTED, course_date=date, detail="1 person", now=booking.booked_at
    )
    came_by = (NOW, "Imported bookings: 1 person", "Olive", [])
    assert came_by in steps(booking)
    assert came_by not in steps(other)
