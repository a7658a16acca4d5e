"""How far back feeds and files look, and how long they tell of what was called off.

Their days begin at midnight in London: what they hold changes with a row, or then, and at no other
moment.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select

from webapp.clock import LONDON, london
from webapp.formats.months import Month
from webapp.models import CourseDate, CourseDay, DateReading, DateState, Week
from webapp.models.weeks import left_out

LOOKS_BACK = timedelta(days=90)
# How long people are told that a date was cancelled or postponed, or a day dropped.
TELLS = timedelta(days=30)


def opened(now: datetime) -> datetime:
    """The last midnight in London."""
    return datetime.combine(london(now), time(), LONDON)


def lately(now: datetime) -> ColumnElement[bool]:
    """Of a date: it is or was not long ago, or was called off not long ago."""
    today = opened(now)
    return or_(
        and_(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at > today - LOOKS_BACK),
        called_off_lately(now),
    )


def called_off_lately(now: datetime) -> ColumnElement[bool]:
    since = opened(now) - TELLS
    return or_(
        and_(CourseDate.state == DateState.CANCELLED, CourseDate.cancelled_at > since),
        and_(CourseDate.state == DateState.POSTPONED, CourseDate.postponed_at > since),
    )


def shows(now: datetime) -> ColumnElement[bool]:
    """Of a day: it stands, or was dropped not long ago."""
    return or_(CourseDay.dropped_at.is_(None), CourseDay.dropped_at > opened(now) - TELLS)


def is_shown(day: CourseDay, now: datetime) -> bool:
    """The same of a row at hand."""
    return day.dropped_at is None or day.dropped_at > opened(now) - TELLS


def stands(begins: datetime, ends: datetime) -> ColumnElement[bool]:
    """Of a day: it stands, and begins in this time."""
    in_it = (CourseDay.starts_at >= begins, CourseDay.starts_at < ends)
    return and_(CourseDay.dropped_at.is_(None), *in_it)


def within(month: Month) -> ColumnElement[bool]:
    """Of a date: it is in this month; or, without a day of its own now, was to be."""
    now_in = and_(CourseDate.starts_at < month.ends_at, CourseDate.ends_at > month.starts_at)
    was_in = and_(CourseDay.starts_at < month.ends_at, CourseDay.ends_at > month.starts_at)
    return or_(now_in, and_(CourseDate.starts_at.is_(None), CourseDate.all_days.any(was_in)))


def may_be_in(month: Month) -> ColumnElement[bool]:
    """Of a date without a day: what was announced may mean one in this month, or while it is
    postponed, it was to be in it."""
    means = and_(DateReading.starts_at >= month.starts_at, DateReading.starts_at < month.ends_at)
    was_in = CourseDate.all_days.any(stands(month.starts_at, month.ends_at))
    return or_(
        and_(CourseDate.state == DateState.HELD_BACK, CourseDate.readings.any(means)),
        and_(CourseDate.state == DateState.POSTPONED, was_in),
    )


def of_week(slug: str) -> ColumnElement[bool]:
    """Of a date: it begins in this Week, or without a day of its own now was to, and belongs."""
    now_in = and_(CourseDate.starts_at >= Week.starts_at, CourseDate.starts_at < Week.ends_at)
    was_in = and_(CourseDay.starts_at >= Week.starts_at, CourseDay.starts_at < Week.ends_at)
    not_its = select(left_out.c.course_date_id).where(left_out.c.week_id == Week.id)
    return exists().where(
        Week.slug == slug,
        or_(now_in, and_(CourseDate.starts_at.is_(None), CourseDate.all_days.any(was_in))),
        CourseDate.id.not_in(not_its),
    )
