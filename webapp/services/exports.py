"""Long lists to take away, read from the database a little at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from webapp.clock import LONDON
from webapp.db import db
from webapp.formats.search import speaks_of
from webapp.models import Agency, Booking, BookingState, CourseDate, Organiser

# Rows that are in memory together.
AT_ONCE = 100


@dataclass(frozen=True)
class Wanted:
    """Bookings of one date, or of dates that start from the first to the last day on London's
    calendar; those that stand so, are of this agency and speak of `text`, or all of them."""

    first: date | None = None
    last: date | None = None
    course_date: CourseDate | None = None
    state: BookingState | None = None
    agency_id: int | None = None
    text: str | None = None

    @property
    def where(self) -> list[ColumnElement[bool]]:
        found = []
        if self.course_date:
            found.append(CourseDate.id == self.course_date.id)
        if self.first:
            found.append(CourseDate.starts_at >= _midnight(self.first))
        if self.last:
            found.append(CourseDate.starts_at < _midnight(self.last + timedelta(days=1)))
        if self.state:
            found.append(Booking.state == self.state)
        if self.agency_id:
            found.append(Booking.agency_id == self.agency_id)
        return found

    @property
    def order(self) -> tuple[Any, ...]:
        """By their dates and by booking; of one date by name, or as places are offered."""
        if self.course_date is None:
            return CourseDate.starts_at, CourseDate.id, Booking.booked_at, Booking.id
        if self.state is BookingState.WAITING:
            return Booking.waiting_since, Booking.id
        return func.lower(Booking.name), Booking.id


def how_many(wanted: Wanted) -> int:
    if wanted.text:
        return sum(1 for _ in bookings(wanted))
    return db.session.scalars(
        select(func.count()).select_from(Booking).join(Booking.course_date).where(*wanted.where)
    ).one()


def bookings(wanted: Wanted) -> Iterator[Booking]:
    """With all that a file says of them. Words are looked for here: see `attendees`."""
    dates = joinedload(Booking.course_date)
    found = db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(*wanted.where)
        .order_by(*wanted.order)
        .options(
            dates.joinedload(CourseDate.course),
            dates.joinedload(CourseDate.venue),
            joinedload(Booking.practitioner),
            joinedload(Booking.agency).joinedload(Agency.sector),
            joinedload(Booking.replaced_by).joinedload(Booking.course_date),
            joinedload(Booking.marked_by).lazyload(Organiser.roles),
        )
        .execution_options(yield_per=AT_ONCE)
    )
    yield from (one for one in found if not wanted.text or speaks_of(wanted.text, _words(one)))


def _words(booking: Booking) -> Sequence[str]:
    about = (booking.name, booking.email, booking.works_at, booking.agency.name)
    return (*about, booking.job_role, booking.team or "")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
