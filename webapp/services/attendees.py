"""Who is on a course date: counted, searched, and what they need; for organisers."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.errors import NotFound
from webapp.formats.search import plain
from webapp.models import (
    AccessNeeds,
    Agency,
    Attendee,
    Booking,
    BookingState,
    CourseDate,
)
from webapp.services import mixes
from webapp.services.paging import BY_NAME, Page, all_of, page
from webapp.services.tallies import Part


def by_state(parts: Sequence[Part]) -> Mapping[BookingState, int]:
    """How many stand how; every state is a key."""
    found = dict.fromkeys(BookingState, 0)
    for one in parts:
        found[one.state] += one.number
    return found


class FromAgency(NamedTuple):
    id: int
    name: str
    number: int


def by_agency(parts: Sequence[Part], state: BookingState | None) -> Sequence[FromAgency]:
    """How many come from which agency, the most first."""
    counted: Counter[tuple[int, str]] = Counter()
    for one in parts:
        if state in {None, one.state}:
            counted[one.agency_id, one.agency] += one.number
    found = [FromAgency(*agency, number) for agency, number in counted.items()]
    return sorted(found, key=lambda one: (-one.number, plain(one.name), one.id))


IS_A_NEED = or_(AccessNeeds.access.is_not(None), AccessNeeds.dietary.is_not(None))
WITH_NEEDS = select(AccessNeeds.booking_id).where(
    AccessNeeds.booking_id.in_(bindparam("ids", expanding=True)), IS_A_NEED
)


def with_needs(bookings: Sequence[Booking | Attendee]) -> frozenset[int]:
    """The ids of those who told us of a need; not the needs."""
    return frozenset(all_of(WITH_NEEDS, {"ids": [booking.id for booking in bookings]}))


def access_needs(date: CourseDate, number: int = 1) -> Page[AccessNeeds]:
    """A page of what people with a place need, by name; those without one are nobody's business
    here."""
    return page(
        select(AccessNeeds)
        .join(AccessNeeds.booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.state.in_([BookingState.CONFIRMED, BookingState.OFFERED]),
            IS_A_NEED,
        )
        .order_by(*BY_NAME)
        .options(joinedload(AccessNeeds.booking).joinedload(Booking.practitioner)),
        number,
    )


@dataclass(frozen=True)
class Queue:
    """Everybody who waits, by booking id: where they stand, 1 is next; and who of them comes before
    somebody that has waited longer, being of a sector that is missing."""

    turns: Mapping[int, int]
    ahead: Collection[int]


def queue(date: CourseDate) -> Queue:
    line = mixes.turns(date)
    turns = {one.id: position for position, one in enumerate(line, start=1)}
    return Queue(turns, mixes.ahead(line))


def get_booking(booking_id: int) -> Booking:
    """One booking with all that its page shows. Raises NotFound."""
    found = db.session.scalar(
        select(Booking)
        .where(Booking.id == booking_id)
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.agency).joinedload(Agency.sector),
            joinedload(Booking.terms),
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            joinedload(Booking.course_date).joinedload(CourseDate.venue),
            joinedload(Booking.replaces).joinedload(Booking.course_date),
            joinedload(Booking.replaced_by).joinedload(Booking.course_date),
        )
    )
    if found is None:
        raise NotFound("There is no such booking.")
    return found


def note(booking: Booking, text: str | None, *, now: datetime) -> None:
    """Keep an organiser's remark; None takes it away."""
    booking.note, booking.updated_at = text, now
