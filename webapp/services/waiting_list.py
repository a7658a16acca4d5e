"""Who is next: every freed place, from whatever cause, is offered on here, in order, at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.db import db
from webapp.errors import OfferOver, Refused
from webapp.formats import words
from webapp.models import Booking, BookingState, CourseDate, DateState, Ending
from webapp.services import notices, partnership, places, standing
from webapp.services.places import position as position

ENDED = {
    Ending.OFFER_DECLINED: "You have let this place go already.",
    Ending.OFFER_LAPSED: "This place was not taken up in time, so it has been let go.",
}


def offer_free_places(date: CourseDate, *, now: datetime) -> None:
    """Keep each free place for the next in line until a deadline, which is never past the start.

    The caller holds the date.
    """
    if date.state is not DateState.PUBLISHED or date.starts_at is None or date.has_started(now):
        return
    db.session.flush()
    counts = places.of(date)
    free = None if counts.capacity is None else max(counts.capacity - counts.taken, 0)
    if free == 0 or not counts.waiting:
        return
    until = min(now + timedelta(hours=partnership.get().offer_hours), date.starts_at)
    for booking in places.next_in_line(date, free):
        booking.state, booking.offered_until, booking.updated_at = BookingState.OFFERED, until, now
        notices.tell(booking, now=now)


def accept(booking: Booking, *, now: datetime) -> None:
    """Take the place that is kept for this person. Raises OfferOver when it no longer is."""
    _hold_offer(booking, now)
    booking.state, booking.offered_until, booking.updated_at = BookingState.CONFIRMED, None, now
    notices.tell(booking, now=now)


def give(booking: Booking, *, over_capacity_reason: str | None, now: datetime) -> None:
    """An organiser gives a place to somebody who waits, out of turn or beyond the places for a
    reason, or takes up an offer for them. Raises Refused, and Full without the reason.
    """
    date = booking.course_date
    lapse_on(date, now=now)
    db.session.refresh(booking)
    if reason := why_not_given(booking, now):
        raise Refused(reason)
    if booking.state is BookingState.WAITING:
        booking.over_capacity_reason = places.over_capacity(date, over_capacity_reason)
    booking.state, booking.offered_until, booking.updated_at = BookingState.CONFIRMED, None, now
    notices.tell(booking, now=now)


def why_not_given(booking: Booking, now: datetime) -> str | None:
    """One sentence saying why nobody can give this person a place; None when an organiser can."""
    if booking.state is BookingState.CONFIRMED:
        return "This person has a place already."
    if not booking.is_live:
        return "This booking has been cancelled already."
    date = booking.course_date
    if date.state is not DateState.PUBLISHED or date.is_past(now):
        return date.why_not_bookable(now) or "This date cannot be booked."
    return None


def decline(booking: Booking, *, now: datetime) -> None:
    """Let the place go to the next in line. Raises OfferOver when it has gone already."""
    date = _hold_offer(booking, now)
    standing.end(booking, Ending.OFFER_DECLINED, now=now)
    offer_free_places(date, now=now)


def lapsed_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates on which an offer's deadline has passed."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.id.in_(
                select(Booking.course_date_id).where(
                    Booking.state == BookingState.OFFERED, Booking.offered_until <= now
                )
            )
        )
        .order_by(CourseDate.id)
    ).all()


def lapse_on(date: CourseDate, *, now: datetime) -> int:
    """End this date's offers past their deadline and offer on what is free; how many ended."""
    places.hold(date)
    ended = end_late_offers(date, now=now)
    offer_free_places(date, now=now)
    return ended


def end_late_offers(date: CourseDate, *, now: datetime) -> int:
    """End the offers past their deadline; how many. The caller holds the date and offers on."""
    late = db.session.scalars(
        select(Booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.state == BookingState.OFFERED,
            Booking.offered_until <= now,
        )
        .order_by(Booking.offered_until, Booking.id)
        .execution_options(populate_existing=True)
    ).all()
    for booking in late:
        standing.end(booking, Ending.OFFER_LAPSED, now=now)
    return len(late)


def _hold_offer(booking: Booking, now: datetime) -> CourseDate:
    date = places.hold_for(booking)
    if date.is_off:
        raise OfferOver(date.why_not_bookable(now) or "This date has been called off.")
    if booking.state is BookingState.CONFIRMED:
        raise OfferOver("You have accepted this place already. It is yours.")
    if booking.state is BookingState.WAITING:
        raise OfferOver("No place is being kept for you at the moment. You are still waiting.")
    if booking.state is BookingState.CANCELLED or booking.offered_until is None:
        ending = booking.ending or Ending.BY_PRACTITIONER
        raise OfferOver(ENDED.get(ending, "This booking has been cancelled."))
    if booking.offered_until <= now or date.has_started(now):
        until = words.moment(booking.offered_until)
        raise OfferOver(f"This place was kept for you until {until}, so it has been let go.")
    return date
