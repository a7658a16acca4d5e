"""Long lists to take away, read from the database a little at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

from webapp.clock import LONDON
from webapp.db import db
from webapp.formats.search import speaks_of
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    Course,
    CourseDate,
    ListedBooking,
    Organiser,
    Venue,
)
from webapp.services.attendee_lists import FROM_ELSEWHERE, Heir, HeirDate
from webapp.services.paging import BY_NAME, quickly

# Rows that are in memory together.
AT_ONCE = 500
# No whole rows are read, of which tables have several in a line: a long file is made of what is
# in it alone.
COLUMNS: Mapping[str, Any] = {
    **{name: getattr(Booking, name) for name in ListedBooking._fields if hasattr(Booking, name)},
    **FROM_ELSEWHERE,
    "marked_by": func.coalesce(func.nullif(Organiser.name, ""), Organiser.email),
    "title": Course.title,
    "starts_at": CourseDate.starts_at,
    "ends_at": CourseDate.ends_at,
    "format": CourseDate.format,
    "platform": CourseDate.platform,
    "venue": Venue.name,
}


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
        return BY_NAME


def how_many(wanted: Wanted) -> int:
    if wanted.text:
        return sum(1 for _ in bookings(wanted))
    return db.session.scalars(
        select(func.count()).select_from(Booking).join(Booking.course_date).where(*wanted.where)
    ).one()


def bookings(wanted: Wanted) -> Iterator[ListedBooking]:
    """With all that a file says of them, asked for when the first is wanted: on PostgreSQL the
    rest is read in the same transaction. Words are looked for here: see `attendee_lists`."""
    found = quickly(
        select(*(COLUMNS[name] for name in ListedBooking._fields))
        .select_from(Booking)
        .join(Booking.course_date)
        .join(CourseDate.course)
        .outerjoin(CourseDate.venue)
        .join(Booking.practitioner)
        .join(Booking.agency)
        .join(Agency.sector)
        .outerjoin(Booking.marked_by)
        .outerjoin(Heir, Heir.replaces_id == Booking.id)
        .outerjoin(HeirDate, HeirDate.id == Heir.course_date_id)
        .where(*wanted.where)
        .order_by(*wanted.order)
        .execution_options(yield_per=AT_ONCE)
    )
    lines = map(ListedBooking._make, found)
    yield from (one for one in lines if not wanted.text or speaks_of(wanted.text, _words(one)))


def _words(one: ListedBooking) -> Sequence[str]:
    return one.name, one.email, one.works_at, one.agency, one.job_role, one.team or ""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
