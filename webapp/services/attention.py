"""What on the organisers' first page needs somebody to do something.

Of each kind the first few are read and the others counted: who has hundreds works through them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.models import (
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Email,
    Invite,
    Reply,
)
from webapp.services.paging import Few

SHOWN = 3
# A date this near with so few people may have to be announced again or called off.
LOW_WITHIN = timedelta(days=21)
LOW_BELOW = 0.3
# An offer nobody answered so far: a call may still save the place.
LAPSES_WITHIN = timedelta(days=1)
WITH_COURSE = (joinedload(CourseDate.course), selectinload(CourseDate.all_days))


@dataclass(frozen=True)
class Mail:
    """Messages that need a look: the worker still tries the delayed ones."""

    given_up: int
    delayed: int
    returned: int

    @property
    def total(self) -> int:
        return self.given_up + self.delayed + self.returned


@dataclass(frozen=True)
class OnDate:
    """How many bookings of a date need a look, and when: an offer lapses, or the date starts."""

    date: CourseDate
    number: int
    at: datetime


def to_settle() -> Few[CourseDate]:
    """Dates announced with a day that cannot be right, then those that wait for a new day, the
    longest first."""
    return _dates(
        CourseDate.state.in_([DateState.HELD_BACK, DateState.POSTPONED]),
        CourseDate.state == DateState.POSTPONED,
        CourseDate.postponed_at,
    )


def low(now: datetime) -> Few[CourseDate]:
    """Dates that start soon with fewer people than they need, or with few of their places taken
    where nobody said how many they need."""
    taken = (
        select(func.count())
        .where(
            Booking.course_date_id == CourseDate.id,
            Booking.state.in_([BookingState.CONFIRMED, BookingState.OFFERED]),
        )
        .correlate(CourseDate)
        .scalar_subquery()
    )
    return _dates(
        and_(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            CourseDate.starts_at <= now + LOW_WITHIN,
            taken < func.coalesce(CourseDate.minimum, CourseDate.capacity * LOW_BELOW),
        ),
        CourseDate.starts_at,
    )


def lapsing(now: datetime) -> Few[OnDate]:
    """Offers of a place that lapse soon and that nobody has answered, the first of them first."""
    until = func.min(Booking.offered_until)
    return _on_dates(
        _counted(until, func.count())
        .where(
            _is_coming(now),
            Booking.state == BookingState.OFFERED,
            Booking.offered_until <= now + LAPSES_WITHIN,
        )
        .order_by(until)
    )


def to_approve(now: datetime) -> Few[OnDate]:
    """Bookings that wait until an organiser has allowed them, by who has waited longest."""
    asked = func.min(Booking.approval_asked_at)
    return _on_dates(
        _counted(asked, func.count())
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            Booking.state == BookingState.WAITING,
            Booking.approval_asked_at.is_not(None),
        )
        .order_by(asked)
    )


def declined(now: datetime) -> Few[OnDate]:
    """People who keep a place although their calendar declined it, by the date that is soonest."""
    return _on_dates(
        _counted(func.min(CourseDate.starts_at), func.count(Booking.id.distinct()))
        .join(Booking.invites)
        .where(
            _is_coming(now),
            Booking.state == BookingState.CONFIRMED,
            Invite.reply == Reply.DECLINED,
            Invite.cancelled.is_(False),
        )
        .order_by(func.min(CourseDate.starts_at))
    )


def mail() -> Mail:
    """How many messages nobody will get, how many the server has not taken so far, and how many
    it took and then sent back."""
    failed = and_(Email.sent_at.is_(None), Email.failure.is_not(None), Email.bounced_at.is_(None))
    given_up, delayed, returned = db.session.execute(
        select(
            func.count(case((and_(failed, Email.gave_up_at.is_not(None)), 1))),
            func.count(case((and_(failed, Email.gave_up_at.is_(None)), 1))),
            func.count(Email.bounced_at),
        ).where(or_(failed, Email.bounced_at.is_not(None)), Email.purged_at.is_(None))
    ).one()
    return Mail(given_up, delayed, returned)


def made_up(now: datetime) -> Few[CourseDate]:
    """Dates that still say something of the demonstration's, the soonest first."""
    in_doubt = CourseDate.state.in_([DateState.HELD_BACK, DateState.POSTPONED])
    return _dates(
        and_(
            or_(_is_coming(now), in_doubt),
            cast(CourseDate.demonstration_values, String) != "[]",
        ),
        CourseDate.starts_at.is_(None),
        CourseDate.starts_at,
    )


def _is_coming(now: datetime) -> ColumnElement[bool]:
    return and_(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at > now)


def _dates(which: ColumnElement[bool], *order: Any) -> Few[CourseDate]:
    rows = db.session.execute(
        select(CourseDate, func.count().over())
        .where(which)
        .order_by(*order, CourseDate.id)
        .limit(SHOWN)
        .options(*WITH_COURSE)
    ).all()
    return Few([date for date, _ in rows], rows[0][1] if rows else 0)


def _counted(moment: Any, number: Any) -> Select[int, datetime, int, int]:
    """Of each date its id, a moment and a number, and the sum of these numbers of all dates."""
    return (
        select(Booking.course_date_id, moment, number, func.sum(number).over())
        .join(Booking.course_date)
        .group_by(Booking.course_date_id)
    )


def _on_dates(query: Select[int, datetime, int, int]) -> Few[OnDate]:
    rows = db.session.execute(query.order_by(Booking.course_date_id).limit(SHOWN)).all()
    ids = [row[0] for row in rows]
    of = {
        date.id: date
        for date in db.session.scalars(
            select(CourseDate).where(CourseDate.id.in_(ids)).options(*WITH_COURSE)
        )
    }
    found = [OnDate(of[date_id], number, moment) for date_id, moment, number, _ in rows]
    return Few(found, rows[0][3] if rows else 0)
