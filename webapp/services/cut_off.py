"""Until when somebody can cancel without being late, reckoned from the date as it stands."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import exists, select

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.formats import working_time
from webapp.models import Booking, BookingState, CourseDate, Email, Partnership
from webapp.services import partnership

DAY = timedelta(days=1)


def of(date: CourseDate, ours: Partnership | None = None) -> datetime | None:
    """From when on it is late, in UTC: with the end of a day, or at the start if that is sooner.

    None while the date has no day. Who has looked up `ours` already says so.
    """
    if date.starts_at is None or date.is_off:
        return None
    ours, day = ours or partnership.get(), london(date.starts_at).date()
    days = ours.cut_off_days if date.cut_off_days is None else date.cut_off_days
    last = (
        working_time.of(ours).days_before(day, days) if ours.cut_off_working else day - days * DAY
    )
    return min(_midnight_after(last), date.starts_at)


def of_booking(booking: Booking, ours: Partnership | None = None) -> datetime | None:
    """The same for one person: whom we moved here when that time was over had none, and is not
    late before the start."""
    ends = of(booking.course_date, ours)
    if ends is None or booking.booked_at < ends or not _was_moved_by_us(booking):
        return ends
    return booking.course_date.starts_at


def is_late(booking: Booking, now: datetime) -> bool:
    """Whether giving this up now is late. An offer or a wait never is."""
    date = booking.course_date
    if booking.state is not BookingState.CONFIRMED or date.has_started(now):
        return False
    ends = of_booking(booking)
    return ends is not None and ends <= now


def _was_moved_by_us(booking: Booking) -> bool:
    """And did not take this date themselves: they were written to in other words."""
    told = exists().where(Email.booking_id == booking.id, Email.kind == "booking_moved")
    return booking.replaces_id is not None and bool(db.session.scalar(select(told)))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + DAY, time(), LONDON).astimezone(UTC)
