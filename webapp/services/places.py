"""The places of a course date and the line for them: counted, and held while they may change."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, inspect, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, is_alone, lock
from webapp.errors import Full
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    CourseDate,
    Held,
    HeldPlaces,
    Places,
    Practitioner,
    Sector,
)
from webapp.services import mixes, partnership, tallies
from webapp.services.mixes import IN_LINE
from webapp.services.tallies import CAME as CAME
from webapp.services.tallies import TAKES_PART as TAKES_PART
from webapp.services.tallies import Part

# What whoever holds a date has read of it, besides its own row.
HELD = {"course", "venue", "all_days"}
# Each booking asks these, so they are built once.
READ_AGAIN = (
    select(CourseDate)
    .where(CourseDate.id == bindparam("id"))
    .options(*map(joinedload, (CourseDate.course, CourseDate.venue, CourseDate.all_days)))
    .execution_options(populate_existing=True)
)
LIVE = (
    select(Booking)
    .where(
        Booking.course_date_id == bindparam("date"),
        Booking.practitioner_id == bindparam("who"),
        Booking.state != BookingState.CANCELLED,
    )
    # Who has booked is written to with the invites there are: as much work as new ones are.
    .options(joinedload(Booking.invites))
    .execution_options(populate_existing=True)
)


def hold(date: CourseDate) -> None:
    """Make everybody else who would give or free a place here wait until our transaction ends.

    What was read of the date and its days before is read again, and its course and venue; bookings
    read before must be read again too.
    """
    if is_alone() and not HELD & inspect(date).unloaded:
        db.session.flush()  # as asking for the row would
        return  # it is as it was read
    lock(CourseDate.capacity, CourseDate.id == date.id)
    db.session.scalars(READ_AGAIN, {"id": date.id}).unique().one()


def hold_for(booking: Booking) -> CourseDate:
    """Hold the booking's date and read the booking again: somebody may have been quicker."""
    date = booking.course_date
    hold(date)
    db.session.refresh(booking)
    return date


def of(date: CourseDate, now: datetime, parts: Sequence[Part] | None = None) -> Places:
    """Of one date; `parts` of it, where they were counted already."""
    if parts is None:
        return places_of([date], now)[date.id]
    return _counted([date], {date.id: tallies.of_parts(parts, date, now)}, now)[date.id]


def over_capacity(
    date: CourseDate, reason: str | None, coming: Collection[int], now: datetime
) -> str | None:
    """The reason to keep with people who would be beyond its places, or have those of another
    sector; None while there is room. `coming` are their sectors by id.

    Raises Full when there is neither. The caller holds the date.
    """
    why_not = of(date, now).why_no_room(*coming)
    if why_not and not reason:
        raise Full(why_not)
    return reason if why_not else None


def places_of(dates: Sequence[CourseDate], now: datetime) -> dict[int, Places]:
    """The counts of all these dates, by id, in one query; in two more where some are held."""
    return _counted(dates, tallies.of(dates, now), now)


def _counted(
    dates: Sequence[CourseDate], counts: Mapping[int, Any], now: datetime
) -> dict[int, Places]:
    found = {date.id: Places(date.capacity, **counts[date.id]) for date in dates}
    return found | _with_held([date for date in dates if date.is_holding(now)], found)


def _with_held(dates: Sequence[CourseDate], counted: Mapping[int, Places]) -> dict[int, Places]:
    """The same of these dates, with what sectors have for their own there."""
    if not dates:
        return {}
    ids = [date.id for date in dates]
    of_sector = (Booking.course_date_id, Agency.sector_id, Booking.state)
    taken: Counter[tuple[int, int]] = Counter()
    waiting: dict[int, Counter[int]] = {key: Counter() for key in ids}
    for date_id, sector_id, state, number in db.session.execute(
        select(*of_sector, func.count())
        .join(Booking.agency)
        .where(
            Booking.course_date_id.in_(ids),
            or_(Booking.state.in_((BookingState.CONFIRMED, BookingState.OFFERED)), and_(*IN_LINE)),
        )
        .group_by(*of_sector)
    ):
        if state is BookingState.WAITING:
            waiting[date_id][sector_id] += number
        else:
            taken[date_id, sector_id] += number
    held: dict[int, list[Held]] = {key: [] for key in ids}
    for date_id, sector_id, name, number in db.session.execute(
        select(HeldPlaces.course_date_id, Sector.id, Sector.name, HeldPlaces.number)
        .join(Sector, Sector.id == HeldPlaces.sector_id)
        .where(HeldPlaces.course_date_id.in_(ids))
        .order_by(Sector.position, Sector.id)
    ):
        held[date_id].append(Held(sector_id, name, number, taken[date_id, sector_id]))
    return {
        date.id: replace(
            counted[date.id],
            held=tuple(held[date.id]),
            held_until=date.held_until,
            waiting_of=waiting[date.id],
        )
        for date in dates
    }


def booking_of(practitioner: Practitioner, date: CourseDate) -> Booking | None:
    """The one live booking this person has on this date."""
    facts = {"date": date.id, "who": practitioner.id}
    return db.session.scalars(LIVE, facts).unique().one_or_none()


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


def line(date: CourseDate) -> Sequence[Booking]:
    """Everybody who waits, in the order in which free places are theirs, with their agencies;
    without those whom an organiser has yet to allow."""
    found = db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, *IN_LINE)
        .options(joinedload(Booking.agency))
        .execution_options(populate_existing=True)
    )
    waiting = {booking.id: booking for booking in found}
    return [waiting[one.id] for one in mixes.turns(date) if one.id in waiting]


def next_in_line(date: CourseDate, counts: Places) -> list[Booking]:
    """Whose the free places are, as it is counted: each the first's who waits and may have it."""
    found = []
    for booking in line(date) if counts.free != 0 else ():
        if counts.open_to(booking.agency.sector_id) != 0:
            counts = counts.with_one_more(booking.agency.sector_id)
            found.append(booking)
    return found


def may_take(date: CourseDate, counts: Places) -> list[Booking]:
    """Everybody who waits and may have one of the free places, if nobody else is first."""
    return [one for one in line(date) if counts.open_to(one.agency.sector_id) != 0]


def are_first_to_take(date: CourseDate, sector_id: int, now: datetime) -> bool:
    """Whether those who wait were told that there is a place, which nobody has taken so far and
    somebody of this sector may have."""
    told = exists().where(
        Booking.course_date_id == date.id,
        *IN_LINE,
        Booking.told_of_place_at.is_not(None),
    )
    return bool(db.session.scalar(select(told))) and of(date, now).open_to(sector_id) != 0


def position(booking: Booking) -> int:
    """Whose turn it is: 1 for the next in line."""
    date = booking.course_date
    if partnership.get().prefers_missing_on(date):
        return [one.id for one in mixes.turns(date)].index(booking.id) + 1
    return db.session.scalars(
        select(func.count())
        .select_from(Booking)
        .where(
            Booking.course_date_id == booking.course_date_id,
            *IN_LINE,
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
