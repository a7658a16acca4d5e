"""What feeds and files hold: which dates and days, how far back, and when they last changed."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.errors import NotFound
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Ending,
    Partnership,
    Practitioner,
    Venue,
)

# How long a feed looks back, and how long it tells people that a date was cancelled.
LOOKS_BACK = timedelta(days=90)
TELLS_OF_CANCELLED = timedelta(days=30)
# Held-back and draft dates are in no calendar.
KEPT = (DateState.PUBLISHED, DateState.CANCELLED)
NO_FILE = "There is nothing here to put into a calendar."


def get_date(date_id: int) -> CourseDate:
    """A date anybody may keep a copy of. Raises NotFound when it is held back or not public."""
    dates = _dates(CourseDate.id == date_id, CourseDate.state.in_(KEPT))
    if not dates:
        raise NotFound(NO_FILE)
    return dates[0]


def of_course(slug: str, *, now: datetime) -> Sequence[CourseDate]:
    """The coming dates of a course, soonest first. Raises NotFound when there are none to keep."""
    dates = _dates(Course.slug == slug, CourseDate.ends_at > now, lately(now))
    if not dates:
        raise NotFound(NO_FILE)
    return dates


def of_booking(booking: Booking) -> CourseDate:
    """The date of a booking with a place. Raises NotFound while the person waits, or after it."""
    if booking.state is not BookingState.CONFIRMED or booking.course_date.state not in KEPT:
        raise NotFound(NO_FILE)
    return booking.course_date


def of_practitioner(practitioner: Practitioner, *, now: datetime) -> list[Booking]:
    """What one person's feed holds, soonest first: places and waits, the last booking of each date,
    and for a while the dates that were called off."""
    held = Booking.state != BookingState.CANCELLED
    ended_with_it = and_(
        CourseDate.state == DateState.CANCELLED, Booking.ending == Ending.BY_ORGANISER
    )
    bookings = db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(
            Booking.practitioner_id == practitioner.id,
            CourseDate.ends_at > now - LOOKS_BACK,
            lately(now),
            or_(held, ended_with_it),
        )
        .order_by(CourseDate.starts_at, CourseDate.id, Booking.id)
        .options(
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).joinedload(CourseDate.venue),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            selectinload(Booking.invites),
        )
    )
    return list({booking.course_date_id: booking for booking in bookings}.values())


def lately(now: datetime) -> ColumnElement[bool]:
    """Published, or cancelled not long ago: what a feed or file may speak of."""
    return or_(
        CourseDate.state == DateState.PUBLISHED,
        and_(
            CourseDate.state == DateState.CANCELLED,
            CourseDate.cancelled_at > now - TELLS_OF_CANCELLED,
        ),
    )


def last_change(now: datetime, practitioner: Practitioner | None = None) -> datetime:
    """A moment no calendar of ours has changed since, and which never goes back.

    Also the last midnight, because dates that grow old leave the feeds.
    """
    changed = [
        select(func.max(column))
        for column in (
            CourseDate.updated_at,
            Course.updated_at,
            Venue.updated_at,
            Partnership.updated_at,
        )
    ]
    if practitioner is not None:
        mine = Booking.practitioner_id == practitioner.id
        changed.append(select(func.max(Booking.updated_at)).where(mine))
    found = db.session.execute(select(*(latest.scalar_subquery() for latest in changed))).one()
    midnight = datetime.combine(london(now), time(), LONDON)
    moments: list[datetime | None] = [midnight, *found]
    return max(moment for moment in moments if moment is not None)


def _dates(*conditions: ColumnElement[bool]) -> Sequence[CourseDate]:
    return db.session.scalars(
        select(CourseDate)
        .join(CourseDate.course)
        .where(Course.is_published, CourseDate.starts_at.is_not(None), *conditions)
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        )
    ).all()
