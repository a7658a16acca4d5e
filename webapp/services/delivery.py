"""Messages that leave: taken one by one, handed over, and what became of each written down.

Three steps, because nothing may be locked while a mail server thinks, and because a message is
marked as taken, for good, before the server is asked:

    parcel = take(now) -> the door commits -> outcome = hand_over(parcel) -> settle(...) -> commit

A message found taken without an outcome is one whose worker was stopped in between. Nobody knows
whether the server has it, so it is repeated once, under the same Message-ID, and then given up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from webapp.db import db, fetch
from webapp.errors import AnswerLost, Postponed, Rejected, Unreachable
from webapp.gateways import mail
from webapp.models import Email
from webapp.services import old_mails, outbox

MINUTES = (1, 5, 15, 60, 4 * 60, 8 * 60, 12 * 60, 24 * 60)
PAUSES = [timedelta(minutes=minutes) for minutes in MINUTES]
# No pause reaches so far: such a moment is of another clock, as when a command was run without the
# demonstration's day, or a clock was put back.
OTHER_CLOCK = 2 * PAUSES[-1]
# Longer than any conversation with a mail server lasts.
STOPPED_AFTER = timedelta(minutes=10)
LOST_TWICE = (
    "The answer to this message was lost twice, so it may have arrived once, twice or not at all."
)
STOPPED = "Sending was interrupted, so this message may have arrived already."
OTHER_KEY = "It was written under another secret key, and cannot be read with the one set now."
EARLIER = aliased(Email)
# An earlier one about the same booking is still on its way: taken out before it is put in, an
# entry would stay in the diary.
IS_BEHIND = (
    select(EARLIER.id)
    .where(
        EARLIER.booking_id == Email.booking_id,
        EARLIER.to == Email.to,
        EARLIER.id < Email.id,
        EARLIER.sent_at.is_(None),
        EARLIER.gave_up_at.is_(None),
        EARLIER.message.is_not(None),
    )
    .exists()
)


@dataclass(frozen=True)
class Parcel:
    """One message, copied from its row, so that it can be handed over with no database open."""

    email_id: int
    taken_at: datetime
    kind: str
    message: bytes
    sender: str
    to: str


@dataclass(frozen=True)
class Outcome:
    """What became of a parcel; `error` None means that it was taken."""

    error: Unreachable | Postponed | Rejected | AnswerLost | None = None

    @property
    def is_server_down(self) -> bool:
        """Any other message would fare the same now."""
        return isinstance(self.error, Unreachable)


def take(*, now: datetime) -> Parcel | None:
    """Mark the next message due as taken; the caller commits before it hands the parcel over.

    Two workers never take the same: PostgreSQL skips what another is taking, and on SQLite only
    one can write at a time.
    """
    email = db.session.scalar(
        select(Email)
        .where(
            Email.sent_at.is_(None),
            Email.gave_up_at.is_(None),
            Email.message.is_not(None),
            or_(Email.next_try_at <= now, Email.next_try_at > now + OTHER_CLOCK),
            or_(
                Email.taken_at.is_(None),
                Email.taken_at <= now - STOPPED_AFTER,
                Email.taken_at > now + OTHER_CLOCK,
            ),
            ~IS_BEHIND,
        )
        .order_by(Email.next_try_at, Email.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if email is None:
        return None
    if email.taken_at is not None:
        _lose(email, STOPPED, now)
        if email.gave_up_at is not None:
            db.session.flush()
            return take(now=now)
    if email.message is None:
        email.gave_up_at, email.failure = now, OTHER_KEY
        db.session.flush()
        return take(now=now)
    email.taken_at = now
    email.tries += 1
    _, address = outbox.sender()
    return Parcel(email.id, now, email.kind, email.message, address, email.to)


def hand_over(parcel: Parcel, *, smtp_url: str | None, folder: Path) -> Outcome:
    """To the mail server, or, where none is set, into a file in `folder`."""
    try:
        if smtp_url:
            mail.send(parcel.message, sender=parcel.sender, to=parcel.to, smtp_url=smtp_url)
        else:
            mail.write(parcel.message, folder=folder, name=_file(parcel.email_id, parcel.kind))
    except (Unreachable, Postponed, Rejected, AnswerLost) as error:
        return Outcome(error)
    return Outcome()


def settle(parcel: Parcel, outcome: Outcome, *, now: datetime) -> str:
    """Write down what became of it, and say it in a word or two."""
    email = fetch(Email, parcel.email_id)
    if outcome.error is None:
        email.sent_at = now
        email.failure = email.taken_at = email.gave_up_at = None
        return "sent"
    if email.taken_at != parcel.taken_at:
        return "took too long, and was taken again"
    email.taken_at = None
    if isinstance(outcome.error, AnswerLost):
        _lose(email, str(outcome.error), now)
    else:
        email.failure = str(outcome.error)
    if isinstance(outcome.error, Rejected) or email.tries > len(PAUSES):
        email.gave_up_at = now
    if email.gave_up_at is not None:
        return "given up"
    email.next_try_at = now + PAUSES[email.tries - 1]
    return "not sent, to be tried again"


def purge(*, folder: Path, now: datetime) -> int:
    """Forget the words of old messages, in the database and in files; say of how many."""
    purged = old_mails.purge(now=now)
    for email in purged:
        mail.discard(folder=folder, name=_file(email.id, email.kind))
    return len(purged)


def _lose(email: Email, failure: str, now: datetime) -> None:
    """One more answer lost. After the second there is no knowing what the person got: stop."""
    email.answers_lost += 1
    email.failure = failure
    if email.answers_lost > 1:
        email.gave_up_at, email.failure, email.taken_at = now, LOST_TWICE, None


def _file(email_id: int, kind: str) -> str:
    return f"{email_id:06}-{kind}.eml"
