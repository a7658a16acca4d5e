"""What one person's diary is told: to which day it is invited, under which UID and SEQUENCE."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from webapp.db import db
from webapp.formats import calendar
from webapp.formats.calendar import Invitation
from webapp.formats.calendar_entries import Voice
from webapp.models import Booking, Invite, Partnership
from webapp.services import links, outbox, partnership


def voice(ours: Partnership | None = None) -> Voice:
    """What every calendar of ours says of us."""
    return Voice(
        partnership=ours or partnership.get(),
        page_of=lambda date: links.address("public.date", date_id=date.id),
        my_bookings=links.address("public.my"),
    )


def invitations(booking: Booking, *, now: datetime) -> list[Invitation]:
    """A REQUEST for each day. Sent again unchanged it has the same UID and SEQUENCE.

    Diaries remember a UID that was cancelled, so whoever comes back to a day gets another one.
    """
    told = {invite.course_day: invite for invite in booking.invites}
    untold = [day.id for day in booking.course_date.days if day not in told]
    taken_out = _taken_out(booking, untold) if untold else set()
    # Somebody who waited has the day in the personal feed as a wait: a place is a change.
    waited = int(booking.waiting_since is not None)
    for day in booking.course_date.days:
        if day not in told:
            uid = str(uuid4()) if day.id in taken_out else day.uid
            told[day] = Invite(course_day=day, uid=uid, extra=waited)
            booking.invites.append(told[day])
        elif told[day].cancelled:
            told[day].uid, told[day].cancelled = str(uuid4()), False
        told[day].sequence = day.revision + told[day].extra
    db.session.flush()
    ours, sender = voice(), outbox.sender()
    days = booking.course_date.days
    return [calendar.request(told[day], ours, sender=sender, now=now) for day in days]


def cancellations(booking: Booking, *, now: datetime) -> list[Invitation]:
    """A CANCEL for each day an invitation went out for, with a higher SEQUENCE than that had."""
    standing = [invite for invite in booking.invites if not invite.cancelled]
    for invite in standing:
        revision = invite.course_day.revision
        invite.sequence = max(revision + invite.extra, invite.sequence + 1)
        invite.extra = invite.sequence - revision
        invite.cancelled = True
    db.session.flush()
    ours, sender = voice(), outbox.sender()
    standing.sort(key=lambda invite: invite.course_day.starts_at)
    return [calendar.cancellation(invite, ours, sender=sender, now=now) for invite in standing]


def _taken_out(booking: Booking, days: Sequence[int]) -> set[int]:
    """Which of these days this person's diary was asked to take out before, by any booking."""
    return set(
        db.session.scalars(
            select(Invite.course_day_id)
            .join(Invite.booking)
            .where(
                Booking.practitioner_id == booking.practitioner_id,
                Invite.course_day_id.in_(days),
                Invite.cancelled,
            )
        )
    )
