"""How somebody comes to stand on a date and how that ends. The caller holds the date."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import NotAll, Refused
from webapp.models import Booking, BookingState, CourseDate, Ending, Invite, Practitioner
from webapp.services import details as said
from webapp.services import notices, places
from webapp.services.details import Details

HAD_ONE = select(
    exists().where(
        Booking.practitioner_id == bindparam("who"), Booking.course_date_id == bindparam("date")
    )
)


def begin(
    practitioner: Practitioner,
    date: CourseDate,
    details: Details,
    *,
    now: datetime,
    regardless: bool = False,
    approval: bool = False,
    **facts: Any,
) -> Booking:
    """A new row: confirmed while there is a place for somebody of this sector (or `regardless`),
    else last in line; where it needs `approval` it waits for that. `facts` are what else is known
    of the row."""
    sector = details.agency.sector_id
    full = places.of(date, now).left_for(sector) == 0 and not regardless
    waits = full or approval
    may_take = full and not approval and places.are_first_to_take(date, sector, now)
    comes_back = _had_a_booking(practitioner, date)
    booking = Booking(
        course_date_id=date.id,
        practitioner_id=practitioner.id,
        agency_id=details.agency.id,
        state=BookingState.WAITING if waits else BookingState.CONFIRMED,
        waiting_since=places.end_of_line(date, now=now) if waits else None,
        told_of_place_at=now if may_take else None,
        approval_asked_at=now if approval else None,
        booked_at=now,
        updated_at=now,
        # What their diary and feed had of the days is gone from them, and is not to come back with
        # a SEQUENCE that is not above it. Until they are invited it stands as cancelled.
        invites=[
            Invite(course_day=day, uid=str(uuid4()), cancelled=True)
            for day in date.days
            if comes_back
        ],
        **facts,
    )
    said.write(booking, details)
    db.session.add(booking)
    db.session.flush()
    return booking


def end(booking: Booking, ending: Ending, *, now: datetime, reason: str | None = None) -> None:
    """Take somebody off the date and tell them; the caller offers a freed place on."""
    was = booking.state.value
    booking.state, booking.ending = BookingState.CANCELLED, ending
    booking.cancelled_at = booking.updated_at = now
    booking.cancel_reason = reason
    # Whoever has no place is on no register.
    booking.attendance = booking.marked_at = booking.marked_by = None
    notices.tell(booking, now=now, was=was)


def hold_all(bookings: Sequence[Booking]) -> CourseDate:
    """Hold the one date of these bookings and read them again: somebody may have been quicker."""
    date = bookings[0].course_date
    places.hold(date)
    read_again(bookings)
    return date


def read_again(bookings: Sequence[Booking]) -> None:
    db.session.scalars(
        select(Booking)
        .where(Booking.id.in_([booking.id for booking in bookings]))
        .options(joinedload(Booking.practitioner), selectinload(Booking.invites))
        .execution_options(populate_existing=True)
    ).all()


def refuse_any(why_not: Sequence[tuple[str, str | None]]) -> None:
    """Raises NotAll with the reason of each by name who has one, and of one alone Refused."""
    reasons = [(name, reason) for name, reason in why_not if reason]
    if reasons and len(why_not) == 1:
        raise Refused(reasons[0][1])
    if reasons:
        raise NotAll(reasons)


def _had_a_booking(practitioner: Practitioner, date: CourseDate) -> bool:
    return bool(db.session.scalar(HAD_ONE, {"who": practitioner.id, "date": date.id}))
