"""Who is next: every freed place, from whatever cause, is offered on here, in order, at once.

While there is time, each is kept for the next in line until a deadline. Near the start there is
none for that, so all who wait are told at once, and the first to take it has it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select, update

from webapp.db import db
from webapp.errors import OfferOver, Refused
from webapp.formats import words, working_time
from webapp.models import Booking, BookingState, CourseDate, DateState, Ending, Places
from webapp.services import notices, partnership, places, standing
from webapp.services.places import position as position

ENDED = {
    Ending.OFFER_DECLINED: "You have let this place go already.",
    Ending.OFFER_LAPSED: "This place was not taken up in time, so it has been let go.",
}
# Each booking asks this, so it is built once.
LATE = (
    select(Booking)
    .where(
        Booking.course_date_id == bindparam("date"),
        Booking.state == BookingState.OFFERED,
        Booking.offered_until <= bindparam("now"),
    )
    .order_by(Booking.offered_until, Booking.id)
    .execution_options(populate_existing=True)
)


def offer_free_places(date: CourseDate, *, now: datetime) -> None:
    """Keep each free place for the next in line who may have it until a deadline; near the start,
    tell everybody who may and was not told yet that there is one to take.

    The caller holds the date.
    """
    db.session.flush()
    _offer(date, places.of(date, now), now)


def _offer(date: CourseDate, counts: Places, now: datetime) -> None:
    """The same, as it is counted."""
    if date.state is not DateState.PUBLISHED or date.starts_at is None or date.has_started(now):
        return
    if not counts.waiting:
        return
    until = _deadline(date.starts_at, now)
    if until is None and counts.free != 0:
        _tell_all(date, counts, now)
        return
    forget_who_was_told(date)
    for booking in places.next_in_line(date, counts):
        booking.state, booking.offered_until = BookingState.OFFERED, until
        booking.updated_at = now
        notices.tell(booking, now=now)


def _tell_all(date: CourseDate, counts: Places, now: datetime) -> None:
    """Whoever is first may take a place. Those for whom there is none any more are told again of
    the next one."""
    may_take = places.may_take(date, counts)
    forget_who_was_told(date, but=may_take)
    for booking in may_take:
        if booking.told_of_place_at is None:
            booking.told_of_place_at = booking.updated_at = now
            notices.tell(booking, now=now)


def can_take(booking: Booking, now: datetime) -> bool:
    """Whether a place is there for this person, who waits, to take before the others do."""
    date = booking.course_date
    return (
        booking.is_in_line
        and booking.told_of_place_at is not None
        and date.state is DateState.PUBLISHED
        and not date.has_started(now)
        and places.of(date, now).open_to(booking.agency.sector_id) != 0
    )


def accept(booking: Booking, *, now: datetime) -> None:
    """Take the place that is kept for this person, or the one that whoever is first may take.

    Raises OfferOver when it has gone.
    """
    date = places.hold_for(booking)
    was_open_to_all = can_take(booking, now)
    if not was_open_to_all:
        _check_offer(booking, now)
    _confirm(booking, now)
    if was_open_to_all:
        offer_free_places(date, now=now)


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
        sector = booking.agency.sector_id
        why = places.over_capacity(date, over_capacity_reason, [sector], now)
        booking.over_capacity_reason = why
    _confirm(booking, now)
    offer_free_places(date, now=now)


def join(booking: Booking, *, now: datetime) -> None:
    """Somebody stands in line who was kept out of it, in their old turn; with a place if one is
    free and theirs. The caller holds the date, tells them, and offers on."""
    date, sector = booking.course_date, booking.agency.sector_id
    booking.approval_asked_at, booking.updated_at = None, now
    are_first_to_take = places.are_first_to_take(date, sector, now)
    db.session.flush()
    if are_first_to_take:
        booking.told_of_place_at = now
    elif booking in places.next_in_line(date, places.of(date, now)):
        booking.state, booking.place_taken_at = BookingState.CONFIRMED, now


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
    date = places.hold_for(booking)
    _check_offer(booking, now)
    standing.end(booking, Ending.OFFER_DECLINED, now=now)
    offer_free_places(date, now=now)


def lapsed_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates on which an offer's deadline has passed, or what was held for a sector has come to
    be open to somebody who waits."""
    late = select(Booking.course_date_id).where(
        Booking.state == BookingState.OFFERED, Booking.offered_until <= now
    )
    found = db.session.scalars(
        select(CourseDate).where(CourseDate.id.in_(late)).order_by(CourseDate.id)
    ).all()
    return [*found, *(date for date in _open_to_more(now) if date not in found)]


