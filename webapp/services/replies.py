"""What calendars answer to our invitations. An answer never gives up a place: it makes us ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from webapp import clock
from webapp.db import db
from webapp.formats import bounces as reports
from webapp.formats import incoming
from webapp.formats import replies as answers
from webapp.formats.replies import Answer
from webapp.models import (
    Attendee,
    Booking,
    BookingState,
    CourseDay,
    DateState,
    Email,
    Invite,
    Practitioner,
    Reply,
)
from webapp.services import bounces, diaries, notices, places
from webapp.services.paging import all_of

QUESTION = "booking_declined"
# Two days declined one after the other, or a button pressed over and over, are one question.
ASKED_ONCE_IN = timedelta(days=1)
# Clocks are not all right; but who lives in the future would have the last word for ever.
AHEAD = timedelta(days=1)

HAVE_DECLINED = select(Invite.booking_id).where(
    Invite.booking_id.in_(bindparam("ids", expanding=True)),
    Invite.reply == Reply.DECLINED,
    Invite.cancelled.is_(False),
)


@dataclass(frozen=True)
class Heard:
    """What a mail was, without names and addresses; and whether nobody need read it any more."""

    words: str
    is_done: bool


def read(message: bytes, *, now: datetime) -> Heard:
    """Write down what one mail tells us. The same mail again changes nothing."""
    mail = incoming.read(message)
    if mail is None:
        return Heard("too long or too muddled to read; left as it is", is_done=False)
    bounce = reports.read(mail)
    if bounce is not None:
        words = bounces.record(bounce, now=now)
        return Heard(
            words or "something came back that is not ours; left as it is", words is not None
        )
    answer = answers.read(mail)
    if answer is None:
        return Heard("nothing to us; left as it is", is_done=False)
    if answer.method != "REPLY":
        return Heard("another time is proposed; left for somebody to read", is_done=False)
    return _take(answer, now)


def days_to_answer(booking: Booking, now: datetime) -> Sequence[CourseDay]:
    """The days that this person's calendar declined, while the place can still be released."""
    date = booking.course_date
    if (
        booking.state is not BookingState.CONFIRMED
        or date.state is not DateState.PUBLISHED
        or date.has_started(now)
    ):
        return []
    declined = [invite.course_day for invite in booking.invites if _is_declined(invite)]
    return sorted(declined, key=lambda day: day.starts_at)


def keep(booking: Booking, *, now: datetime) -> bool:
    """The person comes all the same: the answer is forgotten, and the diary gets the days again.

    False when there was nothing to keep any more.
    """
    places.hold_for(booking)
    days = days_to_answer(booking, now)
    for invite in booking.invites:
        if invite.course_day in days:
            invite.reply = None
            invite.extra += 1
    if days:
        booking.updated_at = now
        notices.write("booking_kept", booking, diaries.updates(booking, now=now), now=now)
    return bool(days)


def declined(bookings: Sequence[Booking | Attendee]) -> frozenset[int]:
    """The ids of those with a place whose calendar declined a day of it."""
    placed = [booking.id for booking in bookings if booking.state is BookingState.CONFIRMED]
    return frozenset(all_of(HAVE_DECLINED, {"ids": placed}))


def _take(answer: Answer, now: datetime) -> Heard:
    found = _invited(answer)
    if found is None:
        return Heard("an answer to no invitation of ours; left as it is", is_done=False)
    invite, reply = found
    booking = invite.booking
    date = places.hold_for(booking)
    db.session.refresh(invite)
    which = f"booking {booking.id}"
    if reply is None:
        return Heard(f"{which} was passed on or left open; left for somebody to read", False)
    # Somebody wrote along with it, and wants to be read.
    is_done = not answer.has_words
    if booking.state is not BookingState.CONFIRMED or invite.cancelled or date.is_past(now):
        return Heard(f"{which} {reply}, which is over already", is_done)
    if not _is_newer(answer, invite):
        return Heard(f"{which} {reply}, which is known or older than what we know", is_done)
    changes = invite.reply is not reply
    invite.reply, invite.replied_at = reply, answer.stamp
    if reply is Reply.DECLINED and changes and _ask(booking, invite, now):
        return Heard(f"{which} declined; we ask whether to release the place", is_done)
    return Heard(f"{which} {reply}", is_done)


def _invited(answer: Answer) -> tuple[Invite, Reply | None] | None:
    """What was sent to who answers. Feeds and downloads carry a day's UID, too, so the address
    has to be that of the invitation."""
    invite = db.session.scalar(
        select(Invite)
        .join(Invite.booking)
        .join(Booking.practitioner)
        .where(Invite.uid == answer.uid, Practitioner.email.in_(answer.replies))
        .order_by(Invite.id.desc())
        .limit(1)
    )
    return None if invite is None else (invite, answer.replies[invite.booking.email])


def _is_newer(answer: Answer, invite: Invite) -> bool:
    """Whether it answers what was sent last, later than any answer before: RFC 5546 2.1.5."""
    if answer.sequence is not None and answer.sequence < invite.sequence:
        return False
    if answer.stamp is None or answer.stamp > clock.real_now() + AHEAD:
        return False
    return invite.replied_at is None or answer.stamp > invite.replied_at


def _ask(booking: Booking, invite: Invite, now: datetime) -> bool:
    """Write "Shall we release your place?", unless that was asked just now or is too late."""
    asked = db.session.scalar(
        select(Email.id)
        .where(
            Email.booking_id == booking.id,
            Email.kind == QUESTION,
            Email.queued_at > now - ASKED_ONCE_IN,
        )
        .limit(1)
    )
    if asked is not None or invite.course_day not in days_to_answer(booking, now):
        return False
    notices.write(QUESTION, booking, [], now=now, declined=invite.course_day)
    return True


def _is_declined(invite: Invite) -> bool:
    return invite.reply is Reply.DECLINED and not invite.cancelled
