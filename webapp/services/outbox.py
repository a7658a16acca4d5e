"""Messages on their way: written here with what they announce, in the same transaction.

Delivery, which happens later and elsewhere, is in `delivery`.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from uuid import uuid4

from flask import current_app
from jinja2 import Environment, StrictUndefined
from sqlalchemy import exists, select

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import mail_words, messages
from webapp.formats.calendar import Invitation
from webapp.formats.plain_text import one_line
from webapp.models import Booking, Email, Partnership
from webapp.services import links, partnership

# Mails whose words say no more than their diary entry.
NOTHING_BUT_AN_ENTRY = {"further_day", "day_taken_out", "old_date", "session_invitation"}
# The domain of those who asked to be forgotten (RFC 2606, 2): nothing is written to them.
NOBODY = "erased.invalid"
# What line managers and those who lead on training in an agency are told of others.
ABOUT_OTHERS = (
    "manager_booked",
    "manager_week_booked",
    "manager_changed",
    "manager_no_place",
    "missed_manager",
    "missed_lead",
)
# Mails that leave the diary alone, so that it does not matter which of them arrives last.
NO_ENTRY = (
    "date_message",
    "joining_instructions",
    "certificate",
    "certificate_withdrawn",
    "evaluation",
    "evaluation_reminder",
    "missed_note",
    "week_booked",
    *ABOUT_OTHERS,
)


def sender(ours: Partnership | None = None) -> tuple[str, str]:
    """The name and address every message is from, and whom an invitation names as organiser."""
    ours = ours or partnership.get()
    return ours.contact_name, current_app.config["MAIL_FROM"] or ours.contact_email


def queue(
    kind: str,
    *,
    to: str,
    now: datetime,
    booking: Booking | None = None,
    submission: str | None = None,
    calendar: Invitation | None = None,
    **facts: Any,
) -> Email:
    """Write a message and put it in the outbox, from where it leaves once the door commits.

    Exchange names an entry after the subject of the mail it came in, and fills it with the mail's
    text. So the entry of somebody discreet travels in a second mail, which says what it says.
    """
    written = partial(write, to=to, now=now, booking=booking, submission=submission)
    if calendar is None or booking is None or not booking.practitioner.is_discreet:
        emails = [written(kind, calendar=calendar, **facts)]
    else:
        emails = [written("diary_entry", calendar=calendar, entry=calendar)]
        if kind not in NOTHING_BUT_AN_ENTRY:
            emails.insert(0, written(kind, this_mail="a second mail", **facts))
    db.session.add_all(emails)
    return emails[0]


def write(
    kind: str,
    *,
    to: str,
    now: datetime,
    booking: Booking | None = None,
    submission: str | None = None,
    calendar: Invitation | None = None,
    this_mail: str = "this mail",
    to_name: str | None = None,
    ours: Partnership | None = None,
    chosen: Mapping[str, str] | None = None,
    **facts: object,
) -> Email:
    """The message that templates/emails/<kind>.txt makes of these facts; its first line is the
    subject. Needs no request: the worker and commands write too.

    `this_mail` is what its words call the one with the diary entry; who writes to many has looked
    up `ours` once, and who only tries words has `chosen` them. `to_name` is whose mailbox it is,
    where that is not the person of the `booking`.
    """
    ours = ours or partnership.get()
    name, address = sender(ours)
    if chosen is None:
        chosen = ours.mail_words.get(kind, {})
    facts = {**facts, "booking": booking, "now": now}
    text = (
        _templates(current_app.jinja_env)
        .get_template(f"emails/{kind}.txt")
        .render(
            partnership=ours,
            link=links.address,
            this_mail=this_mail,
            said=mail_words.said(kind, chosen, facts),
            **facts,
        )
    )
    subject, _, body = text.lstrip().partition("\n")
    is_for_nobody = to.endswith(f"@{NOBODY}")
    message_id = f"<{uuid4()}@{address.rpartition('@')[2]}>"
    return Email(
        kind=kind,
        to=to,
        subject=one_line(subject),
        message_id=message_id,
        message=None
        if is_for_nobody
        else messages.build(
            sender=(name, address),
            to=to,
            to_name=to_name or (booking.name if booking and to == booking.email else None),
            subject=subject,
            text=body,
            message_id=message_id,
            # Mail systems weigh it against the real clock, whatever the house clock shows.
            date=clock.real_now(),
            invitation=calendar,
        ),
        gave_up_at=now if is_for_nobody else None,
        purged_at=now if is_for_nobody else None,
        booking_id=booking.id if booking else None,
        submission=submission,
        queued_at=now,
        next_try_at=now,
        tries=0,
        answers_lost=0,
    )


def try_again(email: Email, *, now: datetime) -> None:
    """An organiser asks for another round of tries. Raises Refused when there is nothing to try."""
    if email.sent_at is not None:
        raise Refused("This message has been sent already.")
    if email.message is None:
        raise Refused("The text of this message has been deleted, so it cannot be sent again.")
    if email.gave_up_at is not None and email.kind not in NO_ENTRY and _was_followed(email):
        raise Refused(
            "A later message about this booking has been sent. This one would put the person's"
            " diary back to what was true before."
        )
    if email.gave_up_at is not None:
        email.gave_up_at = email.taken_at = None
        email.tries = email.answers_lost = 0
    email.next_try_at = now


def _was_followed(email: Email) -> bool:
    """Whether the same person was sent something newer about the same booking."""
    later = (
        Email.booking_id == email.booking_id,
        Email.to == email.to,
        Email.queued_at > email.queued_at,
        Email.sent_at.is_not(None),
        Email.kind.not_in(NO_ENTRY),
    )
    return bool(db.session.scalar(select(exists().where(*later))))


@lru_cache(maxsize=1)
def _templates(pages: Environment) -> Environment:
    """The app's templates as letters need them: a missing fact is an error, not a gap."""
    letters = pages.overlay(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    letters.filters = {**pages.filters, "one_line": one_line}
    return letters
