"""What organisers see of the outbox: which messages went out, which wait, which failed and why."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import defer

from webapp.db import db
from webapp.errors import NotFound
from webapp.models import Booking, Email
from webapp.services.paging import Page, page


class Standing(StrEnum):
    """What became of a message so far."""

    QUEUED = "queued"
    # The server did not take it; the worker goes on trying.
    DELAYED = "delayed"
    SENT = "sent"
    GIVEN_UP = "given-up"
    # A server took it, and then it came back: nobody has read it.
    RETURNED = "returned"


CONDITIONS: dict[Standing, ColumnElement[bool]] = {
    Standing.QUEUED: and_(
        Email.sent_at.is_(None), Email.gave_up_at.is_(None), Email.failure.is_(None)
    ),
    Standing.DELAYED: and_(
        Email.sent_at.is_(None), Email.gave_up_at.is_(None), Email.failure.is_not(None)
    ),
    Standing.SENT: Email.sent_at.is_not(None),
    Standing.GIVEN_UP: and_(Email.sent_at.is_(None), Email.gave_up_at.is_not(None)),
}


def standing(email: Email) -> Standing:
    if email.bounced_at is not None:
        return Standing.RETURNED
    if email.sent_at is not None:
        return Standing.SENT
    if email.gave_up_at is not None:
        return Standing.GIVEN_UP
    return Standing.DELAYED if email.failure else Standing.QUEUED


def messages(which: Standing | None, text: str | None, number: int) -> Page[Email]:
    """A page of the messages, the latest first, without their words. `text` is part of an address
    or subject."""
    query = (
        select(Email)
        .order_by(Email.queued_at.desc(), Email.id.desc())
        .options(defer(Email.message, raiseload=True))
    )
    if which is Standing.RETURNED:
        query = query.where(Email.bounced_at.is_not(None))
    elif which is not None:
        query = query.where(CONDITIONS[which], Email.bounced_at.is_(None))
    if text is not None:
        query = query.where(
            Email.to.icontains(text, autoescape=True)
            | Email.subject.icontains(text, autoescape=True)
        )
    return page(query, number)


def of_booking(booking: Booking) -> Sequence[Email]:
    """What this person was written about the booking, the latest first, without the words."""
    return db.session.scalars(
        select(Email)
        .where(Email.booking_id == booking.id)
        .order_by(Email.queued_at.desc(), Email.id.desc())
        .options(defer(Email.message, raiseload=True))
    ).all()


def get(email_id: int) -> Email:
    """The message with its words. Raises NotFound."""
    found = db.session.get(Email, email_id)
    if found is None:
        raise NotFound("There is no such message.")
    return found
