from datetime import timedelta

from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from webapp.models import BookingState, CourseDate
from webapp.services import attention, places


def nearly_empty(*dates):
    return attention.nearly_empty(dates, places.places_of(dates), NOW)


def test_a_date_that_starts_soon_with_hardly_anybody_needs_somebody(db):
    soon = make_date(starts_at=NOW + timedelta(days=20), capacity=10)
    make_booking(soon)
    assert nearly_empty(soon) == [soon]


def test_a_date_far_away_or_filling_or_without_limit_does_not(db):
    far = make_date(starts_at=NOW + timedelta(days=22), capacity=10)
    filling = make_date(starts_at=NOW + timedelta(days=20), capacity=10)
    for _ in range(3):
        make_booking(filling)
    unlimited = make_date(starts_at=NOW + timedelta(days=20), capacity=None)
    begun = make_date(starts_at=NOW - timedelta(hours=1), capacity=10)

    assert nearly_empty(far, filling, unlimited, begun) == []


def test_a_date_needs_somebody_while_it_has_fewer_than_its_minimum(db):
    short = make_date(starts_at=NOW + timedelta(days=20), capacity=10, minimum=5)
    unlimited = make_date(starts_at=NOW + timedelta(days=20), capacity=None, minimum=5)
    enough = make_date(starts_at=NOW + timedelta(days=20), capacity=100, minimum=4)
    for date in (short, unlimited, enough):
        for _ in range(4):
            make_booking(date)

    assert nearly_empty(short, unlimited, enough) == [short, unlimited]


def test_offers_that_nobody_has_answered_a_day_before_they_lapse_need_somebody(db):
    first, second = make_date(), make_date()
    for date, hours in ((first, 24), (first, 30), (second, 2), (second, 3)):
        until = NOW + timedelta(hours=hours)
        make_booking(date, state=BookingState.OFFERED, offered_until=until)
    make_booking(make_date())

    found = attention.lapsing(db.session.scalars(select(CourseDate)).all(), NOW)
    assert [(one.date, one.number, one.first) for one in found] == [
        (second, 2, NOW + timedelta(hours=2)),
        (first, 1, NOW + timedelta(hours=24)),
    ]


def test_dates_that_say_something_of_the_demonstrations_need_somebody(db):
    ours, theirs = make_date(), make_date(demonstration_values=["capacity"])
    assert attention.made_up([ours, theirs]) == [theirs]
