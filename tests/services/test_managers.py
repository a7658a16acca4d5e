"""A line manager hears once of a place of their own people, of what becomes of it, and no more."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_venue
from tests.people import book, details, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.errors import NotFound, Refused
from webapp.models import BookingState, Ending
from webapp.services import (
    arrangements,
    bookings,
    calling_off,
    cannot_come,
    links,
    moving,
    objections,
    partnership,
    waiting_list,
)

ANN, BEN, MAX = "ann@agency.example", "ben@agency.example", "max@agency.example"
NAMES = {"manager_name": "Max Manager", "manager_email": MAX}
TOLD, CHANGED, GONE = "manager_booked", "manager_changed", "manager_no_place"


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in(managers_told_since=NOW - timedelta(days=1))


def ours():
    return partnership.get()


def object_to(booking, reason=None, *, now=NOW):
    objections.object_to(booking, reason=reason, now=now)
    database.session.commit()


def test_a_place_is_told_once_whatever_is_sent_again():
    date = make_date()
    booking = book(date, ANN, **NAMES)
    bookings.write_again(date, email=ANN, submission="again", now=NOW)
    book(date, ANN, submission="another form", **NAMES)
    assert kinds(MAX) == [TOLD]
    assert booking.manager_told_at == NOW
    assert b"Max Manager <max@agency.example>" in mails(MAX)[0].message


def test_it_says_when_and_where_and_nothing_that_is_the_persons_own():
    date = make_date(join_link="https://teams.example/join/secret", venue=make_venue(name="Hall"))
    booking = book(
        date, ANN, access="A hearing loop", phone="01632 960777", dietary="No nuts", **NAMES
    )
    said = words(mails(MAX)[0])
    assert "Ann Example has a place on Safeguarding basics" in said
    assert "When: Thursday 1 May 2025" in said
    for own in ("hearing loop", "960777", "nuts", "secret", links.booking_token(booking)):
        assert own not in said


def test_nobody_is_told_while_it_is_switched_off_or_for_who_booked_before():
    date = make_date(capacity=1)
    partnership.change(ours(), {"managers_told_since": NOW + timedelta(hours=1)}, now=NOW)
    ann = book(date, ANN, **NAMES)
    bookings.cancel(ann, now=NOW + timedelta(hours=2))
    partnership.change(ours(), {"managers_told_since": None}, now=NOW)
    book(date, BEN, now=NOW + timedelta(hours=3), **NAMES)
    assert kinds(MAX) == []


def test_who_waits_has_nothing_to_tell_until_there_is_a_place():
    date = make_date(capacity=1)
    first, waits = book(date, BEN), book(date, ANN, **NAMES)
    assert kinds(MAX) == []
    bookings.cancel(first, now=NOW)
    assert kinds(MAX) == []
    waiting_list.accept(waits, now=NOW)
    assert kinds(MAX) == [TOLD]


def test_giving_it_up_is_told_without_a_reason_and_only_where_it_was_told_before():
    date = make_date(capacity=1)
    booking, waits = book(date, ANN, **NAMES), book(date, BEN, manager_email="other@agency.example")
    bookings.cancel(booking, now=NOW)
    waiting_list.decline(waits, now=NOW)
    assert kinds(MAX) == [TOLD, GONE]
    assert kinds("other@agency.example") == []
    assert "Somebody else can have the place now." in words(mails(MAX)[-1])


def test_a_colleague_who_goes_instead_is_another_managers_business():
    date = make_date()
    booking = book(date, ANN, **NAMES)
    cannot_come.send_colleague(
        booking, email=BEN, details=details(name="Ben Bright", manager_email="b@x.example"), now=NOW
    )
    assert kinds(MAX) == [TOLD, GONE]
    assert "A colleague goes instead." in words(mails(MAX)[-1])
    assert "Ben" not in words(mails(MAX)[-1])
    assert kinds("b@x.example") == [TOLD]


def test_another_date_is_told_with_the_old_and_the_new():
    course = make_course()
    date, other = make_date(course=course), make_date(course=course, starts_at=NOW + timedelta(20))
    moved = cannot_come.choose(book(date, ANN, **NAMES), other, now=NOW)
    assert kinds(MAX) == [TOLD, CHANGED]
    assert "The old date: " in words(mails(MAX)[-1])
    bookings.cancel(moved, now=NOW)
    assert kinds(MAX)[-1] == GONE


def test_moved_to_a_full_date_they_wait_and_the_manager_hears_that_too():
    course = make_course()
    full = make_date(course=course, capacity=1, starts_at=NOW + timedelta(20))
    book(full, BEN)
    moving.carry(book(make_date(course=course), ANN, **NAMES), full, now=NOW)
    assert "is on the waiting list for it." in words(mails(MAX)[-1])


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ({"days": ((NOW + timedelta(days=16), NOW + timedelta(days=16, hours=2)),)}, [CHANGED]),
        ({"room": "Room 2"}, []),
    ],
)
def test_only_another_time_or_place_is_told_of_a_date(change, heard):
    date = make_date()
    book(date, ANN, **NAMES)
    new = arrangements.replace(arrangements.of(date), **change)
    arrangements.arrange(date, new, now=NOW)
    assert kinds(MAX)[1:] == heard


def test_a_date_called_off_is_told():
    date = make_date()
    book(date, ANN, **NAMES)
    calling_off.cancel(date, message="The trainer is ill.", now=NOW)
    assert kinds(MAX) == [TOLD, GONE]
    assert "The date has been cancelled." in words(mails(MAX)[-1])


def test_another_manager_hears_of_the_place_and_the_first_ones_link_ends():
    booking = book(make_date(), ANN, **NAMES)
    token = links.manager_token(booking)
    said = details(manager_name="Nia New", manager_email="nia@agency.example")
    bookings.change_details(booking, details=said, now=NOW)
    assert kinds("nia@agency.example") == [TOLD]
    assert links.open_manager(links.manager_token(booking)) is booking
    with pytest.raises(NotFound):
        links.open_manager(token)


def test_an_objection_lets_the_place_go_to_who_waits_and_tells_the_person_why():
    date = make_date(capacity=1, course=make_course(objection_days=3))
    ann, ben = book(date, ANN, **NAMES), book(date, BEN)
    object_to(ann, "We are two short that week.")
    assert (ann.ending, ann.was_missed) == (Ending.BY_MANAGER, False)
    assert ben.state is BookingState.OFFERED
    assert kinds(ANN) == ["booking_confirmed", "booking_objected"]
    said = words(mails(ANN)[-1])
    assert "Your line manager has told us that you cannot go to Safeguarding basics" in said
    assert "We are two short that week." in said
    assert kinds(MAX) == [TOLD]
    with pytest.raises(Refused, match="told us already"):
        object_to(ann)


def test_the_time_to_object_runs_in_working_days_and_is_over_at_the_start():
    course = make_course(objection_days=2)
    booking = book(make_date(course=course), ANN, **NAMES)
    until = objections.managers.objects_until(booking, ours())
    assert "please tell us by" in words(mails(MAX)[0])
    assert until.hour in (16, 17)
    with pytest.raises(Refused, match="The time to object is over"):
        object_to(booking, now=until)
    soon = book(make_date(course=course, starts_at=NOW + timedelta(hours=2)), ANN, **NAMES)
    assert objections.managers.objects_until(soon, ours()) == NOW + timedelta(hours=2)


def test_where_the_course_asks_for_none_nobody_can_object():
    booking = book(make_date(), ANN, **NAMES)
    assert "please tell us" not in words(mails(MAX)[0])
    with pytest.raises(Refused, match="Nothing needs your answer"):
        object_to(booking)
