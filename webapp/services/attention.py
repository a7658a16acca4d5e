"""What on the organisers' first page needs somebody to do something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select

from webapp.db import db
from webapp.models import Booking, BookingState, CourseDate, Email, Places

# A date this near with so few people may have to be announced again or called off.
LOW_WITHIN = timedelta(days=21)
LOW_BELOW = 0.3
# An offer nobody answered so far: a call may still save the place.
LAPSES_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Mail:
    """Messages that need a look: the worker still tries the delayed ones."""

    given_up: int
    delayed: int
    returned: int


@dataclass(frozen=True)
class Lapsing:
    """Offers of a place that nobody has answered, and when the first of them ends."""

    date: CourseDate
    number: int
    first: datetime


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


def nearly_empty(
    dates: Sequence[CourseDate], places: Mapping[int, Places], now: datetime
) -> Sequence[CourseDate]:
    """Which of these dates start soon with fewer people than they need, or with few of their
    places taken where nobody said how many they need."""
    return [
        date
        for date in dates
        if date.starts_at is not None
        and now < date.starts_at <= now + LOW_WITHIN
        and _is_low(places[date.id], date.minimum)
    ]


def lapsing(dates: Sequence[CourseDate], now: datetime) -> Sequence[Lapsing]:
    """On which of these dates offers lapse soon, the first of them first."""
    rows = db.session.execute(
        select(Booking.course_date_id, func.count(), func.min(Booking.offered_until))
        .where(
            Booking.course_date_id.in_([date.id for date in dates]),
            Booking.state == BookingState.OFFERED,
            Booking.offered_until <= now + LAPSES_WITHIN,
        )
        .group_by(Booking.course_date_id)
    ).all()
    of = {date.id: date for date in dates}
    found = [Lapsing(of[date_id], number, first) for date_id, number, first in rows if first]
    return sorted(found, key=lambda one: (one.first, one.date.id))


def made_up(dates: Sequence[CourseDate]) -> Sequence[CourseDate]:
    """Which of these dates still say something of the demonstration's."""
    return [date for date in dates if date.demonstration_values]


def _is_low(places: Places, minimum: int | None) -> bool:
    if minimum is not None:
        return places.taken < minimum
    return places.capacity is not None and places.taken < places.capacity * LOW_BELOW
