"""How far back feeds and files look, and how long they tell of what was called off.

Their days begin at midnight in London: what they hold changes with a row, or then, and at no other
moment.
"""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_

from webapp.clock import LONDON, london
from webapp.formats.months import Month
from webapp.models import CourseDate, CourseDay, DateState

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


def within(month: Month) -> ColumnElement[bool]:
    """Of a date: it is in this month; or, without a day of its own now, was to be."""
    now_in = and_(CourseDate.starts_at < month.ends_at, CourseDate.ends_at > month.starts_at)
    was_in = and_(CourseDay.starts_at < month.ends_at, CourseDay.ends_at > month.starts_at)
    return or_(now_in, and_(CourseDate.starts_at.is_(None), CourseDate.all_days.any(was_in)))
