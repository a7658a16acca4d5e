"""Two dates of a course made one: everybody goes over to the other, and the first is called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import Booking, BookingState, CourseDate, DateState, Ending
from webapp.services import calling_off, moving, places, waiting_list


@dataclass(frozen=True)
class Merged:
    """How many have a place on the other date now, and how many wait for one there."""

    placed: int
    waiting: int


def why_not_merged(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why this date cannot go into another; None when it can."""
    if date.has_started(now):
        return "This date has already started, so its people can no longer go to another."
    return calling_off.why_not_cancelled(date, now)


def targets(date: CourseDate, *, now: datetime) -> Sequence[CourseDate]:
    """The dates of the course that could take its people, soonest first."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.course_id == date.course_id,
            CourseDate.id != date.id,
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(joinedload(CourseDate.venue), selectinload(CourseDate.all_days))
    ).all()


def merge(date: CourseDate, into: CourseDate, *, reason: str | None, now: datetime) -> Merged:
    """Everybody with a place here has one there; who waits gets one while there are, else waits
    behind those who do there. Who is on both is told that this one is cancelled.

    Raises Refused, also when the other date has too few places.
    """
    # In order of id, so that two who merge in opposite directions do not wait for each other.
    for one in sorted((date, into), key=lambda one: one.id):
        waiting_list.lapse_on(one, now=now)
    if why_not := why_not_merged(date, now) or _why_not_into(into, date, now):
        raise Refused(why_not)
    theirs = {one.practitioner_id: one for one in places.everybody(into)}
    mine = places.everybody(date)
    going = [one for one in mine if one.holds_a_place and not _has_a_place(one, theirs)]
    _check_room(into, going, theirs, now)
    why = _in_words(into, reason)
    for booking in going:
        if there := theirs.get(booking.practitioner_id):
            moving.end(there, Ending.MOVED, now=now)  # the place they bring is the better one
        moving.carry(booking, into, reason=why, regardless=True, now=now)
    line = [
        one
        for one in mine
        if one.state is BookingState.WAITING and one.practitioner_id not in theirs
    ]
    waiting = [
        moving.carry(booking, into, reason=why, regardless=False, now=now)
        for booking in sorted(line, key=lambda one: (one.waiting_since, one.id))
    ]
    calling_off.cancel(date, message=why, now=now)
    waiting_list.offer_free_places(into, now=now)
    lucky = sum(booking.state is not BookingState.WAITING for booking in waiting)
    return Merged(len(going) + lucky, len(waiting) - lucky)


def _why_not_into(into: CourseDate, date: CourseDate, now: datetime) -> str | None:
    if into.id == date.id or into.course_id != date.course_id:
        return "Choose another date of the same course."
    if into.state is not DateState.PUBLISHED or into.has_started(now):
        return into.why_not_bookable(now)
    return None


def _check_room(
    into: CourseDate, going: Sequence[Booking], theirs: dict[int, Booking], now: datetime
) -> None:
    """All its places count, those held for sectors, too: these people have one already."""
    counts = places.of(into, now)
    kept = sum(
        one.practitioner_id in theirs and theirs[one.practitioner_id].holds_a_place for one in going
    )
    if counts.capacity is not None and counts.taken + len(going) - kept > counts.capacity:
        free = counts.free or 0
        raise Refused(
            f"{counted(len(going), 'person', 'people')} would come from this date, and that date"
            f" has {counted(free, 'free place').lower()}. Give it more places first."
        )


def _has_a_place(booking: Booking, theirs: dict[int, Booking]) -> bool:
    there = theirs.get(booking.practitioner_id)
    return there is not None and there.state is BookingState.CONFIRMED


def _in_words(into: CourseDate, reason: str | None) -> str:
    said = f"It is held together with another date: {words.when(into)}, {words.place(into)}."
    return f"{reason}\n\n{said}" if reason else said
