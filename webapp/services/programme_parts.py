"""Parts of the programme that have a page of their own: a month day by day, one day, one course.

However many dates there are, only those that a page shows are read with what it says of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, load_only, selectinload

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.formats.months import Month
from webapp.models import Course, CourseDate, CourseDay, DateState
from webapp.services import finding, paging, programme, windows
from webapp.services.paging import Few, Page, quickly
from webapp.services.programme import EVERYTHING, Filters

# A day of a month shows how it begins by so many; all are on its own page.
FEW = 2
IN_MONTH = (
    select(CourseDate, Course.short_title)
    .join(CourseDate.course)
    .where(CourseDate.id.in_(bindparam("ids", expanding=True)))
    .options(load_only(*finding.PLACES))
)
# The page of a course tells search engines where its venues are.
OF_COURSE = (
    load_only(*finding.PLACES, *programme.DATE, CourseDate.course_id),
    contains_eager(CourseDate.venue),
    selectinload(CourseDate.all_days).load_only(*programme.DAY),
)


class Entry(NamedTuple):
    """A course date as it stands under one of its days, from when to when it is held then."""

    course_date: CourseDate
    title: str
    starts_at: datetime
    ends_at: datetime


def by_day(now: datetime, month: Month, filters: Filters = EVERYTHING) -> Mapping[date, Few[Entry]]:
    """The days of this month, in London, on which anything is held, whether over or to come: what
    is first there, and how much there is."""
    found = programme.shown(
        now,
        replace(filters, month=None),
        CourseDate.state == DateState.PUBLISHED,
        windows.within(month),
    )
    sessions = quickly(
        select(CourseDay.course_date_id, CourseDay.starts_at, CourseDay.ends_at)
        .where(
            windows.stands(month.starts_at, month.ends_at),
            CourseDay.course_date_id.in_(found.with_only_columns(CourseDate.id).order_by(None)),
        )
        .order_by(CourseDay.starts_at, CourseDay.course_date_id)
    )
    grouped = groupby(sessions, lambda session: london(session.starts_at).date())
    days = {day: list(those) for day, those in grouped}
    dates = _in_month({key for those in days.values() for key, *_ in those[:FEW]})
    return {
        day: Few([Entry(*dates[key], *times) for key, *times in those[:FEW]], len(those))
        for day, those in days.items()
    }


def of_day(
    now: datetime, day: date, filters: Filters = EVERYTHING, number: int = 1
) -> Page[CourseDate]:
    """A page of the dates that are held on this day, in London, whether over or to come."""
    begins, ends = (datetime.combine(one, time(), LONDON) for one in (day, day + timedelta(days=1)))
    found = programme.shown(
        now,
        filters,
        CourseDate.state == DateState.PUBLISHED,
        CourseDate.starts_at < ends,
        CourseDate.ends_at > begins,
        CourseDate.all_days.any(windows.stands(begins, ends)),
    )
    return paging.page(found.options(*programme.SHOWN), number)


def coming_of(course: Course, now: datetime, number: int = 1) -> Page[CourseDate]:
    """A page of this course's dates that are not over, the soonest first."""
    of_it = CourseDate.course_id == course.id
    found = programme.dates(EVERYTHING, of_it, *programme.is_coming(now))
    return paging.page(found.options(*OF_COURSE), number)


def past_of(course: Course, now: datetime) -> Page[CourseDate]:
    """The latest of those that are, as the first page of them all."""
    found = programme.over(now, EVERYTHING, CourseDate.course_id == course.id)
    return paging.page(found.options(*OF_COURSE), 1)


def undecided_of(course: Course) -> list[CourseDate]:
    """Those that nobody has said the day of."""
    of_it = CourseDate.course_id == course.id
    found = programme.dates(EVERYTHING, of_it, CourseDate.state.in_(programme.UNDECIDED))
    return list(db.session.scalars(found.options(*OF_COURSE)))


def _in_month(ids: Collection[int]) -> Mapping[int, tuple[CourseDate, str]]:
    found = db.session.execute(IN_MONTH, {"ids": ids})
    return {date.id: (date, title) for date, title in found}
