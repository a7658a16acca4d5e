"""A date called off, until there is a new day or for good, and everybody on it told."""

from datetime import datetime

from webapp.db import db
from webapp.errors import Refused
from webapp.models import BookingState, CourseDate, DateState, Ending
from webapp.services import notices, places, standing, waiting_list

NEVER_ANNOUNCED = "This date has not been published, so there is nobody to tell."
WHY_NOT = {
    DateState.DRAFT: NEVER_ANNOUNCED,
    DateState.HELD_BACK: NEVER_ANNOUNCED,
    DateState.POSTPONED: "This date has been postponed already.",
    DateState.CANCELLED: "This date has been cancelled already.",
}


def why_not_postponed(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why this date cannot be put off; None when it can."""
    if date.state is not DateState.PUBLISHED:
        return WHY_NOT[date.state]
    if date.has_started(now):
        return "This date has already started, so it can no longer be postponed."
    return None


def why_not_cancelled(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why this date cannot be called off; None when it can."""
    if date.state not in {DateState.PUBLISHED, DateState.POSTPONED}:
        return WHY_NOT[date.state]
    if date.is_past(now):
        return "This date is over, so it can no longer be cancelled."
    return None


def postpone(date: CourseDate, *, message: str, now: datetime) -> int:
    """Put the date off until there is a new day; everybody stands as before, and is told.

    What was offered goes back to the line, where it came first. Its days stay as they were, so
    that diaries have the new one under what they knew. Says how many were written to; Refused.
    """
    places.hold(date)
    if why_not := why_not_postponed(date, now):
        raise Refused(why_not)
    waiting_list.end_late_offers(date, now=now)
    date.revise(now=now)
    date.state = DateState.POSTPONED
    date.postponed_at, date.postpone_message = now, message or None
    # Of a day that is no more, booking cannot close before it either.
    date.starts_at = date.ends_at = date.closes_at = None
    waiting_list.forget_who_was_told(date)
    was = {booking: booking.state for booking in places.everybody(date)}
    for booking, state in was.items():
        if state is BookingState.OFFERED:
            booking.state, booking.offered_until = BookingState.WAITING, None
            booking.updated_at = now
    db.session.flush()
    for booking, state in was.items():
        notices.tell(booking, now=now, was=state)
    return len(was)


def cancel(date: CourseDate, *, message: str, now: datetime) -> int:
    """Call the date off for good, or what is still to come of it; all bookings end with it.

    Says how many were written to. Raises Refused.
    """
    places.hold(date)
    if why_not := why_not_cancelled(date, now):
        raise Refused(why_not)
    date.revise(now=now)
    date.state = DateState.CANCELLED
    date.cancelled_at, date.cancel_message = now, message or None
    # Postponed before: what was cancelled is the day it was to be on, and grows old like others.
    date.starts_at = date.starts_at or min(day.starts_at for day in date.days)
    date.ends_at = date.ends_at or max(day.ends_at for day in date.days)
    everybody = places.everybody(date)
    for booking in everybody:
        standing.end(booking, Ending.DATE_CANCELLED, now=now)
    return len(everybody)
