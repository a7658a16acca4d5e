"""People who ask to be forgotten: their request, what it would take away, and doing it.

The rows stay, since they are counted: without a name, an address or a word that somebody typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update

from webapp.db import db, fetch, lock
from webapp.errors import NotFound, Refused
from webapp.models import (
    AccessNeeds,
    AddressChange,
    Booking,
    Certificate,
    CourseDate,
    DateState,
    Evaluation,
    Interest,
    Practitioner,
    RepeatedTry,
    TeamBooking,
    TeamMember,
)
from webapp.services import bookings, outbox, places, practitioners
from webapp.services.paging import Page, page

ERASED = "Erased"
SETTLED = "This request has been settled already."


@dataclass(frozen=True)
class Extent:
    """What would go: bookings that are cancelled first, all that lose their name, certificates."""

    coming: Sequence[Booking]
    bookings: int
    certificates: int


def ask(practitioner: Practitioner, *, now: datetime) -> None:
    """Write the wish down and say so by mail; asked again, nothing happens."""
    if practitioner.erasure_asked_at is None:
        practitioner.erasure_asked_at = now
        outbox.queue("erasure_asked", to=practitioner.email, now=now)


def take_back(practitioner: Practitioner) -> None:
    """They have thought better of it."""
    practitioner.erasure_asked_at = None


def how_many_wait() -> int:
    return db.session.scalar(select(func.count()).select_from(_waiting().subquery())) or 0


def waiting(number: int) -> Page[Practitioner]:
    """A page of those who asked and were not answered, the longest waiting first."""
    return page(_waiting().order_by(Practitioner.erasure_asked_at, Practitioner.id), number)


def get(practitioner_id: int) -> Practitioner:
    """Somebody who has asked. Raises NotFound."""
    found = fetch(Practitioner, practitioner_id)
    if found.erasure_asked_at is None:
        raise NotFound("There is no such request.")
    return found


def extent(practitioner: Practitioner, now: datetime) -> Extent:
    mine = Booking.practitioner_id == practitioner.id
    return Extent(
        _coming(practitioner, now),
        db.session.scalar(select(func.count()).select_from(Booking).where(mine)) or 0,
        db.session.scalar(select(func.count()).select_from(Certificate).join(Booking).where(mine))
        or 0,
    )


def decline(practitioner: Practitioner, reason: str, *, now: datetime) -> None:
    """Keep what is held, and tell the person why. Raises Refused when it is settled."""
    _hold(practitioner)
    practitioner.erasure_asked_at = None
    outbox.queue("erasure_declined", to=practitioner.email, now=now, reason=reason)


def erase(practitioner: Practitioner, *, now: datetime) -> None:
    """Give up their places, tell them so for the last time, and forget who they were.

    What has still to reach them keeps the address until it has: see `outbox.purge`.
    Raises Refused when it is settled.
    """
    _hold(practitioner)
    for booking in _coming(practitioner, now):
        bookings.cancel(booking, now=now)
    outbox.queue("erased", to=practitioner.email, now=now)
    db.session.flush()
    was = practitioner.email
    practitioners.leave_nobody(practitioner, now=now)
    _forget_bookings(practitioner, now)
    db.session.execute(
        update(Interest)
        .where(Interest.email == was)
        .values(name="", email="", withdrawn_at=func.coalesce(Interest.withdrawn_at, now))
    )
    db.session.execute(
        delete(AddressChange).where(AddressChange.practitioner_id == practitioner.id)
    )
    outbox.forget_whom(was, practitioner, now=now)


def _waiting() -> Select[Practitioner]:
    return select(Practitioner).where(
        Practitioner.erasure_asked_at.is_not(None), Practitioner.erased_at.is_(None)
    )


def _hold(practitioner: Practitioner) -> None:
    """Of two organisers who answer at once, the second is told."""
    lock(Practitioner.erasure_asked_at, Practitioner.id == practitioner.id)
    db.session.refresh(practitioner)
    if practitioner.erasure_asked_at is None or practitioner.erased_at is not None:
        raise Refused(SETTLED)


def _coming(practitioner: Practitioner, now: datetime) -> Sequence[Booking]:
    """What can still be cancelled."""
    is_to_start = (CourseDate.state == DateState.PUBLISHED) & (CourseDate.starts_at > now)
    return practitioners.bookings_of(
        practitioner,
        Booking.state.in_(places.TAKES_PART),
        is_to_start | (CourseDate.state == DateState.POSTPONED),
    )


def _forget_bookings(practitioner: Practitioner, now: datetime) -> None:
    mine = select(Booking.id).where(Booking.practitioner_id == practitioner.id)
    forms = select(Booking.submission).where(
        Booking.practitioner_id == practitioner.id, Booking.submission.is_not(None)
    )
    db.session.execute(
        update(TeamMember).where(TeamMember.practitioner_id == practitioner.id).values(name=ERASED)
    )
    db.session.execute(
        update(TeamBooking)
        .where(TeamBooking.booker_id == practitioner.id)
        .values(booker_name=ERASED)
    )
    db.session.execute(delete(RepeatedTry).where(RepeatedTry.submission.in_(forms)))
    db.session.execute(delete(AccessNeeds).where(AccessNeeds.booking_id.in_(mine)))
    db.session.execute(
        update(Certificate).where(Certificate.booking_id.in_(mine)).values(name=ERASED)
    )
    db.session.execute(
        update(Evaluation).where(Evaluation.booking_id.in_(mine)).values(will_do=None, comment=None)
    )
    db.session.execute(
        update(Booking)
        .where(Booking.practitioner_id == practitioner.id)
        .values(
            name=ERASED,
            organisation=None,
            job_role="",
            team=None,
            phone=None,
            manager_name=None,
            manager_email=None,
            submission=None,
            cancel_reason=None,
            over_capacity_reason=None,
            miss_set_aside_reason=None,
            note=None,
            link_generation=Booking.link_generation + 1,
            updated_at=now,
        )
    )
    db.session.expire_all()
