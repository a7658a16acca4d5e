"""The places of a course date and the line for them: counted, and held while they may change."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, lock
from webapp.errors import Full
from webapp.models import Attendance, Booking, BookingState, CourseDate, Places, Practitioner

TAKES_PART = (BookingState.CONFIRMED, BookingState.OFFERED, BookingState.WAITING)
CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)


def hold(date: CourseDate) -> None:
    """Make everybody else who would give or free a place here wait until our transaction ends.

    What was read of the date and its days before is read again, and its venue; bookings read
    before must be read again too.
    """
    lock(CourseDate.capacity, CourseDate.id == date.id)
    db.session.scalars(
        select(CourseDate)
        .where(CourseDate.id == date.id)
        .options(selectinload(CourseDate.all_days), joinedload(CourseDate.venue))
        .execution_options(populate_existing=True)
    ).one()


def hold_for(booking: Booking) -> CourseDate:
    """Hold the booking's date and read the booking again: somebody may have been quicker."""
    date = booking.course_date
    hold(date)
    db.session.refresh(booking)
    return date


def of(date: CourseDate) -> Places:
    return places_of([date])[date.id]


def over_capacity(date: CourseDate, reason: str | None, coming: int = 1) -> str | None:
    """The reason to keep with so many more who would be beyond its places; None while there is
    room. Raises Full when there is neither. The caller holds the date."""
    why_not = of(date).why_no_room(coming)
    if why_not and not reason:
        raise Full(why_not)
    return reason if why_not else None


def places_of(dates: Sequence[CourseDate]) -> dict[int, Places]:
    """The counts of all these dates, by id, in one query."""
    counts: dict[int, Counter[str]] = {date.id: Counter() for date in dates}
    kinds = (Booking.course_date_id, Booking.state, Booking.is_walk_in, Booking.attendance)
    rows = db.session.execute(
        select(*kinds, func.count())
        .where(Booking.course_date_id.in_(counts), Booking.state.in_(TAKES_PART))
        .group_by(*kinds)
    )
    for date_id, state, is_walk_in, attendance, number in rows:
        counts[date_id][state.value] += number
        if is_walk_in:
            counts[date_id]["walk_ins"] += number
        elif attendance in CAME:
            counts[date_id]["came"] += number
        elif state is BookingState.CONFIRMED and attendance is None:
            counts[date_id]["unmarked"] += number
    return {date.id: Places(date.capacity, **counts[date.id]) for date in dates}


def booking_of(practitioner: Practitioner, date: CourseDate) -> Booking | None:
    """The one live booking this person has on this date."""
    return db.session.scalar(
        select(Booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.practitioner_id == practitioner.id,
            Booking.state != BookingState.CANCELLED,
        )
        .execution_options(populate_existing=True)
    )


def booked(date: CourseDate, emails: Collection[str]) -> frozenset[str]:
    """Which of these addresses have a booking for the date."""
    return frozenset(
        db.session.scalars(
            select(Practitioner.email)
            .join(Booking, Booking.practitioner_id == Practitioner.id)
            .where(
                Booking.course_date_id == date.id,
                Booking.state != BookingState.CANCELLED,
                Practitioner.email.in_(emails),
            )
        )
    )


def everybody(date: CourseDate, *states: BookingState) -> Sequence[Booking]:
    """Who takes part in the date or waits for it, or who stands so, with all that a mail to them
    needs; in the order they booked."""
    return db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, Booking.state.in_(states or TAKES_PART))
        .order_by(Booking.id)
        .options(joinedload(Booking.practitioner), selectinload(Booking.invites))
        .execution_options(populate_existing=True)
    ).all()


def next_in_line(date: CourseDate, number: int | None) -> Sequence[Booking]:
    """The first `number` of those who wait; all of them when None."""
    return db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, Booking.state == BookingState.WAITING)
        .order_by(Booking.waiting_since, Booking.id)
        .limit(number)
        .execution_options(populate_existing=True)
    ).all()


def are_first_to_take(date: CourseDate) -> bool:
    """Whether all who wait were told that there is a place, and nobody has taken it so far."""
    told = exists().where(
        Booking.course_date_id == date.id,
        Booking.state == BookingState.WAITING,
        Booking.told_of_place_at.is_not(None),
    )
    return bool(db.session.scalar(select(told))) and of(date).free != 0


def position(booking: Booking) -> int:
    """Whose turn it is: 1 for the next in line."""
    return db.session.scalars(
        select(func.count())
        .select_from(Booking)
        .where(
            Booking.course_date_id == booking.course_date_id,
            Booking.state == BookingState.WAITING,
            tuple_(Booking.waiting_since, Booking.id) <= tuple_(booking.waiting_since, booking.id),
        )
    ).one()


def end_of_line(date: CourseDate, *, now: datetime) -> datetime:
    """The moment that puts a newcomer last. The caller holds the date.

    The moments of callers were read before they held the date, so a later one can be earlier.
    """
    last = db.session.scalar(
        select(func.max(Booking.waiting_since)).where(
            Booking.course_date_id == date.id, Booking.state == BookingState.WAITING
        )
    )
    return max(now, last or now)
