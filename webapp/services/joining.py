"""How to come to a date: sent by itself some days before, once, to everybody who has a place."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import letters
from webapp.models import Booking, BookingState, CourseDate, DateState, Email, Format, Partnership
from webapp.services import links, notices, partnership, places

KIND = "joining_instructions"
# When mail is read, and somebody can be rung about it.
HOUR = time(9)
FRIDAY = 4
# Mails that say when and where, and how to join. Who was sent one since the instructions were due
# knows as much.
SAY_IT_ALL = (
    "booking_confirmed",
    "booking_changed",
    "booking_moved",
    "date_chosen",
    "stands_in",
    "colleague_sent",
    "date_back_on",
)
# So long before they are due somebody is asked for a link that is missing.
ASKS_FOR_LINK = timedelta(days=7)
# They are due up to so much earlier than that many days before: a day begins before nine, and a
# weekend comes before some.
EARLIER = timedelta(days=4)
NO_LINK = "The link to join is missing, so they cannot go out yet."
WHY_NOT = {
    DateState.DRAFT: "This date has not been published, so nobody is on it.",
    DateState.HELD_BACK: "This date is not settled yet.",
    DateState.POSTPONED: "This date has been postponed.",
    DateState.CANCELLED: "This date has been cancelled.",
}


def due(date: CourseDate) -> datetime | None:
    """When they go by themselves, as the date stands; None while it has no day."""
    if date.starts_at is None:
        return None
    return _due(date.starts_at, partnership.get().joining_days)


def is_sent(date: CourseDate) -> bool:
    """Whether they went out for the day it is on now. Of another hour a mail of its own tells."""
    starts, told = date.starts_at, date.joining_sent_for
    return bool(starts and told and london(starts).date() == london(told).date())


def sent_to(date: CourseDate) -> int:
    """How many people they went to when they last went out."""
    return db.session.scalars(
        select(func.count())
        .select_from(Email)
        .join(Booking, Booking.id == Email.booking_id)
        .where(
            Booking.course_date_id == date.id,
            Email.kind == KIND,
            Email.queued_at == date.joining_sent_at,
        )
    ).one()


def why_not_sent(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why they cannot go out now; None when they can."""
    if date.state is not DateState.PUBLISHED:
        return WHY_NOT[date.state]
    if date.has_started(now):
        return "This date has already started."
    return NO_LINK if date.is_online and not date.join_link else None


def without_link(now: datetime) -> Sequence[CourseDate]:
    """Dates whose people are soon to be told how to join, and nobody knows how; soonest first."""
    days, soon = partnership.get().joining_days, now + ASKS_FOR_LINK
    lacking = db.session.scalars(
        coming(now, soon + timedelta(days=days) + EARLIER)
        .where(
            CourseDate.format == Format.ONLINE,
            func.coalesce(CourseDate.join_link, "") == "",
        )
        .options(joinedload(CourseDate.course))
    )
    return [date for date in lacking if date.starts_at and _due(date.starts_at, days) <= soon]


def as_read_by(booking: Booking, *, now: datetime) -> letters.Letter:
    """What this person would read; nothing is sent."""
    message = _written(booking, partnership.get(), now).message
    assert message is not None
    return letters.read(message)


def send(date: CourseDate, *, now: datetime) -> int:
    """Write to everybody with a place, now, whatever was sent before. Says how many; Refused."""
    places.hold(date)
    if why_not := why_not_sent(date, now):
        raise Refused(why_not)
    people = places.everybody(date, BookingState.CONFIRMED)
    if not people:
        raise Refused("Nobody has a place on this date, so there is nobody to send them to.")
    return _send(date, people, now)


def due_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates whose people are to be told now."""
    days = db.session.scalar(select(Partnership.joining_days).limit(1))
    if days is None:
        return []
    soon = db.session.scalars(
        coming(now, now + timedelta(days=days) + EARLIER).where(
            or_(
                CourseDate.joining_sent_for.is_(None),
                CourseDate.joining_sent_for != CourseDate.starts_at,
            )
        )
    )
    return [date for date in soon if _is_due(date, now, days)]


def send_if_due(date: CourseDate, *, now: datetime) -> int | None:
    """Write to everybody who has had a place since before it was due, and was told nothing that
    says it all since. Says how many; None when somebody else was quicker."""
    places.hold(date)
    days = partnership.get().joining_days
    if not _is_due(date, now, days):
        return None
    assert date.starts_at is not None
    told = told_since(date, _due(date.starts_at, days), SAY_IT_ALL)
    people = places.everybody(date, BookingState.CONFIRMED)
    return _send(date, [booking for booking in people if booking.id not in told], now)


def coming(now: datetime, until: datetime) -> Select[CourseDate]:
    """The published dates that start before then and have not started, soonest first."""
    return (
        select(CourseDate)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            CourseDate.starts_at < until,
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
    )


def told_since(date: CourseDate, moment: datetime, kinds: Sequence[str]) -> set[int]:
    """The bookings of this date about which a mail of these kinds was written since."""
    told = exists().where(
        Email.booking_id == Booking.id, Email.kind.in_(kinds), Email.queued_at >= moment
    )
    return set(
        db.session.scalars(select(Booking.id).where(Booking.course_date_id == date.id, told))
    )


def _is_due(date: CourseDate, now: datetime, days: int) -> bool:
    return (
        date.starts_at is not None
        and _due(date.starts_at, days) <= now
        and not is_sent(date)
        and why_not_sent(date, now) is None
    )


def _due(starts_at: datetime, days: int) -> datetime:
    """At nine in London; what would go at a weekend, when nobody is at work, goes on the Friday."""
    day = london(starts_at).date() - timedelta(days=days)
    day -= timedelta(days=max(day.weekday() - FRIDAY, 0))
    return datetime.combine(day, HOUR, LONDON)


def _send(date: CourseDate, people: Sequence[Booking], now: datetime) -> int:
    ours = partnership.get()
    date.joining_sent_at, date.joining_sent_for = now, date.starts_at
    db.session.add_all([_written(booking, ours, now) for booking in people])
    return len(people)


def _written(booking: Booking, ours: Partnership, now: datetime) -> Email:
    return notices.letter(KIND, booking, token=links.booking_token(booking), ours=ours, now=now)
