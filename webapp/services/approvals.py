"""Bookings that an organiser has to allow: the last step after missed places.

Such a booking waits and is in no line. Once it is allowed it goes the usual way, in its old turn.
"""

from datetime import datetime

from webapp.db import db
from webapp.errors import Refused
from webapp.models import Booking, BookingState, DateState, Ending, Practitioner, Step
from webapp.services import ladder, missed, notices, partnership, places, standing, waiting_list

NOT_ASKED = "This booking does not wait for your approval."
STARTED = "This date has already started."


def is_needed(practitioner: Practitioner, now: datetime) -> bool:
    """Whether what this person books now waits for an organiser."""
    how = ladder.steps(partnership.get()).get(Step.APPROVAL)
    if how is None:
        return False
    found = missed.misses(Booking.practitioner_id == practitioner.id)
    return missed.how_many(found, how, now) >= how.misses


def why_not_allowed(booking: Booking, now: datetime) -> str | None:
    """One sentence saying why nobody can allow this booking now; None when an organiser can."""
    date = booking.course_date
    if not booking.awaits_approval:
        return NOT_ASKED
    if date.state is not DateState.PUBLISHED:
        return date.why_not_bookable(now)
    return STARTED if date.has_started(now) else None


def allow(booking: Booking, *, now: datetime) -> None:
    """A place if one is free and it is this person's turn, else their old turn; they are told.

    Raises Refused.
    """
    date = booking.course_date
    waiting_list.lapse_on(date, now=now)
    db.session.refresh(booking)
    if why_not := why_not_allowed(booking, now):
        raise Refused(why_not)
    waiting_list.join(booking, now=now)
    notices.tell(booking, now=now)
    waiting_list.offer_free_places(date, now=now)


def refuse(booking: Booking, *, reason: str, now: datetime) -> None:
    """Take the booking off the date and tell the person why. Raises Refused."""
    places.hold_for(booking)
    if not booking.awaits_approval:
        raise Refused(NOT_ASKED)
    standing.end(booking, Ending.BY_ORGANISER, now=now, reason=reason)


def judge_anew(booking: Booking, *, now: datetime) -> None:
    """The booking is another person's now, who may have to be allowed or need not. The caller
    holds the date, and tells them."""
    date = booking.course_date
    needed = is_needed(booking.practitioner, now)
    if needed and not booking.awaits_approval:
        booking.state, booking.approval_asked_at = BookingState.WAITING, now
        booking.offered_until = booking.told_of_place_at = None
        booking.waiting_since = booking.waiting_since or places.end_of_line(date, now=now)
    elif booking.awaits_approval and not needed:
        waiting_list.join(booking, now=now)
    else:
        return
    waiting_list.offer_free_places(date, now=now)
