"""Where a date is held and how many fit: changed by organisers, told to everybody with a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.models import Booking, BookingState, CourseDate, DateState
from webapp.services import diaries, links, outbox, places, waiting_list


@dataclass(frozen=True)
class Arrangements:
    """What organisers settle of a date. `capacity` None is as many as come; `closes_at` None is
    at the start."""

    capacity: int | None
    room: str | None
    platform: str | None
    join_link: str | None
    before_you_come: str | None
    closes_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One thing that people with a place must know is different; None is "nothing so far"."""

    what: str
    old: str | None
    new: str | None


def of(date: CourseDate) -> Arrangements:
    return Arrangements(**{name: getattr(date, name) for name in Arrangements.__dataclass_fields__})


def arrange(date: CourseDate, new: Arrangements, *, now: datetime) -> int:
    """Change the date and tell of it; freed places are offered on. Says how many were written to.

    Raises Refused when fewer places are asked for than are taken.
    """
    places.hold(date)
    taken = places.of(date).taken
    if new.capacity is not None and new.capacity < taken:
        raise Refused(f"There are {counted(taken, 'place')} taken, so there cannot be fewer.")
    old = of(date)
    for name in Arrangements.__dataclass_fields__:
        setattr(date, name, getattr(new, name))
    date.updated_at = now
    # Shown to somebody and saved: from now on it is the organisers' word.
    date.demonstration_values = [
        name for name in date.demonstration_values if name not in Arrangements.__dataclass_fields__
    ]
    changes = [
        Change("The room", old.room, new.room),
        Change("The platform", old.platform, new.platform),
        Change("The link to join", old.join_link, new.join_link),
    ]
    told = tell(date, [change for change in changes if change.old != change.new], now=now)
    waiting_list.offer_free_places(date, now=now)
    return told


def tell(date: CourseDate, changes: list[Change], *, now: datetime) -> int:
    """Say the changes to everybody with a place, diaries included.

    RFC 5545 3.8.7.4: SEQUENCE goes up when a place or a link changes.
    """
    if not changes:
        return 0
    date.revise(now=now)
    db.session.flush()
    if date.state is not DateState.PUBLISHED or date.is_past(now):
        return 0
    confirmed = _confirmed(date)
    for booking in confirmed:
        for number, invitation in enumerate(diaries.invitations(booking, now=now), start=1):
            outbox.queue(
                "booking_changed",
                to=booking.email,
                now=now,
                booking=booking,
                calendar=invitation,
                date=date,
                course=date.course,
                changes=changes,
                number=number,
                token=links.booking_token(booking),
            )
    return len(confirmed)


def _confirmed(date: CourseDate) -> Sequence[Booking]:
    return db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, Booking.state == BookingState.CONFIRMED)
        .order_by(Booking.id)
        .options(joinedload(Booking.practitioner), selectinload(Booking.invites))
    ).all()
