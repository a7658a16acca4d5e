"""The audit log: who looked at or changed personal data, and who came in to do so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import joinedload

from webapp.clock import LONDON
from webapp.db import db
from webapp.models import AuditLine, Booking, CourseDate, Organiser
from webapp.services.paging import Page, page

# Lines that are in memory together.
AT_ONCE = 500
# Every look at a page pays for its line, so the statement is built once.
LINE = insert(AuditLine)


@dataclass(frozen=True)
class Filters:
    """Which lines: of one organiser, from the first to the last day on London's calendar, whose
    action has these words in it."""

    organiser_id: int | None = None
    first: date | None = None
    last: date | None = None
    what: str | None = None


def record(
    organiser: Organiser | None,
    action: str,
    *,
    course_date: CourseDate | None = None,
    booking: Booking | None = None,
    detail: str | None = None,
    now: datetime,
) -> AuditLine:
    """Write a line. Names nobody but the organiser: a booking is known by its number."""
    line = AuditLine(
        at=now,
        organiser_id=organiser.id if organiser else None,
        action=action,
        course_date_id=course_date.id if course_date else None,
        booking_id=booking.id if booking else None,
        detail=detail,
    )
    db.session.add(line)
    return line


def look(
    organiser: Organiser,
    action: str,
    *,
    date_id: int | None,
    booking_id: int | None,
    detail: str | None,
    now: datetime,
) -> None:
    """Write the line of somebody who only looked, past the session: as a row of it, it would take
    most of the time of a transaction that writes nothing else."""
    db.session.connection().execute(
        LINE,
        {
            "at": now,
            "organiser_id": organiser.id,
            "action": action,
            "course_date_id": date_id,
            "booking_id": booking_id,
            "detail": detail,
        },
    )


def let_go(date: CourseDate) -> None:
    """The date is to be no more: its lines stay, and speak of it in words alone."""
    db.session.execute(
        update(AuditLine).where(AuditLine.course_date_id == date.id).values(course_date_id=None)
    )


def lines(filters: Filters, number: int = 1) -> Page[AuditLine]:
    """One page of the log, the latest first, with organisers and courses."""
    return page(_found(filters), number)


def all_lines(filters: Filters) -> Iterator[AuditLine]:
    """Every line found, in the same order, read a few at a time."""
    yield from db.session.scalars(_found(filters).execution_options(yield_per=AT_ONCE))


def _found(filters: Filters) -> Select[AuditLine]:
    query = (
        select(AuditLine)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        .options(
            joinedload(AuditLine.organiser).lazyload(Organiser.roles),
            joinedload(AuditLine.course_date).joinedload(CourseDate.course),
        )
    )
    if filters.organiser_id is not None:
        query = query.where(AuditLine.organiser_id == filters.organiser_id)
    if filters.first:
        query = query.where(AuditLine.at >= _midnight(filters.first))
    if filters.last:
        query = query.where(AuditLine.at < _midnight(filters.last + timedelta(days=1)))
    if filters.what:
        query = query.where(AuditLine.action.icontains(filters.what, autoescape=True))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
