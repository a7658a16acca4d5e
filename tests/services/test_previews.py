from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_date,
    make_held_back_date,
    make_interest,
    make_partnership,
    make_postponed_date,
)
from webapp.errors import Refused
from webapp.models import BookingState, CourseDate, CourseDay, DateState, Format
from webapp.services import arrangements, previews, venues
from webapp.services.venues import Whereabouts

DAY = (NOW + timedelta(days=30), NOW + timedelta(days=30, hours=2))
NEXT = (NOW + timedelta(days=31), NOW + timedelta(days=31, hours=2))
ONLINE = {
    "format": Format.ONLINE,
    "platform": "Microsoft Teams",
    "join_link": "https://teams.example/1",
}


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def filled(**facts):
    """A date with three places taken, one offered, and two people who wait."""
    date = make_date(capacity=4, **facts)
    states = ["confirmed"] * 3 + ["offered"] + ["waiting"] * 2
    for number, state in enumerate(states):
        booking = make_booking(date, email=f"p{number}@x.example", state=BookingState(state))
        if state == "offered":
            booking.offered_until = NOW + timedelta(days=1)
    return date


def of_change(date, **changes):
    return previews.of_change(date, replace(arrangements.of(date), **changes), now=NOW)


CHANGES = [
    {"days": (DAY,)},
    {"days": (DAY, NEXT)},
    {"room": "Room 7"},
    {"capacity": 5},
    {"capacity": 9},
    {"capacity": None},
    {"before_you_come": "Bring a pen."},
    {"minimum": 2},
    {"cut_off_days": 3},
    {"days": (DAY,), "capacity": 5},
    {"room": "Room 7", "capacity": 6},
    ONLINE,
    {"venue": None},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_what_is_foretold_is_what_happens(db, changes):
    date = filled()
    told = of_change(date, **changes)

    written = arrangements.arrange(date, replace(arrangements.of(date), **changes), now=NOW)

    assert written == told.told
    assert len({mail.to for mail in people.mails()}) == told.people
    assert people.kinds().count("booking_offered") == told.offers
    assert told.does_something == bool(people.mails())


def test_nothing_is_written_by_looking(db):
    date = filled()
    before = arrangements.of(date), date.updated_at, [day.revision for day in date.days]
    rows = len(db.session.scalars(select(CourseDate)).all())

    of_change(date, days=(DAY,), **ONLINE)
    assert not db.session.new
    assert not db.session.dirty
    db.session.commit()

    assert people.mails() == []
    assert len(db.session.scalars(select(CourseDate)).all()) == rows
    assert len(db.session.scalars(select(CourseDay)).all()) == rows
    assert (arrangements.of(date), date.updated_at, [d.revision for d in date.days]) == before


def test_a_venue_that_is_new_is_foretold_and_not_kept(db):
    date = filled()
    new = venues.new(Whereabouts("New Hall", ["1 Street"], None, None, None), now=NOW)
    told = of_change(date, venue=new)
    assert [(change.what, change.new) for change in told.changes] == [
        ("The venue", "New Hall, 1 Street")
    ]
    assert inspect(new).transient


def test_the_words_are_those_of_the_mail(db):
    date = filled()
    [change] = of_change(date, days=(DAY, NEXT)).changes
    assert change.new == "Saturday 17 May 2025 and Sunday 18 May 2025, 9am to 11am each day"
    assert change.old == "Thursday 1 May 2025, 10am to 1pm"


def test_a_room_matters_only_to_who_has_a_place(db):
    told = of_change(filled(), room="Room 7")
    assert (told.told, told.concerns_all) == (3, False)


@pytest.mark.parametrize("make", [make_held_back_date, lambda: make_date(state=DateState.DRAFT)])
def test_of_what_is_not_published_nobody_is_told(db, make):
    date = make()
    assert not of_change(date, room="Room 7").does_something


def test_of_what_is_over_nobody_is_told(db):
    date = make_date(starts_at=NOW - timedelta(days=3))
    make_booking(date)
    assert not of_change(date, room="Room 7").does_something


def test_a_postponed_date_that_comes_back_tells_everybody(db):
    date = make_postponed_date(capacity=2)
    make_booking(date)
    make_booking(date, state=BookingState.WAITING)
    make_interest(date.course)

    assert not of_change(date, room="Room 7").does_something
    told = of_change(date, days=(DAY,))

    assert (told.is_back, told.told, told.interested, told.offers) == (True, 2, 1, 1)
    arrangements.arrange(date, replace(arrangements.of(date), days=(DAY,)), now=NOW)
    assert len({mail.to for mail in people.mails()}) == told.people == 3


def test_what_cannot_be_is_refused_before_it_is_foretold(db):
    with pytest.raises(Refused, match="There are 4 places taken"):
        of_change(filled(), capacity=3)
