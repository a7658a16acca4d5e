"""What on the organisers' first page needs somebody to do something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select

from webapp.db import db
from webapp.models import CourseDate, Email, Places

# A date this near with so few people may have to be announced again or called off.
LOW_WITHIN = timedelta(days=21)
LOW_BELOW = 0.3


@dataclass(frozen=True)
class Mail:
    """Messages that need a look: the worker still tries the delayed ones."""

    given_up: int
    delayed: int
    returned: int


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


def made_up(dates: Sequence[CourseDate]) -> Sequence[CourseDate]:
    """Which of these dates still say something of the demonstration's."""
    return [date for date in dates if date.demonstration_values]


def _is_low(places: Places, minimum: int | None) -> bool:
    if minimum is not None:
        return places.taken < minimum
    return places.capacity is not None and places.taken < places.capacity * LOW_BELOW
