"""Places of a date that sectors have for their own until some days before it: set by organisers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.models import Agency, Booking, CourseDate, DateState
from webapp.services import places, waiting_list

Numbers = Sequence[tuple[int, int]]


class HeldRefused(Refused):
    """So many cannot be held."""


def check(held: Numbers, capacity: int | None) -> None:
    """Raises HeldRefused when so many, by the sectors' ids, cannot be held of these places."""
    number = sum(number for _, number in held)
    if number and capacity is None:
        raise HeldRefused("Places can only be held where there is a limit. Say how many there are.")
    if capacity is not None and number > capacity:
        there = counted(capacity, "place")
        raise HeldRefused(f"{counted(number, 'place')} would be held, and the date has {there}.")


def why_not(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why nothing can be held any more; None when it can."""
    if date.state is DateState.CANCELLED:
        return "This date has been cancelled, so no places can be held."
    if date.has_started(now):
        return "This date has already started, so no places can be held any more."
    return None


def dates_of(agency: Agency, now: datetime) -> Sequence[CourseDate]:
    """The coming dates with places held for sectors that people of this agency are on."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.held_days.is_not(None),
            CourseDate.starts_at > now,
            CourseDate.bookings.any(Booking.agency_id == agency.id),
        )
        .order_by(CourseDate.id)
    ).all()


def hold(
    date: CourseDate,
    held: Numbers,
    days: int,
    *,
    prefers_missing: bool | None = None,
    now: datetime,
) -> None:
    """Keep these for their sectors until so many days before; what is free then, or now no longer
    held, is offered on, to what is missing first or as the partnership has it (None). Raises
    Refused, and HeldRefused.

    Nobody loses a place or an offer by it: what is taken counts as theirs.
    """
    places.hold(date)
    waiting_list.end_late_offers(date, now=now)
    if reason := why_not(date, now):
        raise Refused(reason)
    check(held, date.capacity)
    date.held, date.held_days = [one for one in held if one[1]], days
    if not date.held:
        date.held_days = None
    date.prefers_missing = prefers_missing
    date.touch(now=now)
    db.session.flush()
    waiting_list.offer_free_places(date, now=now)
