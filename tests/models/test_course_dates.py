"""What a course date answers about itself: whether it can be booked, and when it is."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_venue
from webapp.models import AgendaItem, CourseDate, CourseDay, DateReading, DateState, Format

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def a_date(**facts):
    """A date that starts in two weeks, at NOW's hour, for three hours; never stored."""
    starts_at = NOW + 14 * DAY
    return CourseDate(
        **{
            "state": DateState.PUBLISHED,
            "format": Format.FACE_TO_FACE,
            "starts_at": starts_at,
            "ends_at": starts_at + 3 * HOUR,
            **facts,
        }
    )


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"state": DateState.CANCELLED}, "cancelled"),
        ({"state": DateState.HELD_BACK}, "to be confirmed"),
        ({"state": DateState.HELD_BACK, "starts_at": None, "ends_at": None}, "to be confirmed"),
        ({"state": DateState.DRAFT}, "not been published"),
        ({"starts_at": NOW - 3 * HOUR, "ends_at": NOW}, "has passed"),
        ({"starts_at": NOW, "ends_at": NOW + HOUR}, "already started"),
        ({"closes_at": NOW}, "has closed"),
        ({"opens_at": NOW + timedelta(seconds=1)}, "not opened yet"),
    ],
)
def test_why_nobody_can_book_is_said_in_a_sentence(facts, reason):
    said = a_date(**facts).why_not_bookable(NOW)

    assert reason in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"starts_at": NOW + timedelta(seconds=1)},
        {"closes_at": NOW + timedelta(seconds=1)},
        {"opens_at": NOW},
        {"opens_at": NOW - DAY, "closes_at": NOW + DAY},
    ],
)
def test_a_date_that_can_be_booked_gives_no_reason(facts):
    assert a_date(**facts).why_not_bookable(NOW) is None


def test_a_cancelled_date_says_so_even_when_it_is_past():
    date = a_date(state=DateState.CANCELLED, starts_at=NOW - DAY, ends_at=NOW - HOUR)

    assert "cancelled" in date.why_not_bookable(NOW)


def test_it_starts_and_is_over_at_the_very_moment():
    date = a_date(starts_at=NOW, ends_at=NOW + HOUR)
    just_before = timedelta(microseconds=1)

    assert not date.has_started(NOW - just_before)
    assert date.has_started(NOW)
    assert not date.is_past(NOW + HOUR - just_before)
    assert date.is_past(NOW + HOUR)


def test_a_date_without_days_is_neither_started_nor_past():
    date = a_date(starts_at=None, ends_at=None)

    assert not date.has_started(NOW)
    assert not date.is_past(NOW)


def test_only_an_online_date_is_online():
    assert a_date(format=Format.ONLINE).is_online
    assert not a_date().is_online


def test_new_days_set_start_and_end_in_whatever_order_they_come(db):
    date = make_date()
    first = (NOW + DAY, NOW + DAY + HOUR)
    second = (NOW + 2 * DAY, NOW + 2 * DAY + 2 * HOUR)

    date.set_days([second, first], now=NOW + HOUR)
    db.session.commit()

    assert [(day.starts_at, day.ends_at) for day in date.days] == [first, second]
    assert (date.starts_at, date.ends_at) == (first[0], second[1])
    assert date.updated_at == NOW + HOUR


def test_a_moved_day_keeps_its_identity_and_is_a_revision_further(db):
    days = [(NOW + number * DAY, NOW + number * DAY + HOUR) for number in (1, 2)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    uids = [day.uid for day in date.days]

    date.set_days([days[0], (days[1][0], days[1][1] + HOUR)], now=NOW)
    db.session.commit()

    assert [day.uid for day in date.days] == uids
    assert [day.revision for day in date.days] == [0, 1]


def test_a_new_day_has_an_identity_of_its_own_and_renames_the_others(db):
    days = [(NOW + number * DAY, NOW + number * DAY + HOUR) for number in (1, 2, 3)]
    date = make_date(days=days[:2], starts_at=days[0][0], ends_at=days[1][1])
    uids = [day.uid for day in date.days]

    date.set_days(days, now=NOW)
    db.session.commit()

    *same, new = [day.uid for day in date.days]
    assert same == uids
    assert new not in uids
    assert [day.revision for day in date.days] == [1, 1, 0]


def test_a_dropped_day_is_kept_since_diaries_know_it(db):
    days = [(NOW + number * DAY, NOW + number * DAY + HOUR) for number in (1, 2)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    first, second = date.days

    date.set_days(days[1:], now=NOW + HOUR)
    db.session.commit()

    assert date.days == [second]
    assert (date.starts_at, date.ends_at) == days[1]
    assert (first.dropped_at, first.revision) == (NOW + HOUR, 1)
    assert second.revision == 1


def test_a_change_that_diaries_must_learn_of_raises_every_day(db):
    days = [(NOW + number * DAY, NOW + number * DAY + HOUR) for number in (1, 2)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])

    date.revise(now=NOW + HOUR)
    db.session.commit()

    assert [day.revision for day in date.days] == [1, 1]
    assert date.updated_at == NOW + HOUR


def test_days_agenda_and_readings_come_in_their_order(db):
    moments = [NOW + DAY, NOW + 2 * DAY]
    date = make_date(state=DateState.HELD_BACK, starts_at=None, ends_at=None)
    for moment in reversed(moments):
        date.readings.append(DateReading(starts_at=moment, ends_at=moment + HOUR, reason="So."))
        date.all_days.append(CourseDay(starts_at=moment, ends_at=moment + HOUR))
    for position in (2, 1):
        item = AgendaItem(position=position, starts=NOW.time(), title=str(position))
        date.agenda.append(item)
    db.session.commit()

    assert [reading.starts_at for reading in date.readings] == moments
    assert [day.starts_at for day in date.days] == moments
    assert [item.title for item in date.agenda] == ["1", "2"]


def test_one_key_of_the_seeds_is_one_date(db):
    make_date(seed_key="first")
    make_date(seed_key=None)
    make_date(seed_key=None)

    with pytest.raises(IntegrityError):
        make_date(seed_key="first")


def test_dates_of_a_course_come_soonest_first(db):
    course = make_course()
    later, sooner = (make_date(course=course, starts_at=NOW + n * DAY) for n in (9, 2))
    db.session.expire_all()

    assert course.dates == [sooner, later]


def test_a_venue_says_its_name_and_address_on_one_line(db):
    venue = make_venue(name="West Offices", address=["Station Rise", "York", "YO1 6GA"])

    assert venue.one_line == "West Offices, Station Rise, York, YO1 6GA"
