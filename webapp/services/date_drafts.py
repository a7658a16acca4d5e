"""Dates that only organisers see so far: made, published, taken back, and thrown away."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.models import (
    AgendaItem,
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateMessage,
    DateState,
    Organiser,
)
from webapp.services import arrangements, audit, course_dates, courses, places, telling
from webapp.services.arrangements import Arrangements, DaysRefused

NOT_A_DRAFT = "This date is not a draft."


def add(
    course: Course,
    new: Arrangements,
    *,
    agenda: Sequence[AgendaItem] = (),
    trainers: Sequence[Organiser] = (),
    now: datetime,
) -> CourseDate:
    """A new draft. Raises Refused, as publishing one does, and when the form that asks for it was
    sent twice."""
    courses.hold(course)
    if new.days and _is_there(course, arrangements.fitting(new)):
        raise DaysRefused("The course has a date at this time and place already.")
    return course_dates.add_draft(course, new, agenda=agenda, trainers=trainers, now=now)


def why_not_published(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why this draft cannot be published; None when it can."""
    if date.state is not DateState.DRAFT:
        return NOT_A_DRAFT
    if date.starts_at is None or date.has_started(now):
        return "Its day has passed. Give it a day that is still to come."
    return None


def publish(date: CourseDate, *, now: datetime) -> int:
    """Visitors see the date, and its course; those who asked for the course are told of it.

    Says how many were written to at once: nobody twice for the same day. Raises Refused.
    """
    return publish_all([date], now=now)


def publish_all(dates: Sequence[CourseDate], *, now: datetime) -> int:
    """The same for all of these or none; of several new ones of a course people get one mail."""
    for date in sorted(dates, key=lambda date: date.id):
        _show(date, several=len(dates) > 1, now=now)
    db.session.flush()
    in_order = sorted(dates, key=lambda date: (date.course_id, date.starts_at, date.id))
    by_course = groupby(in_order, key=lambda date: date.course)
    return sum(telling.of_dates(course, list(of_it), now=now) for course, of_it in by_course)


def _show(date: CourseDate, *, several: bool, now: datetime) -> None:
    places.hold(date)
    if reason := why_not_published(date, now):
        raise Refused(f"{date.course.title}, {words.when(date)}: {reason}" if several else reason)
    courses.publish(date.course, now=now)
    date.state = DateState.PUBLISHED
    date.touch(now=now)


def why_not_withdrawn(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why this date cannot become a draft again; None when it can."""
    if date.state is not DateState.PUBLISHED:
        return "Only a published date can be withdrawn."
    if date.has_started(now):
        return "This date has already started, so it can no longer be withdrawn."
    if any(booking.state is not BookingState.CANCELLED for booking in _bookings(date)):
        return "Somebody has booked this date, so it cannot be withdrawn. Cancel it instead."
    return None


def withdraw(date: CourseDate, *, now: datetime) -> None:
    """A draft again, while nobody has booked. Raises Refused.

    Its days stay: diaries that have them learn of the next publishing by the same UID.
    """
    places.hold(date)
    if reason := why_not_withdrawn(date, now):
        raise Refused(reason)
    date.state = DateState.DRAFT
    date.touch(now=now)
    db.session.flush()


def why_not_discarded(date: CourseDate) -> str | None:
    """One sentence saying why this date cannot be thrown away; None when it can."""
    if date.state is not DateState.DRAFT:
        return NOT_A_DRAFT
    written = select(DateMessage.id).where(DateMessage.course_date_id == date.id).limit(1)
    if _bookings(date) or db.session.scalar(written):
        return "People had booked this date before, so what is known of them keeps it."
    return None


def discard(date: CourseDate) -> None:
    """Throw the draft away: nothing is left of it but what the audit log says. Raises Refused."""
    places.hold(date)
    if reason := why_not_discarded(date):
        raise Refused(reason)
    audit.let_go(date)
    telling.forget(date)
    db.session.delete(date)
    db.session.flush()


def _bookings(date: CourseDate) -> Sequence[Booking]:
    return db.session.scalars(select(Booking).where(Booking.course_date_id == date.id)).all()


def _is_there(course: Course, new: Arrangements) -> bool:
    twin = select(CourseDate.id).where(
        CourseDate.course_id == course.id,
        CourseDate.state != DateState.CANCELLED,
        CourseDate.starts_at == new.days[0][0],
        CourseDate.format == new.format,
        CourseDate.venue_id == (new.venue.id if new.venue else None),
        CourseDate.room == new.room,
    )
    return db.session.scalar(twin.limit(1)) is not None
