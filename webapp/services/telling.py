"""Who wanted to hear of a course is told of its dates: once of each, once it can be booked.

All are told at once; or, where the course says so, in the order in which they asked: as many as
there are places, and the next when those have had the time an offer stands for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select

from webapp.db import db
from webapp.formats import working_time
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Interest,
    Places,
    Practitioner,
    ToldOfDate,
)
from webapp.services import interests, links, outbox, partnership, places

# Somebody, and the dates they are to hear of.
Wish = tuple[Interest, list[CourseDate]]


@dataclass(frozen=True)
class Turn:
    """Who is told now; and who later, with what they do not hear of now."""

    now: Sequence[Wish] = ()
    later: Sequence[Wish] = ()

    @property
    def people(self) -> int:
        return len({interest.id for interest, _ in (*self.now, *self.later)})


@dataclass(frozen=True)
class Told:
    """Of which date, and when."""

    date: CourseDate
    at: datetime


def of_dates(course: Course, dates: Sequence[CourseDate], *, now: datetime) -> int:
    """Everybody who asked for this course is to hear that here they are; of all in one mail.

    How many are written to at once: the others follow, once they can book and it is their turn.
    The caller holds the dates.
    """
    for date in dates:
        date.tell_interested_at = now
        db.session.execute(
            delete(ToldOfDate).where(
                ToldOfDate.course_date_id == date.id, ToldOfDate.starts_at != date.starts_at
            )
        )
    return _tell(course, dates, now)


def due_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates of which somebody is to hear now."""
    return db.session.scalars(
        select(CourseDate)
        .join(CourseDate.course)
        .where(
            CourseDate.tell_interested_at <= now,
            CourseDate.state == DateState.PUBLISHED,
            Course.is_published,
            CourseDate.starts_at > now,
            or_(CourseDate.opens_at.is_(None), CourseDate.opens_at <= now),
            or_(CourseDate.closes_at.is_(None), CourseDate.closes_at > now),
        )
        .order_by(CourseDate.id)
    ).all()


def tell_if_due(date: CourseDate, *, now: datetime) -> int:
    """Whose turn it is hears of this date, and of the others of its course that are due.

    How many are written to: nobody where somebody else was quicker.
    """
    due = [one for one in due_dates(now) if one.course_id == date.course_id]
    for one in due:
        places.hold(one)
    return _tell(date.course, due, now)


def next_turn(course: Course, dates: Sequence[CourseDate], now: datetime) -> Turn:
    """As it would be if these dates could be booked now."""
    free = places.places_of(dates, now) if course.tells_in_order else {}
    return _turn(_wishes(course, dates), free)


def under_way(course: Course, now: datetime) -> Sequence[CourseDate]:
    """The coming dates of which somebody has still to hear, soonest first."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.course_id == course.id,
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.tell_interested_at.is_not(None),
            CourseDate.starts_at > now,
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
    ).all()


def told(people: Iterable[Interest]) -> dict[int, list[Told]]:
    """Of which dates these were told, by the id of their interest, soonest first."""
    found: dict[int, list[Told]] = {interest.id: [] for interest in people}
    rows = db.session.execute(
        select(ToldOfDate, CourseDate)
        .join(CourseDate, CourseDate.id == ToldOfDate.course_date_id)
        .where(ToldOfDate.interest_id.in_(found))
        .order_by(CourseDate.starts_at, CourseDate.id)
    )
    for row, date in rows:
        found[row.interest_id].append(Told(date, row.told_at))
    return found


def forget(date: CourseDate) -> None:
    """The date is thrown away."""
    db.session.execute(delete(ToldOfDate).where(ToldOfDate.course_date_id == date.id))


def _tell(course: Course, dates: Sequence[CourseDate], now: datetime) -> int:
    """The caller holds the dates."""
    due = [date for date in dates if _is_due(date, now)]
    if not due:
        return 0
    turn = next_turn(course, due, now)
    ours = partnership.get()
    then = working_time.of(ours).after(now, ours.offer_hours) if turn.later else None
    waited_for = {date.id for _, theirs in turn.later for date in theirs}
    for date in due:
        date.tell_interested_at = then if date.id in waited_for else None
    for interest, theirs in turn.now:
        outbox.queue(
            "new_date",
            to=interest.email,
            now=now,
            course=course,
            dates=theirs,
            others=len(turn.now) - 1,
            next_at=then,
            token=links.interest_token(interest),
        )
        db.session.add_all(
            ToldOfDate(
                interest_id=interest.id,
                course_date_id=date.id,
                starts_at=date.starts_at,
                told_at=now,
            )
            for date in theirs
        )
    return len(turn.now)


def _is_due(date: CourseDate, now: datetime) -> bool:
    return (
        date.tell_interested_at is not None
        and date.tell_interested_at <= now
        and date.course.is_published
        and date.why_not_bookable(now) is None
    )


def _wishes(course: Course, dates: Sequence[CourseDate]) -> list[Wish]:
    """Who has still to hear of which of these, the first to ask first: of a date that they were
    told of before, or have a booking for, nobody."""
    ids = [date.id for date in dates]
    knows: set[tuple[str, int]] = {
        (email, date_id)
        for email, date_id in db.session.execute(
            select(Practitioner.email, Booking.course_date_id)
            .join(Practitioner.bookings)
            .where(Booking.course_date_id.in_(ids), Booking.state != BookingState.CANCELLED)
        )
    }
    were_told = {
        (interest_id, date_id)
        for interest_id, date_id in db.session.execute(
            select(ToldOfDate.interest_id, ToldOfDate.course_date_id).where(
                ToldOfDate.course_date_id.in_(ids)
            )
        )
    }
    wishes = []
    for interest in db.session.scalars(interests.of_course(course)):
        new = [
            date
            for date in dates
            if (interest.email, date.id) not in knows and (interest.id, date.id) not in were_told
        ]
        if new:
            wishes.append((interest, new))
    return wishes


def _turn(wishes: Sequence[Wish], counts: dict[int, Places]) -> Turn:
    """All of them, where nothing is counted; else as many as there are places, of dates that have
    any."""
    if not counts:
        return Turn(wishes)
    left = {date_id: places.left for date_id, places in counts.items()}
    room = None if None in left.values() else sum(number or 0 for number in left.values())
    now: list[Wish] = []
    later: list[Wish] = []
    for interest, dates in wishes:
        is_in_time = room is None or len(now) < room
        has_places = [date for date in dates if is_in_time and left[date.id] != 0]
        waits = [date for date in dates if date not in has_places]
        if has_places:
            now.append((interest, has_places))
        if waits:
            later.append((interest, waits))
    return Turn(now, later)
