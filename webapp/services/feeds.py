"""What feeds and files hold: which days of which dates, and the rows to write them from."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    case,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import NotFound
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    CourseDay,
    DateState,
    Ending,
    Invite,
    Venue,
)
from webapp.models.course_dates import trainer
from webapp.services import programme, windows
from webapp.services.programme import Filters

# Held-back and draft dates are in no calendar of the public.
KEPT = (DateState.PUBLISHED, DateState.POSTPONED, DateState.CANCELLED)
NO_FILE = "There is nothing here to put into a calendar."
# As many entries as programs read; what more there is lies farthest from today.
MOST = 1000

# A day as a feed knows it before it reads the rows: `id`, `course_date_id`, `starts_at`, and every
# other stamp that the words of its entry depend on.
Stamps = Sequence[Row[Any]]


def get_date(date_id: int) -> CourseDate:
    """A date anybody may keep a copy of. Raises NotFound when it is held back or not public."""
    dates = _dates(CourseDate.id == date_id, CourseDate.state.in_(KEPT))
    if not dates or not dates[0].days:
        raise NotFound(NO_FILE)
    return dates[0]


def of_course(slug: str, *, now: datetime) -> Sequence[CourseDate]:
    """The coming dates of a course, soonest first, those lately called off among them.

    Raises NotFound when there are none to keep.
    """
    not_over = or_(CourseDate.ends_at.is_(None), CourseDate.ends_at > windows.opened(now))
    found = _dates(Course.slug == slug, not_over, windows.lately(now))
    dates = [date for date in found if date.all_days]
    if not dates:
        raise NotFound(NO_FILE)
    return sorted(dates, key=lambda date: (date.all_days[0].starts_at, date.id))


def of_booking(booking: Booking) -> CourseDate:
    """The date of a booking with a place. Raises NotFound while the person waits, or after it."""
    if booking.state is not BookingState.CONFIRMED or booking.course_date.state not in KEPT:
        raise NotFound(NO_FILE)
    return booking.course_date


def in_programme(filters: Filters, *, now: datetime) -> Stamps:
    """The days in the public feed, those nearest to today first."""
    wanted = [windows.lately(now), *programme.wanted(filters)]
    if filters.text is not None or filters.with_places:
        wanted.append(CourseDate.id.in_([date.id for date in programme.feed(now, filters)]))
    return db.session.execute(_nearest(_stamps(now).where(*wanted), now)).all()


def of_trainer(organiser_id: int, *, now: datetime) -> Stamps:
    """The days somebody teaches, those nearest to today first."""
    mine = select(trainer.c.course_date_id).where(trainer.c.organiser_id == organiser_id)
    wanted = (windows.lately(now), CourseDate.id.in_(mine))
    return db.session.execute(_nearest(_stamps(now).where(*wanted), now)).all()


def of_everybody(*, now: datetime) -> Stamps:
    """The days of all dates, drafts too, those nearest to today first."""
    not_over = CourseDate.ends_at > windows.opened(now) - windows.LOOKS_BACK
    drafts = and_(CourseDate.state == DateState.DRAFT, not_over)
    wanted = or_(windows.lately(now), drafts)
    return db.session.execute(_nearest(_stamps(now).where(wanted), now)).all()


def ever(*, now: datetime) -> Stamps:
    """The days of all dates there ever were, the first one first."""
    wanted = CourseDate.state != DateState.HELD_BACK
    in_order = _stamps(now).where(wanted).order_by(CourseDay.starts_at, CourseDay.id)
    return db.session.execute(in_order).all()


def of_practitioner(practitioner_id: int, *, now: datetime) -> Stamps:
    """The days in one person's feed, those nearest to today first: places and waits, the last
    booking of each date, and for a while what was called off, the person's booking with it."""
    ended_with_it = and_(
        CourseDate.state == DateState.CANCELLED, Booking.ending == Ending.DATE_CANCELLED
    )
    shown = or_(Booking.state != BookingState.CANCELLED, ended_with_it)
    last = (
        select(func.max(Booking.id))
        .join(Booking.course_date)
        .where(Booking.practitioner_id == practitioner_id, shown)
        .group_by(Booking.course_date_id)
    )
    # Who booked after a day was dropped never heard of it.
    known = or_(CourseDay.dropped_at.is_(None), CourseDay.dropped_at > Booking.booked_at)
    told = and_(Invite.booking_id == Booking.id, Invite.course_day_id == CourseDay.id)
    found = (
        _stamps(now)
        .add_columns(
            Booking.id.label("booking_id"),
            _raw(Booking.updated_at, "changed"),
            Invite.uid.label("own_uid"),
            Invite.extra,
        )
        .join(Booking, Booking.course_date_id == CourseDate.id)
        .outerjoin(Invite, told)
        .where(Booking.id.in_(last), windows.lately(now), known)
    )
    return db.session.execute(_nearest(found, now)).all()


def days(ids: Collection[int]) -> dict[int, CourseDay]:
    """These days by their ids, with all that their entries are written from."""
    date = joinedload(CourseDay.course_date)
    found = db.session.scalars(
        select(CourseDay)
        .where(CourseDay.id.in_(ids))
        .options(
            date.joinedload(CourseDate.course),
            date.joinedload(CourseDate.venue),
            date.selectinload(CourseDate.all_days),
        )
    )
    return {day.id: day for day in found}


def bookings(ids: Collection[int]) -> dict[int, Booking]:
    """These bookings by their ids, with all that their entries are written from."""
    date = joinedload(Booking.course_date)
    found = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(
            date.joinedload(CourseDate.course),
            date.joinedload(CourseDate.venue),
            date.selectinload(CourseDate.all_days),
            joinedload(Booking.practitioner),
            selectinload(Booking.invites),
        )
    )
    return {booking.id: booking for booking in found}


def _stamps(now: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CourseDay.id,
            CourseDay.course_date_id,
            CourseDay.starts_at,
            CourseDay.uid,
            CourseDay.revision,
            CourseDate.venue_id,
            _raw(CourseDay.ends_at, "ends"),
            _raw(CourseDay.dropped_at, "dropped"),
            _raw(CourseDate.state, "state"),
            _raw(CourseDate.updated_at, "date_changed"),
            _raw(Course.updated_at, "course_changed"),
            _raw(Venue.updated_at, "venue_changed"),
        )
        .join(CourseDay.course_date)
        .join(CourseDate.course)
        .outerjoin(CourseDate.venue)
        .where(windows.shows(now))
    )


def _raw(stamp: Any, name: str) -> ColumnElement[Any]:
    """As the driver has it: it is compared and never shown."""
    return type_coerce(stamp, String()).label(name)


def _nearest(found: Select[*tuple[Any, ...]], now: datetime) -> Select[*tuple[Any, ...]]:
    """What is to come, soonest first, then what is past, the latest first; one too many, so that
    it can be seen when some are left out."""
    is_coming = CourseDay.ends_at > windows.opened(now)
    soonest = case((is_coming, CourseDay.starts_at))
    latest = case((is_coming, None), else_=CourseDay.starts_at)
    order = (case((is_coming, 0), else_=1), soonest, latest.desc(), CourseDay.id)
    return found.order_by(*order).limit(MOST + 1)


def _dates(*conditions: ColumnElement[bool]) -> Sequence[CourseDate]:
    return (
        db.session.scalars(
            select(CourseDate)
            .join(CourseDate.course)
            .where(Course.is_published, *conditions)
            .options(
                joinedload(CourseDate.course),
                joinedload(CourseDate.venue),
                joinedload(CourseDate.all_days),
            )
        )
        .unique()
        .all()
    )
