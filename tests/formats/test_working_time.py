from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.clock import LONDON, london
from webapp.formats.working_time import WorkingTime

OFFICE = WorkingTime()
FIRST, LAST = datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2030-01-01")
AROUND_THE_CLOCK = WorkingTime(frozenset(range(7)), time(0), time(23, 59))


def at(words):
    return datetime.strptime(words, "%d %b %Y %H:%M").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("asked", "hours", "answer"),
    [
        ("6 May 2025 09:00", 8, "6 May 2025 17:00"),
        ("6 May 2025 09:00", 9, "7 May 2025 10:00"),
        ("6 May 2025 16:30", 1, "7 May 2025 09:30"),
        ("6 May 2025 22:00", 2, "7 May 2025 11:00"),
        ("6 May 2025 03:00", 2, "6 May 2025 11:00"),
        # A Friday afternoon, before a weekend and before Early May Bank Holiday.
        ("2 May 2025 16:00", 2, "6 May 2025 10:00"),
        # Maundy Thursday: Good Friday, a weekend and Easter Monday follow.
        ("17 Apr 2025 09:00", 16, "22 Apr 2025 17:00"),
        # Christmas 2027 is at a weekend, so Monday and Tuesday are off instead.
        ("24 Dec 2027 16:00", 2, "29 Dec 2027 10:00"),
    ],
)
def test_only_hours_at_work_count(asked, hours, answer):
    assert OFFICE.after(at(asked), hours) == at(answer)


def test_a_partnership_may_work_other_hours():
    early_and_saturday = WorkingTime(frozenset({0, 5}), time(7), time(11))
    assert early_and_saturday.after(at("9 May 2025 12:00"), 5) == at("12 May 2025 08:00")


def test_hours_are_hours_when_the_clocks_change():
    # At 1am on 30 March 2025 the clocks go to 2am.
    assert AROUND_THE_CLOCK.after(at("30 Mar 2025 00:00"), 2) == at("30 Mar 2025 03:00")
    assert AROUND_THE_CLOCK.after(at("26 Oct 2025 00:00"), 3) == at("26 Oct 2025 02:00")


@pytest.mark.parametrize(
    ("day", "number", "answer"),
    [
        (date(2025, 5, 8), 0, date(2025, 5, 8)),
        (date(2025, 5, 8), 2, date(2025, 5, 6)),
        (date(2025, 5, 12), 2, date(2025, 5, 8)),
        (date(2025, 5, 7), 2, date(2025, 5, 2)),
        (date(2025, 4, 22), 1, date(2025, 4, 17)),
        (date(2025, 5, 11), 1, date(2025, 5, 9)),
    ],
)
def test_working_days_are_counted_back(day, number, answer):
    assert OFFICE.days_before(day, number) == answer


def test_somebody_has_to_be_at_work():
    with pytest.raises(ValueError, match="at work"):
        WorkingTime(weekdays=frozenset())
    with pytest.raises(ValueError, match="at work"):
        WorkingTime(begins=time(17), ends=time(9))


@given(
    moment=st.datetimes(FIRST, LAST, timezones=st.just(LONDON)),
    hours=st.integers(1, 60),
)
def test_a_deadline_is_while_people_are_at_work_and_not_before_the_hours_are_over(moment, hours):
    deadline = london(OFFICE.after(moment, hours))
    assert OFFICE.is_working_day(deadline.date())
    assert time(9) < deadline.time() <= time(17)
    assert deadline - moment >= timedelta(hours=hours)