def _open_to_more(now: datetime) -> Sequence[CourseDate]:
    """Those with a free place for somebody who waits and was not told of it, after a hold."""
    waits = Booking.state == BookingState.WAITING, Booking.told_of_place_at.is_(None)
    found = db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.held_days.is_not(None),
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            CourseDate.bookings.any(and_(*waits)),
        )
        .order_by(CourseDate.id)
    ).all()
    counts = places.places_of(found, now)
    return [
        date
        for date in found
        if counts[date.id].free != 0
        and any(one.told_of_place_at is None for one in places.may_take(date, counts[date.id]))
    ]


def lapse_on(date: CourseDate, *, now: datetime) -> int:
    """End this date's offers past their deadline and offer on what is free; how many ended."""
    places.hold(date)
    counts = places.of(date, now)
    ended = end_late_offers(date, now=now) if counts.offered else 0
    _offer(date, places.of(date, now) if ended else counts, now)
    return ended


def end_late_offers(date: CourseDate, *, now: datetime) -> int:
    """End the offers past their deadline; how many. The caller holds the date and offers on."""
    late = db.session.scalars(LATE, {"date": date.id, "now": now}).all()
    for booking in late:
        standing.end(booking, Ending.OFFER_LAPSED, now=now)
    return len(late)


def _confirm(booking: Booking, now: datetime) -> None:
    booking.state, booking.updated_at = BookingState.CONFIRMED, now
    booking.place_taken_at = now
    booking.offered_until = booking.told_of_place_at = booking.approval_asked_at = None
    notices.tell(booking, now=now)


def _deadline(starts_at: datetime, now: datetime) -> datetime | None:
    """Until when a place is kept; None when too little time is left to ask one after another."""
    ours = partnership.get()
    until = working_time.of(ours).after(now, ours.offer_hours)
    return until if until <= starts_at - timedelta(hours=ours.first_to_take_hours) else None


def forget_who_was_told(date: CourseDate, *, but: Sequence[Booking] = ()) -> None:
    """There is no place to take any more: whoever waits is told again of the next one."""
    db.session.execute(
        update(Booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.told_of_place_at.is_not(None),
            Booking.id.not_in([booking.id for booking in but]),
        )
        .values(told_of_place_at=None)
    )


def _check_offer(booking: Booking, now: datetime) -> None:
    """Raises OfferOver unless a place is kept for this person. The caller holds the date."""
    date = booking.course_date
    if date.is_off:
        raise OfferOver(date.why_not_bookable(now) or "This date has been called off.")
    if booking.state is BookingState.CONFIRMED:
        raise OfferOver("You have accepted this place already. It is yours.")
    if booking.awaits_approval:
        raise OfferOver("Your booking waits until the training team has looked at it.")
    if booking.state is BookingState.WAITING:
        raise OfferOver("No place is free at the moment. You are still on the waiting list.")
    if booking.state is BookingState.CANCELLED or booking.offered_until is None:
        ending = booking.ending or Ending.BY_PRACTITIONER
        raise OfferOver(ENDED.get(ending, "This booking has been cancelled."))
    if booking.offered_until <= now or date.has_started(now):
        until = words.moment(booking.offered_until)
        raise OfferOver(f"This place was kept for you until {until}, so it has been let go.")
