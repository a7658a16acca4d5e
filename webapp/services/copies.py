"""What became of the copies of a message to many."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import defer

from webapp.db import db
from webapp.models import DateMessage, Email
from webapp.services.correspondence import CONDITIONS, Standing
from webapp.services.paging import Page, page

STANDINGS: dict[Standing, ColumnElement[bool]] = {
    **{which: and_(held, Email.bounced_at.is_(None)) for which, held in CONDITIONS.items()},
    Standing.RETURNED: Email.bounced_at.is_not(None),
}


def progress(messages: Sequence[DateMessage]) -> Mapping[int, Mapping[Standing, int]]:
    """What became of the copies so far, by message id: how many are how."""
    rows = db.session.execute(
        select(Email.date_message_id, *(func.count().filter(is_so) for is_so in STANDINGS.values()))
        .where(Email.date_message_id.in_([message.id for message in messages]))
        .group_by(Email.date_message_id)
    )
    found = {key: dict(zip(STANDINGS, numbers, strict=True)) for key, *numbers in rows}
    return {message.id: found.get(message.id, dict.fromkeys(STANDINGS, 0)) for message in messages}


def in_trouble(message: DateMessage, number: int = 1) -> Page[Email]:
    """A page of the copies that have not arrived and are not simply waiting to go."""
    trouble = [STANDINGS[which] for which in (Standing.DELAYED, Standing.GIVEN_UP)]
    return page(
        select(Email)
        .where(Email.date_message_id == message.id, or_(Email.bounced_at.is_not(None), *trouble))
        .order_by(Email.id)
        .options(defer(Email.message, raiseload=True)),
        number,
    )
