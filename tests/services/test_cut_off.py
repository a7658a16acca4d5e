from datetime import UTC, datetime, timedelta

import pytest

from tests.makers import make_booking, make_course, make_date
from tests.people import book, partnership, settle_in
from webapp.formats.words import last_moment
from webapp.models import BookingState, DateState
from webapp.services import cannot_come, charges, cut_off, moving

# Easter: Good Friday is 18 April, Easter Monday 21 April.
THURSDAY = datetime(2025, 4, 24, 9, tzinfo=UTC)
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)


@pytest.fixture(autouse=True)
def _house(db):
    settle_in()


def rule(days, *, working=True):
    partnership().cut_off_days, partnership().cut_off_working = days, working


@pytest.mark.parametrize(
    ("days", "working", "until"),
    [
        (2, True, "the end of Tuesday 22 April 2025"),
        (3, True, "the end of Thursday 17 April 2025"),
        (3, False, "the end of Monday 21 April 2025"),
        (14, False, "the end of Thursday 10 April 2025"),
        (0, True, "10am on Thursday 24 April 2025"),
        (0, False, "10am on Thursday 24 April 2025"),
    ],
)
def test_it_ends_with_a_day_before_the_date_and_holidays_do_not_count(db, days, working, until):
    rule(days, working=working)
    assert last_moment(cut_off.of(make_date(starts_at=THURSDAY))) == until


def test_a_date_may_have_days_of_its_own_to_cancel(db):
    rule(2)
    date = make_date(starts_at=THURSDAY, cut_off_days=3)
    assert last_moment(cut_off.of(date)) == "the end of Thursday 17 April 2025"
    date.cut_off_days = 0
    assert last_moment(cut_off.of(date)) == "10am on Thursday 24 April 2025"


def test_the_day_ends_at_midnight_in_london_on_either_side_of_the_change_of_the_clock(db):
    rule(1)
    assert cut_off.of(make_date(starts_at=THURSDAY)) == datetime(2025, 4, 23, 23, tzinfo=UTC)
    winter = make_date(starts_at=datetime(2025, 11, 27, 10, tzinfo=UTC))
    assert cut_off.of(winter) == datetime(2025, 11, 27, tzinfo=UTC)


def test_a_date_that_moves_takes_it_along_and_one_without_a_day_has_none(db):
    rule(2)
    date = make_date(starts_at=THURSDAY)
    before, week = cut_off.of(date), timedelta(days=7)
    date.set_days([(THURSDAY + week, THURSDAY + week + MINUTE)], now=THURSDAY - week)
    assert cut_off.of(date) == before + week
    date.state = DateState.POSTPONED
    assert cut_off.of(date) is None


def test_whom_we_move_here_when_the_time_is_over_is_not_late_and_who_chose_the_date_is(db):
    course = make_course()
    later, soon = (make_date(course=course, starts_at=THURSDAY + n * WEEK) for n in (1, 0))
    ends = cut_off.of(soon)
    ours, own = book(later, "ann@agency.example"), book(later, "ben@agency.example")
    ours = moving.move(ours, soon, reason=None, over_capacity_reason=None, now=ends)
    own = cannot_come.choose(own, soon, now=ends)
    assert [cut_off.is_late(one, ends + MINUTE) for one in (ours, own)] == [False, True]
    assert not charges.policy_for(ours).has_cut_off
    assert charges.policy_for(own).cut_off == ends


def test_whom_we_move_here_in_time_can_be_late(db):
    course = make_course()
    later, soon = (make_date(course=course, starts_at=THURSDAY + n * WEEK) for n in (1, 0))
    ends, booking = cut_off.of(soon), book(later)
    moved = moving.move(booking, soon, reason=None, over_capacity_reason=None, now=ends - MINUTE)
    assert cut_off.is_late(moved, ends)


def test_only_who_has_a_place_is_late_and_nobody_once_it_has_begun(db):
    rule(2)
    date = make_date(starts_at=THURSDAY)
    ends, sure = cut_off.of(date), make_booking(date)
    assert not cut_off.is_late(sure, ends - MINUTE)
    assert cut_off.is_late(sure, ends)
    assert not cut_off.is_late(sure, THURSDAY)
    for state in (BookingState.WAITING, BookingState.OFFERED, BookingState.CANCELLED):
        assert not cut_off.is_late(make_booking(date, state=state), ends)
