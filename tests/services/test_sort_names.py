"""Every verb that changes a name changes what its person is put in order by."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.forget import forget
from tests.makers import make_date, make_organiser
from tests.people import book, booking_of, details, settle_in
from webapp.db import db as database
from webapp.models import Attendance, Booking, BookingTerms
from webapp.plain import sort_key
from webapp.services import (
    audit,
    bookings,
    certificates,
    corrections,
    erasures,
    moving,
    registers,
    team_bookings,
    undoing,
)
from webapp.services.team_bookings import Team

HOUR, YEAR = timedelta(hours=1), timedelta(days=366)
ANN, BEN = "ann@agency.example", "ben@agency.example"


@pytest.fixture
def date(db):
    settle_in()
    return make_date(capacity=20, starts_at=NOW + 100 * HOUR)


def kept():
    """The names as they are kept, in their order; each has the key that it should have."""
    database.session.commit()
    rows = database.session.execute(
        select(Booking.name, Booking.sort_name).order_by(Booking.sort_name, Booking.id)
    ).all()
    assert [row for row in rows if row.sort_name != sort_key(row.name)] == []
    return [row.name for row in rows]


def test_whoever_books_changes_their_details_and_is_put_back(date):
    olive = make_organiser()
    book(date, ANN, name="Élise")
    booking = book(date, BEN, name="Zoë", submission="ben")
    assert kept() == ["Élise", "Zoë"]

    later = NOW + HOUR
    was = undoing.look(booking, now=later)
    bookings.change_details(booking, details=details(name="Änne"), now=later)
    line = audit.record(olive, "changed it", booking=booking, now=later)
    way_back = undoing.remember(was, line, now=later)
    assert kept() == ["Änne", "Élise"]

    undoing.undo(way_back, olive, now=later)
    assert kept() == ["Élise", "Zoë"]


def test_whose_booking_becomes_another_booking(date):
    book(date, ANN, name="Élise")
    corrections.correct_address(date, submission="form", email=BEN, now=NOW)
    assert kept() == ["Élise", "Élise"]

    to = make_date(course=date.course, starts_at=date.starts_at + HOUR)
    moving.move(booking_of(date, BEN), to, reason=None, over_capacity_reason=None, now=NOW)
    assert kept() == ["Élise"] * 3


def test_who_goes_instead_and_who_is_booked_by_a_colleague(date):
    booking = book(date, ANN, name="Zoë")
    moving.substitute(booking, email=BEN, details=details(name="Ædda"), now=NOW)
    team_bookings.book(
        date,
        Team(name="Ben", email=BEN, colleagues={"cat@agency.example": details(name="Çelik")}),
        all_or_nobody=False,
        terms=database.session.scalars(select(BookingTerms)).one(),
        submission="team",
        now=NOW,
    )
    assert kept() == ["Çelik", "Zoë", "Ædda"]


def test_who_walks_in_and_whose_name_is_put_right_on_a_certificate(date):
    over = date.ends_at + HOUR
    booking = registers.walk_in(
        date,
        name="Lukasz",
        email=ANN,
        agency=details().agency,
        organiser=make_organiser(),
        now=over,
    )
    assert booking.attendance is Attendance.ATTENDED
    assert kept() == ["Lukasz"]

    certificates.correct_name(certificates.give(booking, now=over), "Łukasz", now=over)
    assert kept() == ["Łukasz"]


def test_who_is_erased_or_forgotten_after_years(date):
    book(date, ANN, name="Élise")
    book(date, BEN, name="Zoë", submission="ben")
    erasures.erase_at(ANN, now=NOW)
    assert kept() == ["Erased", "Zoë"]

    forget(date.ends_at + 20 * YEAR)
    assert kept() == ["Erased", "Erased"]
