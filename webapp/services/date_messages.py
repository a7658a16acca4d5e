"""What organisers write to many people on a date: drafted, looked at as one of them will read it,
and sent once. What became of the copies is in `copies`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import joinedload

from webapp.db import db, lock
from webapp.errors import NotFound, Refused
from webapp.formats import letters, placeholders
from webapp.formats.plain_text import one_line
from webapp.models import (
    Booking,
    CourseDate,
    DateMessage,
    Email,
    Organiser,
    Partnership,
    WrittenTo,
)
from webapp.services import links, outbox, partnership, recipients
from webapp.services.paging import Page, page

NOBODY = "There is nobody to write to among these people."
SENT = "This message has been sent already."
HAS_LEFT = "The message has begun to leave, so it can no longer be stopped."
# The copies wait so long, in case somebody sees at once what is wrong with them.
HELD = timedelta(minutes=1)
# In what is for somebody else's eyes, in place of a private link.
ITS_LINK = "(here each person has the link to their own booking)"


@dataclass(frozen=True)
class Said:
    """What an organiser wrote, and to whom; the gaps in it are still open."""

    written_to: WrittenTo
    agency_id: int | None
    subject: str
    body: str
    chosen: Sequence[int] = ()


def get(message_id: int) -> DateMessage:
    """The message with all that its pages and copies say. Raises NotFound."""
    found = db.session.scalar(
        select(DateMessage)
        .where(DateMessage.id == message_id)
        .options(
            joinedload(DateMessage.course_date).joinedload(CourseDate.course),
            joinedload(DateMessage.course_date).joinedload(CourseDate.venue),
            joinedload(DateMessage.course_date).selectinload(CourseDate.all_days),
            joinedload(DateMessage.organiser).lazyload(Organiser.roles),
            joinedload(DateMessage.agency),
        )
    )
    if found is None:
        raise NotFound("There is no such message.")
    return found


def of_date(date: CourseDate, number: int = 1) -> Page[DateMessage]:
    """A page of what was written to people on this date: drafts first, then the latest."""
    return page(
        select(DateMessage)
        .where(DateMessage.course_date_id == date.id)
        .order_by(
            DateMessage.queued_at.is_not(None), DateMessage.queued_at.desc(), DateMessage.id.desc()
        )
        .options(
            joinedload(DateMessage.organiser).lazyload(Organiser.roles),
            joinedload(DateMessage.agency),
        ),
        number,
    )


def draft(date: CourseDate, said: Said, organiser: Organiser) -> DateMessage:
    """Keep what somebody wrote; nobody is sent anything yet. Raises Refused."""
    message = DateMessage(course_date_id=date.id)
    _write(message, said, organiser)
    return message


def change(message: DateMessage, said: Said, organiser: Organiser) -> None:
    """Write a draft anew. Raises Refused."""
    _hold_draft(message)
    _write(message, said, organiser)


def how_many(message: DateMessage) -> int:
    """How many people it would be sent to now."""
    return db.session.scalars(
        select(func.count()).select_from(recipients.people(message).subquery())
    ).one()


def one_of(message: DateMessage, number: int) -> Booking | None:
    """The person whose turn is `number`, from 1, of those it would be sent to."""
    return db.session.scalar(recipients.people(message).offset(max(number, 1) - 1).limit(1))


def as_read_by(booking: Booking, message: DateMessage, *, now: datetime) -> letters.Letter:
    """What this person would read, their private link included; nothing is sent."""
    copy = _copy(message, booking, partnership.get(), now)
    assert copy.message is not None
    return letters.read(copy.message)


def send(message: DateMessage, organiser: Organiser, *, now: datetime) -> int:
    """Queue a copy for everybody it is for; says how many there are. They leave a minute later.

    A message that was sent before, as when the button is pressed twice, is not sent again: then
    there are none. Raises Refused when it is for nobody any more.
    """
    if not _hold(message):
        return 0
    people = db.session.scalars(recipients.people(message)).all()
    if not people:
        raise Refused(NOBODY)
    ours = partnership.get()
    message.queued_at, message.organiser_id = now, organiser.id
    emails = [_copy(message, booking, ours, now) for booking in people]
    for email in emails:
        email.next_try_at = now + HELD
    db.session.add_all(emails)
    return len(people)


def take_back(message: DateMessage) -> None:
    """Make it a draft again while every copy is still here. Raises Refused once one has left."""
    if _hold(message):
        return
    copies = Email.date_message_id == message.id
    db.session.execute(
        delete(Email)
        .where(copies, Email.tries == 0, Email.sent_at.is_(None))
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(select(exists().where(copies))):
        raise Refused(HAS_LEFT)
    message.queued_at = None


def send_test(message: DateMessage, organiser: Organiser, *, now: datetime) -> None:
    """Send it to who asks for it and to nobody else, with their name and without a link."""
    _hold_draft(message)
    db.session.add(
        _written(message, partnership.get(), now, organiser.email, str(organiser), ITS_LINK)
    )


def discard(message: DateMessage) -> None:
    """Throw a draft away. Raises Refused once it was sent."""
    _hold_draft(message)
    db.session.delete(message)


def _copy(message: DateMessage, booking: Booking, ours: Partnership, now: datetime) -> Email:
    link = links.address("public.booking", token=links.booking_token(booking))
    return _written(message, ours, now, booking.email, booking.name, link, booking)


def _written(
    message: DateMessage,
    ours: Partnership,
    now: datetime,
    to: str,
    name: str,
    link: str,
    booking: Booking | None = None,
) -> Email:
    date = message.course_date
    values = {
        **placeholders.of_date(date),
        placeholders.NAME: one_line(name),
        placeholders.LINK: link,
    }
    email = outbox.write(
        "date_message",
        to=to,
        now=now,
        booking=booking,
        ours=ours,
        date=date,
        course=date.course,
        is_over=date.is_past(now),
        about=placeholders.filled(message.subject, values),
        body=placeholders.filled(message.body, values),
        own_link=None if placeholders.has(message.body, placeholders.LINK) else link,
    )
    email.date_message_id = message.id if booking else None
    return email


def _write(message: DateMessage, said: Said, organiser: Organiser) -> None:
    message.written_to, message.agency_id = said.written_to, said.agency_id
    message.subject, message.body = said.subject, said.body
    message.chosen = list(said.chosen) or None
    message.organiser_id = organiser.id
    db.session.add(message)
    db.session.flush()
    if not how_many(message):
        raise Refused(NOBODY)


def _hold(message: DateMessage) -> bool:
    """Make everybody else who would send or change it wait; whether it is a draft still."""
    lock(DateMessage.subject, DateMessage.id == message.id)
    db.session.refresh(
        message, ["queued_at", "subject", "body", "written_to", "agency_id", "chosen"]
    )
    return message.queued_at is None


def _hold_draft(message: DateMessage) -> None:
    if not _hold(message):
        raise Refused(SENT)
