"""Long lists to take away, read from the database a little at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from webapp.clock import LONDON
from webapp.db import db
from webapp.models import Agency, Booking, BookingState, CourseDate

# Rows that are in memory together.
AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """Bookings of one date, or of dates that start from the first to the last day on London's
    calendar; those that stand so, or all of them."""

    first: date | None = None
    last: date | None = None
    course_date: CourseDate | None = None
    state: BookingState | None = None

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
        return found


def how_many(wanted: Wanted) -> int:
    return db.session.scalars(
        select(func.count()).select_from(Booking).join(Booking.course_date).where(*wanted.where)
    ).one()


def bookings(wanted: Wanted) -> Iterator[Booking]:
    """In the order of their dates and of booking, with all that a file says of them."""
    dates = joinedload(Booking.course_date)
    yield from db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(*wanted.where)
        .order_by(CourseDate.starts_at, CourseDate.id, Booking.booked_at, Booking.id)
        .options(
            dates.joinedload(CourseDate.course),
            dates.joinedload(CourseDate.venue),
            joinedload(Booking.practitioner),
            joinedload(Booking.agency).joinedload(Agency.sector),
            joinedload(Booking.replaced_by).joinedload(Booking.course_date),
        )
        .execution_options(yield_per=AT_ONCE)
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
