"""A place that goes on elsewhere: with its holder to another date, or to a colleague who comes.

The booking that ends and the one that takes its place know each other (`replaces`).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import Refused
from webapp.formats.calendar import Invitation
from webapp.models import (
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Ending,
    Practitioner,
)
from webapp.services import (
    diaries,
    links,
    notices,
    places,
    practitioners,
    standing,
    waiting_list,
)
from webapp.services.details import Details, details_of


def why_not_moved(booking: Booking, now: datetime) -> str | None:
    """One sentence saying why this person stays on the date; None when they can be moved."""
    if not booking.is_live:
        return "This booking has been cancelled already."
    if booking.course_date.state is DateState.CANCELLED:
        return "This date has been cancelled."
    if booking.course_date.has_started(now):
        return "This date has already started."
    return None


def why_not_substituted(booking: Booking, now: datetime) -> str | None:
    """One sentence saying why nobody can go instead; None when a colleague can."""
    if booking.is_live and not booking.holds_a_place:
        return "This person is waiting, and has no place that a colleague could take."
    return why_not_moved(booking, now)


def targets(booking: Booking, *, now: datetime) -> Sequence[CourseDate]:
    """The dates of the course this person could be moved to, full ones too, soonest first."""
    theirs = select(Booking.course_date_id).where(
        Booking.practitioner_id == booking.practitioner_id,
        Booking.state != BookingState.CANCELLED,
    )
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.course_id == booking.course_date.course_id,
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            CourseDate.id.not_in(theirs),
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(joinedload(CourseDate.venue), selectinload(CourseDate.all_days))
    ).all()


def move(
    booking: Booking,
    to: CourseDate,
    *,
    reason: str | None,
    over_capacity_reason: str | None,
    now: datetime,
) -> Booking:
    """Give this person a place on another date of the course; the old one is offered on.

    `reason` is told to the person. The booking on the new date comes back. Raises Refused, and Full
    when that date is and nobody says why they come all the same.
    """
    [moved] = move_all(
        [booking], to, reason=reason, over_capacity_reason=over_capacity_reason, now=now
    )
    return moved


def move_all(
    bookings: Sequence[Booking],
    to: CourseDate,
    *,
    reason: str | None,
    over_capacity_reason: str | None,
    now: datetime,
) -> list[Booking]:
    """The same of several of one date: all of them, and then their places are offered on, or none.

    Raises Refused, and Full.
    """
    old = bookings[0].course_date
    hold_both(bookings, to, now)
    sectors = [booking.agency.sector_id for booking in bookings]
    why = places.over_capacity(to, over_capacity_reason, sectors, now)
    moved = [carry(booking, to, reason=reason, regardless=True, now=now) for booking in bookings]
    for booking in moved:
        booking.over_capacity_reason = why
    for date in (old, to):
        waiting_list.offer_free_places(date, now=now)
    return moved


def carry(
    booking: Booking,
    to: CourseDate,
    *,
    reason: str | None = None,
    regardless: bool = False,
    kind: str = "booking_moved",
    now: datetime,
) -> Booking:
    """The person stands on that date instead of this one, and is told: with a place while there
    is one (or `regardless`), else last in line. The caller holds both dates and offers on."""
    moved = standing.begin(
        booking.practitioner,
        to,
        details_of(booking),
        now=now,
        regardless=regardless,
        approval=booking.awaits_approval and not regardless,
    )
    moved.terms, moved.replaces = booking.terms, booking
    moved.booked_by = booking.booked_by
    booking.access_needs = None  # they went along
    end(booking, Ending.MOVED, now=now, reason=reason)
    sure = moved.state is BookingState.CONFIRMED
    # None for whom no invitation stands: who waited, or whose date was postponed.
    taken_out = diaries.cancellations(booking, now=now)
    notices.write(
        kind,
        moved,
        diaries.invitations(moved, now=now) if sure else [],
        now=now,
        takes_out=bool(taken_out),
        position=places.position(moved) if moved.is_in_line else None,
        policy=notices.policy(moved),
    )
    for cancel in taken_out:
        notices.write("old_date", booking, [cancel], now=now, onward=links.booking_token(moved))
    return moved


def substitute(booking: Booking, *, email: str, details: Details, now: datetime) -> Booking:
    """An organiser passes this person's place on to a colleague, whose booking comes back.

    The place is never free in between, so that nobody who waits is passed over by it or could
    take it. What the first one needs, and their phone and manager, stay with them: `details` are
    the colleague's own. Raises Refused.
    """
    hold_to_pass_on(booking, now)
    colleague = practitioners.find_or_make(email, now=now)
    if places.booking_of(colleague, booking.course_date) is not None:
        raise Refused("This person has a booking for this date already.")
    return pass_on(booking, colleague, details, now=now)


def hold_both(bookings: Sequence[Booking], to: CourseDate, now: datetime) -> None:
    """Hold the one date of these bookings and the other. Raises Refused when somebody cannot be
    moved there."""
    # In order of id, so that two who move people in opposite directions do not wait for each other.
    for date in sorted((bookings[0].course_date, to), key=lambda date: date.id):
        waiting_list.lapse_on(date, now=now)
    standing.read_again(bookings)
    standing.refuse_any(
        [(one.name, why_not_moved(one, now) or _why_not_to(to, one, now)) for one in bookings]
    )


def hold_to_pass_on(booking: Booking, now: datetime) -> None:
    """Raises Refused when no colleague can go instead."""
    waiting_list.lapse_on(booking.course_date, now=now)
    db.session.refresh(booking)
    if why_not := why_not_substituted(booking, now):
        raise Refused(why_not)


def pass_on(
    booking: Booking,
    colleague: Practitioner,
    details: Details,
    *,
    kind: str = "stands_in",
    approval: bool = False,
    now: datetime,
) -> Booking:
    """The place is the colleague's, who hears of it by this mail; where it needs `approval` they
    wait for that, and the place is free. The caller holds the date."""
    stands_in = standing.begin(
        colleague, booking.course_date, details, now=now, regardless=True, approval=approval
    )
    stands_in.replaces = booking
    leave(booking, details.name, now=now)
    if approval:
        notices.tell(stands_in, now=now)
    else:
        policy, entries = notices.policy(stands_in), _into_the_diary(stands_in, now)
        notices.write(kind, stands_in, entries, now=now, policy=policy)
    return stands_in


def leave(booking: Booking, colleague: str, *, now: datetime) -> None:
    """The place is no more this person's; whose it is then is the caller's to say."""
    end(booking, Ending.SUBSTITUTED, now=now)
    taken_out = diaries.cancellations(booking, now=now)
    notices.write("booking_substituted", booking, taken_out, now=now, colleague=colleague)


def _why_not_to(to: CourseDate, booking: Booking, now: datetime) -> str | None:
    if to.course_id != booking.course_date.course_id:
        return "That is a date of another course."
    if places.booking_of(booking.practitioner, to) is not None:
        return "This person has a booking for that date already."
    if to.state is not DateState.PUBLISHED or to.has_started(now):
        return to.why_not_bookable(now)
    return None


def end(booking: Booking, ending: Ending, *, now: datetime, reason: str | None = None) -> None:
    """Without a word or a place freed: what is said and who comes next is the caller's."""
    booking.state, booking.ending = BookingState.CANCELLED, ending
    booking.cancelled_at = booking.updated_at = now
    booking.cancel_reason = reason
    db.session.flush()


def _into_the_diary(booking: Booking, now: datetime) -> list[Invitation]:
    """Nothing while the date is postponed: its next day is told to everybody."""
    if booking.course_date.is_off:
        return []
    return diaries.invitations(booking, now=now)
