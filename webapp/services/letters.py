"""Messages as they were written, found for whoever may read them."""

from collections.abc import Sequence

from sqlalchemy import select

from webapp.db import db
from webapp.errors import NotFound
from webapp.formats import letters
from webapp.models import Email


def answering(submission: str) -> Sequence[Email]:
    """What was written in answer to this form, the first to be written first."""
    return db.session.scalars(
        select(Email)
        .where(Email.submission == submission, Email.message.is_not(None))
        .order_by(Email.id)
    ).all()


def as_written(message_id: str) -> letters.Letter:
    """The message with this id, given without its angle brackets. Raises NotFound."""
    message = db.session.scalar(select(Email.message).where(Email.message_id == f"<{message_id}>"))
    if message is None:
        raise NotFound("There is no such message.")
    return letters.read(message)
