from datetime import UTC, date, datetime, timedelta

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_held_back_date,
    make_many_dates,
    make_postponed_date,
)
from tests.queries import counted
from webapp.formats.months import Month
from webapp.models import DateState, Kind
from webapp.services import programme_parts
from webapp.services.programme import Filters
from webapp.services.programme_parts import FEW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MAY, FIRST = Month(2025, 5), date(2025, 5, 1)


def first_of(days):
    """By each day of a month the titles it begins with, and how much there is."""
    return {day: ([entry.title for entry in few.first], few.total) for day, few in days.items()}


def test_a_day_of_the_month_begins_with_its_first_few_and_says_how_many_there_are(db):
    for hour in (5, 3, 4, 1, 2):
        title = f"At {hour}"
        make_date(course=make_course(short_title=title), starts_at=NOW + 14 * DAY + hour * HOUR)
    make_date(course=make_course(short_title="Alone"), starts_at=NOW + 15 * DAY)

    assert FEW == 2
    assert first_of(programme_parts.by_day(NOW, MAY)) == {
        FIRST: (["At 1", "At 2"], 5),
        FIRST + DAY: (["Alone"], 1),
    }


def test_days_are_those_of_london(db):
    make_date(starts_at=datetime(2025, 4, 30, 22, 30, tzinfo=UTC))
    first_of_may = make_date(starts_at=datetime(2025, 4, 30, 23, tzinfo=UTC))
    second_of_may = make_date(starts_at=datetime(2025, 5, 1, 23, tzinfo=UTC))
    last_of_may = make_date(starts_at=datetime(2025, 5, 31, 22, 30, tzinfo=UTC))

    days = programme_parts.by_day(NOW, MAY)
    assert {day: few.first[0].course_date for day, few in days.items()} == {
        FIRST: first_of_may,
        FIRST + DAY: second_of_may,
        date(2025, 5, 31): last_of_may,
    }
    assert programme_parts.of_day(NOW, FIRST).rows == [first_of_may]
    assert programme_parts.of_day(NOW, FIRST + DAY).rows == [second_of_may]


def test_a_date_of_several_days_stands_under_each_of_them_with_its_times(db):
    days = [(NOW + n * DAY, NOW + n * DAY + n * HOUR) for n in (13, 14)]  # 30 April, 1 May
    of_both = make_date(days=days)

    april, may = (programme_parts.by_day(NOW, month) for month in (Month(2025, 4), MAY))
    assert [*april, *may] == [date(2025, 4, 30), FIRST]
    [entry] = may[FIRST].first
    assert entry == (of_both, of_both.course.short_title, *days[1])
    assert programme_parts.by_day(NOW, Month(2025, 6)) == {}
    assert programme_parts.of_day(NOW, FIRST).rows == [of_both]
    assert programme_parts.of_day(NOW, FIRST + DAY).rows == []


def test_a_day_that_a_date_goes_on_without_shows_nothing_of_it(db):
    days = [(NOW + n * DAY, NOW + n * DAY + HOUR) for n in (14, 15, 16)]
    shortened = make_date(days=days)
    shortened.all_days[1].dropped_at = NOW
    db.session.commit()

    assert [*programme_parts.by_day(NOW, MAY)] == [FIRST, FIRST + 2 * DAY]
    assert programme_parts.of_day(NOW, FIRST + DAY).rows == []


def test_only_what_is_published_stands_under_a_day(db):
    for state in (DateState.DRAFT, DateState.CANCELLED):
        make_date(state=state)
    make_postponed_date()
    make_held_back_date()
    make_date(course=make_course(is_published=False))

    assert programme_parts.by_day(NOW, MAY) == {}
    assert programme_parts.of_day(NOW, FIRST).rows == []


def test_the_filters_hold_for_the_days_as_for_the_list(db):
    briefing = make_date(course=make_course(kind=Kind.BRIEFING, title="Neglect"))
    full = make_date(capacity=1)
    make_booking(full)

    for filters in (
        Filters(kind=Kind.BRIEFING),
        Filters(text="neglect"),
        Filters(with_places=True),
    ):
        [few] = programme_parts.by_day(NOW, MAY, filters).values()
        assert ([entry.course_date for entry in few.first], few.total) == ([briefing], 1)
        assert programme_parts.of_day(NOW, FIRST, filters).rows == [briefing]
    assert programme_parts.of_day(NOW, FIRST).total == 2


def test_what_is_over_stands_under_its_day_too(db):
    over = make_date(starts_at=NOW - DAY)

    [few] = programme_parts.by_day(NOW, Month(2025, 4)).values()
    assert few.first[0].course_date == over
    assert programme_parts.of_day(NOW, date(2025, 4, 16)).rows == [over]


def test_a_month_reads_no_more_dates_than_it_shows(db):
    def asked():
        db.session.remove()
        with counted() as sent:
            days = programme_parts.by_day(NOW, MAY)
        return len(db.session.identity_map), days[FIRST].total, len(sent)

    make_many_dates(FEW, first=NOW + 14 * DAY, apart=timedelta(minutes=1))
    few, total, queries = asked()
    make_many_dates(100, first=NOW + 14 * DAY, apart=timedelta(minutes=1))

    assert (few, total) == (FEW, FEW)
    assert asked() == (few, 100 + FEW, queries)


def test_the_dates_of_a_course_come_a_page_at_a_time_and_of_the_past_the_latest(db):
    course = make_course()
    coming = make_many_dates(51, course=course)
    over = make_many_dates(52, first=NOW - 60 * DAY, course=course)
    make_date()
    undecided = [make(course=course) for make in (make_postponed_date, make_held_back_date)]

    second = programme_parts.coming_of(course, NOW, 2)
    past = programme_parts.past_of(course, NOW)

    assert (second.rows, second.total) == (coming[50:], 51)
    assert (past.rows, past.total) == (over[:1:-1], 52)
    assert {*programme_parts.undecided_of(course)} == {*undecided}
