"""People known by a work email: found, made, and sent the way to what they have booked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.models import Booking, BookingState, CourseDate, DateState, Email, Practitioner
from webapp.services import diaries, links, outbox, places

OF_ADDRESS = select(Practitioner).where(Practitioner.email == bindparam("email"))
# SQLite understands these words, too.
TABLE = Practitioner.metadata.tables[Practitioner.__tablename__]
UNLESS_KNOWN = insert(TABLE).on_conflict_do_nothing(index_elements=["email"])


def find(email: str) -> Practitioner | None:
    return db.session.scalar(OF_ADDRESS, {"email": email.strip().lower()})


def find_or_make(email: str, *, now: datetime) -> Practitioner:
    """The one row of this address. When two make it at once, the later one gets the earlier's."""
    address = email.strip().lower()
    db.session.execute(UNLESS_KNOWN, {"email": address, "created_at": now})
    return db.session.scalars(OF_ADDRESS, {"email": address}).one()


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


def bookings_of(practitioner: Practitioner, *which: ColumnElement[bool]) -> Sequence[Booking]:
    """Those of these bookings and dates, in the order in which dates are held."""
    return db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(Booking.practitioner_id == practitioner.id, *which)
        .order_by(CourseDate.id)
        .options(joinedload(Booking.course_date).joinedload(CourseDate.course))
    ).all()


def is_coming(now: datetime) -> ColumnElement[bool]:
    """Of a booking's date: it is in diaries, and not over."""
    return (CourseDate.state == DateState.PUBLISHED) & (CourseDate.ends_at > now)


def choose_title(practitioner: Practitioner, discreet: bool, *, now: datetime) -> int:
    """Let this person's diary say what they come to, or only "Training".

    What is coming is sent to it once more, one mail an entry; how many comes back. Chosen again,
    nothing happens. The mails themselves are discreet: see `outbox.queue`.
    """
    chosen = db.session.scalar(
        update(Practitioner)
        .where(Practitioner.id == practitioner.id, Practitioner.is_discreet != discreet)
        .values(is_discreet=discreet, diary_changed_at=now)
        .returning(Practitioner.id)
    )
    if chosen is None:
        return 0
    db.session.refresh(practitioner)
    sure = Booking.state == BookingState.CONFIRMED
    coming = bookings_of(practitioner, sure, is_coming(now))
    entries = [entry for booking in coming for entry in _again(booking, now)]
    db.session.add_all(entries)
    return len(entries)


def _again(booking: Booking, now: datetime) -> list[Email]:
    """A mail for each entry to come, with the SEQUENCE that lets diaries take the newer one."""
    date = places.hold_for(booking)
    if booking.state is not BookingState.CONFIRMED or date.is_off:
        return []
    for invite in booking.invites:
        if invite.course_day.ends_at > now:
            invite.extra += 1
    return [
        outbox.write(
            "diary_title",
            to=booking.email,
            now=now,
            booking=booking,
            calendar=entry,
            entry=entry,
            date=date,
            day=entry.day,
        )
        for entry in diaries.updates(booking, now=now)
    ]


def leave_nobody(practitioner: Practitioner, *, now: datetime) -> None:
    """Nobody is behind this row any more. It stays, as its number stands in links that were sent,
    and no other person may ever have it."""
    practitioner.email = f"erased-{practitioner.id}@{outbox.NOBODY}"
    practitioner.erased_at = now
    practitioner.link_generation += 1
    renew_feed(practitioner)
    practitioner.is_discreet, practitioner.diary_changed_at = False, None
    db.session.flush()


def nobodies(number: int, *, now: datetime) -> Sequence[Practitioner]:
    """Rows to which seats belong whose people are forgotten."""
    made = [
        Practitioner(email=f"erased-{uuid4()}@{outbox.NOBODY}", created_at=now, erased_at=now)
        for _ in range(number)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


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
