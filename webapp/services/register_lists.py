"""Registers as they are looked at: who is on one, how far it is, and which are to be marked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.formats.search import speaks_of
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Organiser,
)
from webapp.services.paging import BY_NAME, Page, all_of, listed, page, part, quickly
from webapp.services.registers import OPENS_BEFORE, is_closed, on_register, stays_open


@dataclass(frozen=True)
class Counts:
    """How many are on a register, and how many of them are marked how."""

    marked: Mapping[Attendance, int] = field(default_factory=dict)
    unmarked: int = 0

    @property
    def total(self) -> int:
        return sum(self.marked.values()) + self.unmarked


def of_date(date: CourseDate, text: str | None = None, number: int = 1) -> Page[Booking]:
    """One page of the people on the register by name: all, or those whose name or agency it is."""
    if text is None:
        return listed(_in_order(date), number, _with_markers)
    return part(_speaking(date, text), number, _with_markers)


def everybody(date: CourseDate) -> Sequence[Booking]:
    """All on the register, by name."""
    return _with_markers(all_of(_in_order(date)))


def everybody_with_addresses(date: CourseDate) -> Sequence[Booking]:
    """The same with their people, to be known by an address."""
    return db.session.scalars(
        select(Booking)
        .where(*on_register(date))
        .order_by(*BY_NAME)
        .options(joinedload(Booking.practitioner))
    ).all()


def unmarked(date: CourseDate) -> Sequence[Booking]:
    """Those the register says nothing of, by name."""
    return _with_markers(all_of(_in_order(date, Booking.attendance.is_(None))))


def some_unmarked(date: CourseDate, number: int) -> Page[Booking]:
    """A page of them."""
    return listed(_in_order(date, Booking.attendance.is_(None)), number, _with_markers)


def counts(dates: Sequence[CourseDate]) -> dict[int, Counts]:
    """How far the registers of these dates are, by the date's id, in one query."""
    found: dict[int, Counter[Attendance | None]] = {date.id: Counter() for date in dates}
    rows = db.session.execute(
        select(Booking.course_date_id, Booking.attendance, func.count())
        .where(Booking.course_date_id.in_(found), Booking.state == BookingState.CONFIRMED)
        .group_by(Booking.course_date_id, Booking.attendance)
    )
    for date_id, attendance, number in rows:
        found[date_id][attendance] = number
    return {
        date_id: Counts({one: of[one] for one in Attendance}, of[None])
        for date_id, of in found.items()
    }


def dates(
    *, to_mark: bool, trainer: Organiser | None = None, number: int = 1, now: datetime
) -> Page[CourseDate]:
    """A page of the dates whose register has been opened, the latest first; or only of those to be
    marked still, or of those that this trainer gives."""
    query = select(CourseDate).where(
        CourseDate.state == DateState.PUBLISHED, CourseDate.starts_at <= now + OPENS_BEFORE
    )
    if to_mark:
        query = query.where(_is_to_mark(now))
    if trainer is not None:
        query = query.where(_is_given_by(trainer))
    return page(
        query.order_by(CourseDate.starts_at.desc(), CourseDate.id.desc()).options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        ),
        number,
    )


def closed(dates: Sequence[CourseDate], now: datetime) -> frozenset[int]:
    """The ids of those of these dates whose register is locked again."""
    after = stays_open()
    return frozenset(date.id for date in dates if is_closed(date, now, after))


def how_many_to_mark(now: datetime, trainer: Organiser | None = None) -> int:
    """How many dates are over and have somebody on their open register who is not marked; all, or
    those that this trainer gives."""
    query = select(func.count()).where(
        CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at <= now, _is_to_mark(now)
    )
    if trainer is not None:
        query = query.where(_is_given_by(trainer))
    return db.session.scalar(query) or 0


def _in_order(date: CourseDate, *which: ColumnElement[bool]) -> Select[int]:
    """The ids of those on the register, by name."""
    return select(Booking.id).where(*on_register(date), *which).order_by(*BY_NAME)


def _speaking(date: CourseDate, text: str) -> list[int]:
    """The same of those whose name or agency it is. Looked through here: see `attendee_lists`."""
    people = _in_order(date).join(Booking.agency)
    found = quickly(people.add_columns(Booking.name, Booking.organisation, Agency.name))
    return [row[0] for row in found if speaks_of(text, filter(None, row[1:]))]


def _with_markers(ids: Sequence[int]) -> Sequence[Booking]:
    """These bookings in this order."""
    found = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(
            joinedload(Booking.agency),
            joinedload(Booking.marked_by).lazyload(Organiser.roles),
        )
    )
    rows = {booking.id: booking for booking in found}
    return [rows[key] for key in ids]


def _is_given_by(trainer: Organiser) -> ColumnElement[bool]:
    return CourseDate.trainers.any(Organiser.id == trainer.id)


def _is_to_mark(now: datetime) -> ColumnElement[bool]:
    """Of a date whose register was opened: it is not locked, and somebody is not marked."""
    since = now - stays_open()
    return and_(
        or_(CourseDate.ends_at > since, CourseDate.register_reopened_at > since),
        CourseDate.bookings.any(
            and_(Booking.state == BookingState.CONFIRMED, Booking.attendance.is_(None))
        ),
    )
