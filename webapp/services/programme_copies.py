"""Dates that were held once, proposed again at the same hours on the same weekday, a year on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.formats import words
from webapp.models import CourseDate, CourseDay, DateState
from webapp.services import agendas, arrangements, courses, date_drafts
from webapp.services.arrangements import Arrangements, Times

# The nearest to a year that keeps the weekday.
YEAR = timedelta(weeks=52)
# More than that nobody looks through on one page.
MOST = 200


@dataclass(frozen=True)
class Proposal:
    """A date as it was, and when it would be again. `is_there` when the course has such a date."""

    date: CourseDate
    # When it would be, and in words.
    days: Sequence[Times]
    when: str
    is_there: bool


def again(source: CourseDate, *, now: datetime) -> Arrangements:
    """What a copy of this date would be: all but its days and the link to its meeting.

    As many years on as it takes to be in the future.
    """
    days = tuple((day.starts_at, day.ends_at) for day in source.days)
    years = 1
    while days and _later(days[0][0], years) <= now:
        years += 1
    return replace(
        arrangements.of(source),
        days=tuple((_later(starts, years), _later(ends, years)) for starts, ends in days),
        join_link=None,
        opens_at=source.opens_at and _later(source.opens_at, years),
        closes_at=source.closes_at and _later(source.closes_at, years),
    )


def proposals(first: date, last: date, *, now: datetime) -> Sequence[Proposal]:
    """What was held from the first to the last day, soonest first, and when it would be again."""
    found = db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at >= _midnight(first),
            CourseDate.starts_at < _midnight(last + timedelta(days=1)),
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .limit(MOST)
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
            selectinload(CourseDate.held_places),
        )
    ).all()
    there = _starts({source.course_id for source in found})
    return [_proposal(source, there, now) for source in found]


def copy(ids: Collection[int], *, now: datetime) -> list[CourseDate]:
    """Drafts a year on of these dates; what the course has already at that time is not made twice.

    So a form that is sent twice does no harm.
    """
    sources = db.session.scalars(
        select(CourseDate)
        .where(CourseDate.id.in_(ids), CourseDate.state == DateState.PUBLISHED)
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            selectinload(CourseDate.all_days),
            selectinload(CourseDate.agenda),
            selectinload(CourseDate.held_places),
            selectinload(CourseDate.trainers),
        )
    ).all()
    for course in {source.course for source in sources}:
        courses.hold(course)
    there = _starts({source.course_id for source in sources})
    made = []
    for source in sources:
        new = again(source, now=now)
        key = (source.course_id, new.days[0][0])
        if key in there:
            continue
        there.add(key)
        made.append(_copy_of(source, new, now=now))
    return made


def _proposal(source: CourseDate, there: set[tuple[int, datetime]], now: datetime) -> Proposal:
    days = again(source, now=now).days
    spans = [CourseDay(starts_at=starts, ends_at=ends) for starts, ends in days]
    is_there = (source.course_id, days[0][0]) in there
    return Proposal(source, days, words.all_days(spans), is_there)


def _copy_of(source: CourseDate, new: Arrangements, *, now: datetime) -> CourseDate:
    """Nobody has looked at it: what was made up for the one is made up for the other."""
    made = date_drafts.add(
        source.course,
        new,
        agenda=agendas.rows(agendas.of(source)),
        trainers=[trainer for trainer in source.trainers if trainer.active],
        now=now,
    )
    made.demonstration_values = [n for n in source.demonstration_values if n != "join_link"]
    return made


def _starts(course_ids: Collection[int]) -> set[tuple[int, datetime]]:
    """When these courses have a date that was not cancelled."""
    rows = db.session.execute(
        select(CourseDate.course_id, CourseDate.starts_at).where(
            CourseDate.course_id.in_(course_ids),
            CourseDate.state != DateState.CANCELLED,
            CourseDate.starts_at.is_not(None),
        )
    )
    return {(course_id, starts_at) for course_id, starts_at in rows if starts_at}


def _later(moment: datetime, years: int) -> datetime:
    """On London's clock: 10am stays 10am, in summer time and out of it."""
    local = london(moment)
    day = local.date() + YEAR * years
    return datetime.combine(day, local.time(), LONDON).astimezone(moment.tzinfo)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
