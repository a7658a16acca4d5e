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
    AddressChange,
    Agency,
    AuditLine,
    Booking,
    Certificate,
    CourseDate,
    DateState,
    Interest,
    Organiser,
    Practitioner,
    TeamBooking,
    TeamMember,
)
from webapp.services import bookings, forgetting, old_mails, outbox, places, practitioners
from webapp.services.paging import Page, page

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

    What has still to reach them keeps the address until it has: see `old_mails.purge`.
    Raises Refused when it is settled.
    """
    _hold(practitioner)
    for booking in _coming(practitioner, now):
        # Nobody is charged, or counted, for what is theirs by law.
        bookings.cancel(booking, may_be_late=False, now=now)
    outbox.queue("erased", to=practitioner.email, now=now)
    db.session.flush()
    was = practitioner.email
    practitioners.leave_nobody(practitioner, now=now)
    old_mails.forget_naming(practitioner)
    _forget_bookings(practitioner, now)
    db.session.execute(
        delete(AddressChange).where(AddressChange.practitioner_id == practitioner.id)
    )
    _forget_address(was, practitioner, now)


def erase_at(address: str, *, now: datetime) -> None:
    """Forget whoever has this address, by an administrator who was asked in another way; line
    managers and those who are interested have nothing but that. Accounts stay: see `accounts`."""
    practitioner = practitioners.find(address)
    if practitioner is None:
        _forget_address(address, None, now)
    else:
        practitioner.erasure_asked_at = practitioner.erasure_asked_at or now
        db.session.flush()
        erase(practitioner, now=now)


def _forget_address(address: str, practitioner: Practitioner | None, now: datetime) -> None:
    """What others said of them, or they of themselves without booking."""
    forgetting.interests(Interest.email == address, now=now)
    forgetting.managers(Booking.manager_email == address)
    db.session.execute(delete(AddressChange).where(AddressChange.new_email == address))
    db.session.execute(
        update(Agency).where(Agency.lead_email == address).values(lead_name=None, lead_email=None)
    )
    names_them = AuditLine.detail.icontains(address, autoescape=True)
    has_no_account = ~select(Organiser.id).where(Organiser.email == address).exists()
    db.session.execute(update(AuditLine).where(names_them, has_no_account).values(detail=None))
    old_mails.forget_whom(address, practitioner, now=now)
    db.session.expire_all()


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
    forgetting.teams(
        TeamBooking.booker_id == practitioner.id, TeamMember.practitioner_id == practitioner.id
    )
    forgetting.bookings(mine, now=now)
