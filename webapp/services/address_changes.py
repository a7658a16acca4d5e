"""Another work email address for somebody: asked for, confirmed by both mailboxes, then done.

Both have to say so, as a link to somebody's bookings may be in other hands, and a new address may
be mistyped. Until then nothing changes. Where the old mailbox is lost, an organiser answers for it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased, joinedload

from webapp.db import db, lock
from webapp.errors import Refused
from webapp.models import (
    AddressChange,
    Booking,
    BookingState,
    CourseDate,
    Interest,
    Practitioner,
    TeamBooking,
    TeamMember,
)
from webapp.services import diaries, links, notices, outbox, places, practitioners

SAME = "This is the address we have. Enter the new one"


class Side(StrEnum):
    """Which of the two mailboxes."""

    OLD = "old"
    NEW = "new"


def pending(practitioner: Practitioner, now: datetime) -> AddressChange | None:
    """What they asked for and can still confirm."""
    return db.session.scalar(
        select(AddressChange).where(
            AddressChange.practitioner_id == practitioner.id,
            AddressChange.asked_at > now - links.ADDRESS_LINK_LASTS,
        )
    )


def ask(practitioner: Practitioner, email: str, *, submission: str, now: datetime) -> None:
    """Write to both mailboxes; a wish from before ends. Raises Refused."""
    change = _begin(practitioner, email, now)
    for side, to in ((Side.OLD, practitioner.email), (Side.NEW, email)):
        _ask(change, side, to, now, submission)


def ask_for(practitioner: Practitioner, email: str, *, now: datetime) -> None:
    """An organiser, who knows that it is them, asks in the place of somebody whose old mailbox is
    lost. That is told, and need not answer; it does not learn the new one, as others may read it.

    Raises Refused.
    """
    if practitioner.erased_at is not None:
        raise Refused("This person asked to be forgotten, and has been.")
    change = _begin(practitioner, email, now)
    other = practitioners.find(email)
    if other is not None and (twice := _booked_twice(practitioner, other)):
        title = twice.course_date.course.title
        raise Refused(f"{title} is booked with both addresses. Cancel one of the two first")
    change.by_organiser, change.confirmed_by_old_at = True, now
    db.session.flush()
    _ask(change, Side.NEW, email, now)
    outbox.queue("address_lost", to=practitioner.email, now=now)


def confirm(change: AddressChange, side: Side, *, now: datetime) -> bool:
    """One mailbox says yes; whether that was the second, so that the address is another now.

    Raises Refused when one date is booked under both addresses.
    """
    lock(AddressChange.confirmed_by_old_at, AddressChange.id == change.id)
    db.session.refresh(change)
    if side is Side.OLD:
        change.confirmed_by_old_at = now
    else:
        change.confirmed_by_new_at = now
    if not change.confirmed_by_old_at or not change.confirmed_by_new_at:
        db.session.flush()
        return False
    _do(change, now)
    db.session.delete(change)
    db.session.flush()
    return True


def forget(*, now: datetime) -> None:
    """What was not confirmed in time may be a stranger's address."""
    before = now - links.ADDRESS_LINK_LASTS
    db.session.execute(delete(AddressChange).where(AddressChange.asked_at <= before))


def _begin(practitioner: Practitioner, email: str, now: datetime) -> AddressChange:
    if email == practitioner.email:
        raise Refused(SAME)
    change = practitioner.address_change or AddressChange(practitioner=practitioner)
    change.new_email, change.asked_at, change.by_organiser = email, now, False
    change.confirmed_by_old_at = change.confirmed_by_new_at = None
    db.session.add(change)
    db.session.flush()
    return change


def _ask(
    change: AddressChange, side: Side, to: str, now: datetime, submission: str | None = None
) -> None:
    outbox.queue(
        "address_to_confirm",
        to=to,
        now=now,
        submission=submission,
        side=side.value,
        by_organiser=change.by_organiser,
        new_email=change.new_email,
        token=links.address_token(change, side),
        days=links.ADDRESS_LINK_LASTS.days,
    )


def _do(change: AddressChange, now: datetime) -> None:
    practitioner, email = change.practitioner, change.new_email
    old = practitioner.email
    other = practitioners.find(email)
    if other is not None and (twice := _booked_twice(practitioner, other)):
        raise Refused(
            f"You have booked {twice.course_date.course.title} with both addresses. Cancel one of"
            " the two bookings, or ask us to, and then press the button again."
        )
    takes_part = Booking.state.in_(places.TAKES_PART)
    coming = practitioners.bookings_of(practitioner, takes_part, practitioners.is_coming(now))
    mine = [_held(booking) for booking in coming]
    moved = [booking for booking in mine if booking.is_live]
    for booking in moved:
        # In the words and with the link of before, which end with this.
        entries = diaries.cancellations(booking, now=now)
        if entries:
            notices.write("address_left", booking, entries, now=now)
    to_new = None if change.by_organiser else email
    outbox.queue("address_changed", to=old, now=now, new_email=to_new)
    if other is not None:
        _take_over(practitioner, other, now)
    practitioner.email = email
    practitioner.link_generation += 1
    practitioners.renew_feed(practitioner)
    db.session.execute(
        update(Booking)
        .where(Booking.practitioner_id == practitioner.id)
        .values(link_generation=Booking.link_generation + 1)
    )
    _move_interests(old, email, now)
    db.session.flush()
    for booking in moved:
        db.session.refresh(booking)
        notices.tell(booking, now=now)
    outbox.queue(
        "address_is_new",
        to=email,
        now=now,
        token=links.my_token(practitioner, now),
        days=links.MY_LINK_LASTS.days,
    )


def _held(booking: Booking) -> Booking:
    places.hold_for(booking)
    return booking


def _booked_twice(practitioner: Practitioner, other: Practitioner) -> Booking | None:
    """A live booking of the one for a date on which the other has one, too."""
    theirs = aliased(Booking)
    return db.session.scalar(
        select(Booking)
        .join(theirs, theirs.course_date_id == Booking.course_date_id)
        .where(
            Booking.practitioner_id == practitioner.id,
            theirs.practitioner_id == other.id,
            Booking.state != BookingState.CANCELLED,
            theirs.state != BookingState.CANCELLED,
        )
        .order_by(Booking.id)
        .limit(1)
        .options(joinedload(Booking.course_date).joinedload(CourseDate.course))
    )


def _take_over(practitioner: Practitioner, other: Practitioner, now: datetime) -> None:
    """What was booked with the new address before belongs to the same person."""
    practitioner.is_discreet = practitioner.is_discreet or other.is_discreet
    for whose in (
        Booking.practitioner_id,
        Booking.booked_by_id,
        TeamBooking.booker_id,
        TeamMember.practitioner_id,
    ):
        db.session.execute(
            update(whose.class_).where(whose == other.id).values({whose: practitioner.id})
        )
    db.session.execute(delete(AddressChange).where(AddressChange.practitioner_id == other.id))
    practitioners.leave_nobody(other, now=now)


def _move_interests(old: str, email: str, now: datetime) -> None:
    told = select(Interest.course_id).where(Interest.email == email)
    twice = Interest.course_id.in_(told.where(Interest.withdrawn_at.is_(None)))
    db.session.execute(
        update(Interest)
        .where(Interest.email == old, Interest.withdrawn_at.is_(None), twice)
        .values(name="", email="", withdrawn_at=now)
    )
    db.session.execute(update(Interest).where(Interest.email == old).values(email=email))
