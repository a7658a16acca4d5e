"""What organisers may not have meant about when and where a date is held. It hinders nobody.

Nobody is at work that day, or another date has the room or a trainer then: said before people are
told, and beside the drafts that are made and published many at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.clock import london
from webapp.db import db
from webapp.formats import bank_holidays, words, working_time
from webapp.formats.working_time import WorkingTime
from webapp.models import CourseDate, CourseDay, DateState, Organiser
from webapp.services import arrangements, partnership
from webapp.services.arrangements import Arrangements, Times

TAKES_PLACE = (DateState.PUBLISHED, DateState.DRAFT)


def of(date: CourseDate, *, now: datetime) -> list[str]:
    """A sentence for each, of a date as it stands; none of what is over or called off."""
    if date.state not in TAKES_PLACE or date.is_past(now):
        return []
    return of_change(date, arrangements.of(date), date.trainers)


def of_change(date: CourseDate, new: Arrangements, trainers: Iterable[Organiser]) -> list[str]:
    """The same, of what it would be."""
    new = arrangements.fitting(new)
    others = _at_the_same_time(date, new.days) if new.days else []
    taken = [one for other in others for one in _taken(other, new, trainers)]
    return [*_days_off(new.days, working_time.of(partnership.get())), *taken]


def of_days(many: Mapping[int, Sequence[Times]]) -> dict[int, list[str]]:
    """On which days of these dates, by their ids, nobody is at work."""
    working = working_time.of(partnership.get())
    return {key: _days_off(days, working) for key, days in many.items()}


def _days_off(days: Sequence[Times], working: WorkingTime) -> list[str]:
    found = []
    for day in sorted({london(starts).date() for starts, _ in days}):
        if holiday := bank_holidays.name_of(day):
            found.append(f"{words.day(day)} is a bank holiday: {holiday}.")
        elif not working.is_working_day(day):
            found.append(f"{words.day(day)} is no day on which people are at work.")
    return found


def _at_the_same_time(date: CourseDate, days: Sequence[Times]) -> Sequence[CourseDate]:
    overlaps = or_(
        *(and_(CourseDay.starts_at < ends, CourseDay.ends_at > starts) for starts, ends in days)
    )
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.id != date.id,
            CourseDate.state.in_(TAKES_PLACE),
            CourseDate.all_days.any(and_(CourseDay.dropped_at.is_(None), overlaps)),
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            selectinload(CourseDate.all_days),
            selectinload(CourseDate.trainers),
        )
    ).all()


def _taken(other: CourseDate, new: Arrangements, trainers: Iterable[Organiser]) -> Iterable[str]:
    what = f"{other.course.title}, {words.when(other)}"
    is_known = new.venue and new.venue.id  # a new one has no other date
    if new.venue and is_known and other.venue_id == new.venue.id and other.room == new.room:
        where = ", ".join(part for part in (new.room, new.venue.name) if part)
        yield f"{where} is taken then: {what}."
    for trainer in trainers:
        if trainer in other.trainers:
            yield f"{trainer.name or trainer.email} teaches then: {what}."
