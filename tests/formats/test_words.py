from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.conftest import NOW
from webapp.formats import words
from webapp.models import CourseDate, CourseDay, DateState, Format, Places


def at(*moment):
    """A moment in UTC."""
    return datetime(*moment, tzinfo=UTC)


def course_date(*days, **facts):
    days = days or ((at(2025, 5, 29, 9), at(2025, 5, 29, 13)),)
    return CourseDate(
        **{
            "state": DateState.PUBLISHED,
            "format": Format.FACE_TO_FACE,
            "all_days": [CourseDay(starts_at=start, ends_at=end) for start, end in days],
            "starts_at": days[0][0],
            "ends_at": days[-1][1],
            **facts,
        }
    )


def test_a_day_is_the_one_on_the_wall_in_london():
    assert words.day(at(2025, 5, 29, 23, 30)) == "Friday 30 May 2025"
    assert words.day(at(2025, 11, 27, 23, 30)) == "Thursday 27 November 2025"
    assert words.day(date(2025, 5, 1)) == "Thursday 1 May 2025"


def test_a_short_day_has_no_year():
    assert words.short_day(at(2025, 5, 29, 9)) == "Thu 29 May"


def test_the_month():
    assert words.month(at(2025, 5, 31, 23, 30)) == "June 2025"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2025, 5, 29, 9), "10am"),  # summer time
        (at(2025, 11, 27, 10), "10am"),  # winter time
        (at(2025, 5, 21, 8, 15), "9.15am"),
        (at(2025, 5, 21, 13, 5), "2.05pm"),
        (at(2025, 5, 21, 11), "midday"),
        (at(2025, 5, 21, 11, 30), "12.30pm"),
        (at(2025, 5, 21, 23), "midnight"),
        (at(2025, 5, 21, 23, 10), "12.10am"),
        (time(9, 30), "9.30am"),  # of an agenda: London's already
    ],
)
def test_the_time_of_day(moment, said):
    assert words.clock_time(moment) == said


def test_a_date_of_one_day():
    assert words.when(course_date()) == "Thursday 29 May 2025, 10am to 2pm"


def test_a_date_in_winter_keeps_the_hour_it_was_announced_with():
    winter = (at(2025, 11, 27, 10), at(2025, 11, 27, 14))
    assert words.when(course_date(winter)) == "Thursday 27 November 2025, 10am to 2pm"


def test_several_days_with_the_same_times_say_them_once():
    days = [(at(2025, 6, n, 9), at(2025, 6, n, 13)) for n in (3, 4, 5)]
    assert words.when(course_date(*days)) == (
        "Tuesday 3 June 2025, Wednesday 4 June 2025 and Thursday 5 June 2025, 10am to 2pm each day"
    )


def test_several_days_across_the_change_of_the_clocks_still_have_the_same_times():
    days = [
        (at(2025, 10, 24, 9), at(2025, 10, 24, 13)),
        (at(2025, 10, 27, 10), at(2025, 10, 27, 14)),
    ]
    assert words.when(course_date(*days)).endswith("10am to 2pm each day")


def test_several_days_with_other_times_each_say_their_own():
    days = [(at(2025, 6, 3, 9), at(2025, 6, 3, 13)), (at(2025, 6, 4, 8), at(2025, 6, 4, 11))]
    assert words.when(course_date(*days)) == (
        "Tuesday 3 June 2025, 10am to 2pm; and Wednesday 4 June 2025, 9am to midday"
    )


def test_a_night_says_on_which_day_it_ends():
    night = (at(2025, 6, 3, 20), at(2025, 6, 4, 1))
    assert words.times(course_date(night)) == "9pm to 2am on Wednesday 4 June 2025"


def test_a_held_back_date_says_how_it_was_announced():
    held_back = CourseDate(announced_as="Wednesday 21 March", state=DateState.HELD_BACK)
    assert words.when(held_back) == "Date to be confirmed (announced as Wednesday 21 March)"
    assert words.when(CourseDate(state=DateState.HELD_BACK)) == "Date to be confirmed"


def test_a_date_that_is_off_says_when_it_was_to_be():
    day = (at(2025, 6, 3, 9), at(2025, 6, 3, 13))
    postponed = course_date(day, state=DateState.POSTPONED, starts_at=None, ends_at=None)
    cancelled = course_date(day, state=DateState.CANCELLED, starts_at=None, ends_at=None)

    assert words.when(postponed) == (
        "Postponed, new date to be confirmed (it was to be on Tuesday 3 June 2025, 10am to 2pm)"
    )
    assert words.when(cancelled) == "Tuesday 3 June 2025, 10am to 2pm"


def test_a_deadline():
    assert words.moment(at(2025, 5, 29, 16)) == "5pm on Thursday 29 May 2025"


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (timedelta(hours=-20), ""),
        (timedelta(hours=3), "today"),
        (timedelta(hours=16), "tomorrow"),  # one in the morning
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=14), "in 2 weeks"),
        (timedelta(days=69), "in 9 weeks"),
        (timedelta(days=70), ""),
    ],
)
def test_how_soon(later, said):
    assert words.soon(NOW + later, NOW) == said


def test_no_moment_is_never_soon():
    assert words.soon(None, NOW) == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "5 places left"),
        ({"state": DateState.CANCELLED}, "Cancelled"),
        ({"state": DateState.HELD_BACK, "starts_at": None, "ends_at": None}, "To be confirmed"),
        ({"state": DateState.POSTPONED, "starts_at": None, "ends_at": None}, "Postponed"),
        ({"starts_at": NOW - timedelta(hours=1)}, "Started"),
        ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, "Past"),
        ({"closes_at": NOW}, "Booking closed"),
        ({"opens_at": NOW + timedelta(days=4)}, "Booking opens Mon 21 Apr"),
    ],
)
def test_whether_one_can_come(facts, said):
    assert words.standing(course_date(**facts), Places(5), NOW) == said


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (None, ""),
        (NOW + timedelta(hours=2), "Closes today"),
        (NOW + timedelta(days=1), "Closes tomorrow"),
        (NOW + timedelta(days=7), "Closes in 7 days"),
        (NOW + timedelta(days=8), ""),
        (NOW - timedelta(days=1), ""),
    ],
)
def test_closing_is_said_in_the_last_week(closes_at, said):
    assert words.closing(course_date(closes_at=closes_at), NOW) == said


def test_lists_ordinals_and_counts():
    assert words.listed([]) == ""
    assert words.listed(["one"]) == "one"
    assert words.listed(["one", "two", "three"]) == "one, two and three"
    assert [words.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th")
    ]
    assert words.counted(1, "date") == "1 date"
    assert words.counted(3, "agency", "agencies") == "3 agencies"
    assert words.counted(0, "date") == "No dates"


def test_paragraphs_are_parted_by_blank_lines():
    assert words.paragraphs(" One\nmore \n \n\nTwo\n") == ["One\nmore", "Two"]
    assert words.paragraphs(None) == []
