"""What one person's diary is told: to which day it is invited, under which UID and SEQUENCE.

A message is about one day, so every verb here answers with as many as there is something to say
of. Of days that are over nothing is said any more.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, select

from webapp.db import db
from webapp.formats import calendar
from webapp.formats.calendar import Invitation
from webapp.formats.calendar_entries import Voice
from webapp.models import Booking, CourseDay, Invite, Partnership
from webapp.services import links, outbox, partnership

TAKEN_OUT = (
    select(Invite.course_day_id)
    .join(Invite.booking)
    .where(
        Booking.practitioner_id == bindparam("who"),
        Invite.course_day_id.in_(bindparam("days", expanding=True)),
        Invite.cancelled,
    )
)


def voice(ours: Partnership | None = None) -> Voice:
    """What every calendar of ours says of us."""
    return Voice(
        partnership=ours or partnership.get(),
        page_of=lambda date: links.address("public.date", date_id=date.id),
        my_bookings=links.address("public.my"),
    )


def invitations(booking: Booking, *, now: datetime) -> list[Invitation]:
    """A REQUEST for each day. Sent again unchanged it has the same UID and SEQUENCE."""
    return _ask(booking, booking.course_date.days, now)


def updates(booking: Booking, *, now: datetime) -> list[Invitation]:
    """What changed since the diary was last told: a REQUEST for each day that is new or another,
    and then a CANCEL for each that was dropped."""
    told = {invite.course_day: invite for invite in booking.invites}
    news = [day for day in booking.course_date.days if _is_news(told.get(day), day)]
    dropped = [invite for day, invite in told.items() if day.dropped_at is not None]
    return _ask(booking, news, now) + _take_out(dropped, now)


def cancellations(booking: Booking, *, now: datetime) -> list[Invitation]:
    """A CANCEL for each day an invitation went out for, with a higher SEQUENCE than that had."""
    return _take_out(booking.invites, now)


def _is_news(invite: Invite | None, day: CourseDay) -> bool:
    return invite is None or invite.cancelled or day.revision + invite.extra > invite.sequence


def _ask(booking: Booking, days: Iterable[CourseDay], now: datetime) -> list[Invitation]:
    """Diaries remember a UID that was cancelled, so whoever comes back to a day gets another."""
    days = [day for day in days if day.ends_at > now]
    told = {invite.course_day: invite for invite in booking.invites}
    untold = [day.id for day in days if day not in told]
    taken_out = _taken_out(booking, untold) if untold else set()
    # Somebody who waited has the day in the personal feed as a wait: a place is a change.
    waited = int(booking.waiting_since is not None)
    for day in days:
        if day not in told:
            uid = str(uuid4()) if day.id in taken_out else day.uid
            told[day] = Invite.of(booking, day, uid=uid, extra=waited)
            db.session.add(told[day])
        invite = told[day]
        if invite.cancelled:
            invite.uid, invite.cancelled = str(uuid4()), False
        if day.revision + invite.extra > invite.sequence:
            # An answer to what it said before is no answer to this.
            invite.sequence, invite.reply = day.revision + invite.extra, None
    if not days:
        return []
    ours = partnership.get()
    speaks, sender = voice(ours), outbox.sender(ours)
    return [calendar.request(told[day], speaks, sender=sender, now=now) for day in days]


def _take_out(invites: Iterable[Invite], now: datetime) -> list[Invitation]:
    standing = [i for i in invites if not i.cancelled and i.course_day.ends_at > now]
    if not standing:
        return []
    for invite in standing:
        revision = invite.course_day.revision
        invite.sequence = max(revision + invite.extra, invite.sequence + 1)
        invite.extra = invite.sequence - revision
        invite.cancelled, invite.reply = True, None
    ours = partnership.get()
    speaks, sender = voice(ours), outbox.sender(ours)
    standing.sort(key=lambda invite: invite.course_day.starts_at)
    return [calendar.cancellation(invite, speaks, sender=sender, now=now) for invite in standing]


def _taken_out(booking: Booking, days: Sequence[int]) -> set[int]:
    """Which of these days this person's diary was asked to take out before, by any booking."""
    facts = {"who": booking.practitioner_id, "days": days}
    return set(db.session.scalars(TAKEN_OUT, facts))
