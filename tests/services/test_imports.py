from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_partnership,
    make_sector,
    save,
)
from tests.people import mails
from tests.queries import by_state
from webapp.errors import BookingClosed, Refused
from webapp.models import BookingState, DateState, Kind
from webapp.services import arrangements, bookings, imports
from webapp.services.details import Details
from webapp.services.imports import BookedAlready, KnownDates, NewBooking, NewDate


@pytest.fixture
def date(db):
    make_partnership()
    return make_date()


def new(date, email="ann@agency.example"):
    return NewBooking(
        date, email, Details(name="Ann", agency=make_agency(), job_role="Social worker")
    )


def test_bookings_stand_in_their_order_after_those_who_are_there(db, date):
    make_booking(date, email="first@agency.example")
    made = imports.make_bookings(
        [new(date, f"{name}@agency.example") for name in ("bo", "cy", "di")],
        written_to=False,
        now=NOW,
    )
    db.session.commit()
    assert made == {(date, BookingState.CONFIRMED): 1, (date, BookingState.WAITING): 2}
    standing = by_state(date)
    assert standing[BookingState.CONFIRMED] == ["first@agency.example", "bo@agency.example"]
    assert standing[BookingState.WAITING] == ["cy@agency.example", "di@agency.example"]
    assert mails() == []


def test_a_late_offer_ends_before_anybody_is_put_behind_it(db, date):
    make_booking(date)
    make_booking(
        date,
        email="late@agency.example",
        state=BookingState.OFFERED,
        offered_until=NOW - timedelta(hours=1),
    )
    made = imports.make_bookings([new(date)], written_to=False, now=NOW)
    assert made == {(date, BookingState.CONFIRMED): 1}


def test_who_has_been_booked_or_a_date_called_off_since_is_refused(db, date):
    make_booking(date, email="ann@agency.example")
    with pytest.raises(BookedAlready, match="This person has a booking"):
        imports.make_bookings([new(date)], written_to=False, now=NOW)
    db.session.rollback()
    date.state = DateState.CANCELLED
    save(date)
    with pytest.raises(BookingClosed, match="cancelled"):
        imports.make_bookings([new(date, "bo@agency.example")], written_to=False, now=NOW)


def test_whoever_was_not_written_to_is_invited_by_the_first_change(db, date):
    imports.make_bookings([new(date)], written_to=False, now=NOW)
    db.session.commit()
    later = timedelta(hours=1)
    days = tuple((day.starts_at + later, day.ends_at + later) for day in date.days)
    arrangements.arrange(date, replace(arrangements.of(date), days=days), now=NOW)
    db.session.commit()
    [mail] = mails()
    assert (mail.to, mail.kind) == ("ann@agency.example", "booking_changed")
    assert b"METHOD:REQUEST" in mail.message or b'method="REQUEST"' in mail.message


def test_whoever_was_not_written_to_can_be_cancelled(db, date):
    imports.make_bookings([new(date)], written_to=False, now=NOW)
    [booking] = date.bookings
    bookings.cancel_by_organiser(booking, reason="Ill", now=NOW)
    db.session.commit()
    [mail] = mails()
    assert mail.kind == "booking_cancelled_by_organiser"
    assert b"VCALENDAR" not in mail.message


def test_dates_made_at_once_are_published_with_their_course(db, date):
    course = make_course(is_published=False)
    wanted = replace(arrangements.of(date), capacity=9)
    assert imports.make_dates([NewDate(course, wanted)], published=True, now=NOW) == 0
    [made] = course.dates
    assert (made.state, made.capacity, course.is_published) == (DateState.PUBLISHED, 9, True)


def test_e_learning_gets_no_dates(db, date):
    course = make_course(kind=Kind.E_LEARNING)
    with pytest.raises(Refused, match="it has no dates"):
        KnownDates([course], NOW).take_date(course, arrangements.of(date), NOW)


def test_an_agency_is_known_by_every_name_it_had_and_with_its_sector(db):
    health = make_sector(name="Health")
    trust = make_agency("Úna Trust", sector=health, former_names=["Old Trust"])
    known = imports.agencies_by_name([health])
    for name in ("una trust", "old trust", "health: una trust", "health: old trust"):
        assert known[name] == {trust.id}
