"""Messages that are done with: their words are forgotten after a while, then whom they were for.

That one of a kind was written, and when it was sent, stays.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case, or_, select, update
from sqlalchemy.orm import aliased

from webapp.db import db
from webapp.models import Booking, Email, Practitioner, TeamBooking, TeamMember
from webapp.services import partnership
from webapp.services.old_dates import YEAR
from webapp.services.outbox import ABOUT_OTHERS, NOBODY

PURGED_AT_ONCE = 500
# The last mail to such a person has no booking to know it by.
FAREWELL = "erased"
TO_BOOKERS = "team_booked"
FORGOTTEN = "Erased"
SOMEBODY = f"somebody@{NOBODY}"
OF_NOBODY = {"to": SOMEBODY, "subject": FORGOTTEN, "failure": None, "bounce": None}


def forget_whom(address: str, practitioner: Practitioner | None, *, now: datetime) -> None:
    """Of what somebody was written, keep when; what tells them the last things has still to go."""
    theirs = Email.to == address
    if practitioner is not None:
        theirs = or_(theirs, Email.booking_id.in_(_bookings_of(practitioner)))
    last_words = and_(
        Email.sent_at.is_(None),
        Email.gave_up_at.is_(None),
        or_(Email.booking_id.is_not(None), Email.kind == FAREWELL),
    )
    whom = {**OF_NOBODY, "to": practitioner.email} if practitioner else OF_NOBODY
    db.session.execute(
        update(Email)
        .where(theirs, ~last_words)
        .values(gave_up_at=case((Email.sent_at.is_(None), now), else_=Email.gave_up_at), **whom)
    )


def forget_naming(practitioner: Practitioner) -> None:
    """What their colleagues were told of them: who booked for them, who came instead of them, and
    in whose place they came."""
    before, after = aliased(Booking), aliased(Booking)
    mine = _bookings_of(practitioner)
    bookers = (
        select(Practitioner.email)
        .join(TeamBooking, TeamBooking.booker_id == Practitioner.id)
        .join(TeamBooking.members)
        .where(TeamMember.practitioner_id == practitioner.id)
    )
    theirs = or_(
        Email.booking_id.in_(select(before.replaces_id).where(before.id.in_(mine))),
        Email.booking_id.in_(select(after.id).where(after.replaces_id.in_(mine))),
        (Email.kind == TO_BOOKERS) & Email.to.in_(bookers),
        Email.booking_id.in_(
            select(TeamMember.booking_id)
            .join(TeamMember.team_booking)
            .where(TeamBooking.booker_id == practitioner.id)
        ),
    )
    is_done = or_(Email.sent_at.is_not(None), Email.gave_up_at.is_not(None))
    db.session.execute(update(Email).where(theirs, is_done).values(**OF_NOBODY))


def to_purge(*, now: datetime) -> Select[Email, bool]:
    """Messages that are done with and old enough; and of each whether whom it was for goes, too."""
    ours = partnership.get()
    before = now - timedelta(days=ours.mail_days)
    is_of_nobody = or_(
        Email.to.endswith(f"@{NOBODY}"),
        Email.kind == FAREWELL,
        Email.booking_id.in_(
            select(Booking.id).join(Booking.practitioner).where(Practitioner.erased_at.is_not(None))
        ),
        Email.queued_at < now - YEAR * ours.booking_years,
        and_(
            Email.kind.in_(ABOUT_OTHERS), Email.queued_at < now - timedelta(days=ours.manager_days)
        ),
    )
    is_done = or_(Email.sent_at.is_not(None), Email.gave_up_at.is_not(None))
    is_old = or_(Email.sent_at < before, Email.gave_up_at < before)
    has_words = Email.message.is_not(None) & or_(is_old, and_(is_done, is_of_nobody))
    names_somebody = Email.to.not_like(f"%@{NOBODY}") & is_done & is_of_nobody
    return select(Email, is_of_nobody).where(or_(has_words, names_somebody))


def purge(*, now: datetime) -> list[Email]:
    """Forget the words of messages that are done with; what was sent to whom and when stays.

    Where the person was forgotten, nothing is kept longer than it is needed, nor whom.
    """
    found = db.session.execute(to_purge(now=now).limit(PURGED_AT_ONCE)).all()
    for email, forgotten in found:
        if email.message is not None:
            email.message, email.purged_at = None, now
        if forgotten:
            for name, value in OF_NOBODY.items():
                setattr(email, name, value)
    return [email for email, _ in found]


def _bookings_of(practitioner: Practitioner) -> Select[int]:
    return select(Booking.id).where(Booking.practitioner_id == practitioner.id)
