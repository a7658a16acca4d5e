"""People known by a work email: found, made, and sent the way to what they have booked."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from webapp.db import db
from webapp.models import Booking, Practitioner
from webapp.services import links, outbox


def find(email: str) -> Practitioner | None:
    return db.session.scalar(
        select(Practitioner).where(Practitioner.email == email.strip().lower())
    )


def find_or_make(email: str, *, now: datetime) -> Practitioner:
    """The one row of this address. When two make it at once, the later one gets the earlier's."""
    known = find(email)
    if known is not None:
        return known
    made = Practitioner(email=email.strip().lower(), created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return db.session.scalars(
            select(Practitioner).where(Practitioner.email == made.email)
        ).one()
    return made


def send_my_link(email: str, *, submission: str | None = None, now: datetime) -> None:
    """Mail the link to all their bookings, if we know this address; the caller never learns.

    The letter is written either way, so that the time it takes tells nothing either.
    """
    known = find(email)
    whom = known or Practitioner(id=0, email=email, link_generation=0)
    letter = outbox.write(
        "my_link",
        to=whom.email,
        now=now,
        submission=submission,
        token=links.my_token(whom, now),
        days=links.MY_LINK_LASTS.days,
    )
    if known is not None:
        db.session.add(letter)


def renew_feed(practitioner: Practitioner) -> None:
    """Give the calendar feed another address; who has the old one sees nothing any more."""
    practitioner.feed_generation += 1


def end_links(practitioner: Practitioner, *, submission: str | None = None, now: datetime) -> None:
    """Stop every link to this person's bookings and feed sent so far, and mail them a fresh one.

    The link that withdraws an interest shows nothing, so it stays.
    """
    practitioner.link_generation += 1
    renew_feed(practitioner)
    db.session.execute(
        update(Booking)
        .where(Booking.practitioner_id == practitioner.id)
        .values(link_generation=Booking.link_generation + 1)
    )
    outbox.queue(
        "links_ended",
        to=practitioner.email,
        now=now,
        submission=submission,
        token=links.my_token(practitioner, now),
        days=links.MY_LINK_LASTS.days,
    )
