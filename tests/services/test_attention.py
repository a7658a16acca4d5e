from datetime import timedelta

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_date,
    make_held_back_date,
    make_postponed_date,
    save,
)
from webapp.models import BookingState, DateState, Invite, Reply
from webapp.services import attention
from webapp.services.attention import OnDate
from webapp.services.paging import Few


def test_a_date_that_starts_soon_with_hardly_anybody_needs_somebody(db):
    make_date(starts_at=NOW + timedelta(days=20), capacity=10, state=DateState.DRAFT)
    soon = make_date(starts_at=NOW + timedelta(days=20), capacity=10)
    make_booking(soon)
    assert attention.low(NOW) == Few([soon], 1)


def test_a_date_far_away_or_filling_or_without_limit_does_not(db):
    make_date(starts_at=NOW + timedelta(days=22), capacity=10)
    filling = make_date(starts_at=NOW + timedelta(days=20), capacity=10)
    for _ in range(3):
        make_booking(filling)
    make_date(starts_at=NOW + timedelta(days=20), capacity=None)
    make_date(starts_at=NOW - timedelta(hours=1), capacity=10)

    assert attention.low(NOW) == Few([], 0)


def test_a_date_needs_somebody_while_it_has_fewer_than_its_minimum(db):
    short = make_date(starts_at=NOW + timedelta(days=20), capacity=10, minimum=5)
    unlimited = make_date(starts_at=NOW + timedelta(days=20), capacity=None, minimum=5)
    enough = make_date(starts_at=NOW + timedelta(days=20), capacity=100, minimum=4)
    for date in (short, unlimited, enough):
        for _ in range(4):
            make_booking(date)

    assert attention.low(NOW) == Few([short, unlimited], 2)


def test_offers_that_nobody_has_answered_a_day_before_they_lapse_need_somebody(db):
    first, second = make_date(), make_date()
    for date, hours in ((first, 24), (first, 30), (second, 2), (second, 3)):
        until = NOW + timedelta(hours=hours)
        make_booking(date, state=BookingState.OFFERED, offered_until=until)
    make_booking(make_date())

    assert attention.lapsing(NOW) == Few(
        [OnDate(second, 2, NOW + timedelta(hours=2)), OnDate(first, 1, NOW + timedelta(hours=24))],
        3,
    )


def test_offers_of_more_dates_than_are_shown_are_all_counted(db):
    for hours in range(1, 8):
        until = NOW + timedelta(hours=hours)
        make_booking(make_date(), state=BookingState.OFFERED, offered_until=until)
    found = attention.lapsing(NOW)
    assert (len(found.first), found.total) == (attention.SHOWN, 7)


def test_who_declined_in_a_calendar_and_keeps_a_place_is_counted_once_for_all_days(db):
    one, two = NOW + timedelta(days=3), NOW + timedelta(days=4)
    date = make_date(days=[(one, one + timedelta(hours=2)), (two, two + timedelta(hours=2))])
    decline(make_booking(date), *date.days)
    decline(make_booking(date, state=BookingState.CANCELLED), *date.days)
    over = make_date(starts_at=NOW - timedelta(days=3))
    decline(make_booking(over), *over.days)

    assert attention.declined(NOW) == Few([OnDate(date, 1, date.starts_at)], 1)


def decline(booking, *days):
    for day in days:
        save(Invite(booking=booking, course_day=day, reply=Reply.DECLINED))


def test_dates_to_settle_come_before_those_postponed_and_of_these_the_longest_first(db):
    second = make_postponed_date()
    first = make_postponed_date(postponed_at=NOW - timedelta(days=1))
    held_back = make_held_back_date()
    make_date()
    make_date(state=DateState.CANCELLED, postponed_at=NOW)

    assert attention.to_settle() == Few([held_back, first, second], 3)


def test_dates_that_say_something_of_the_demonstrations_need_somebody(db):
    make_date()
    make_date(starts_at=NOW - timedelta(days=3), demonstration_values=["capacity"])
    postponed = make_postponed_date(demonstration_values=["capacity"])
    coming = make_date(demonstration_values=["capacity"])
    assert attention.made_up(NOW) == Few([coming, postponed], 2)
