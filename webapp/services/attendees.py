"""Who is on a course date: counted, searched, and what they need; for organisers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, func, literal, null, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.formats.search import holds, plain
from webapp.models import (
    AccessNeeds,
    Agency,
    Booking,
    BookingState,
    CourseDate,
    Practitioner,
    Sector,
)
from webapp.services import mixes
from webapp.services.paging import SIZE, Page, page, part, quickly

# More than any hall holds; a longer file is more likely a mistake than a wish.
LONGEST_FILE = 10_000
# So many mails can be written while nobody else can book.
MOST_AT_ONCE = 300


class Sort(StrEnum):
    NAME = "name"
    AGENCY = "agency"
    BOOKED = "booked"
    # The order in which freed places are offered.
    QUEUE = "queue"


WORKS_AT = func.coalesce(Booking.organisation, Agency.name)
# What people are sorted by before their names, the turn in the queue apart.
FIRST: Mapping[Sort, ColumnElement[Any]] = {
    Sort.NAME: null(),
    Sort.AGENCY: WORKS_AT,
    Sort.BOOKED: Booking.booked_at.expression,
    Sort.QUEUE: Booking.booked_at.expression,
}
# What a search looks through.
SAID = (Booking.name, Practitioner.email, WORKS_AT, Agency.name, Booking.job_role, Booking.team)
WORDS: ColumnElement[str] = reduce(
    lambda before, after: before + " " + func.coalesce(after, ""), SAID, literal("")
)


@dataclass(frozen=True)
class Search:
    """What an organiser asks of the list. `state` None is everybody, the cancelled included."""

    state: BookingState | None = BookingState.CONFIRMED
    text: str | None = None
    agency_id: int | None = None
    sort: Sort = Sort.NAME
    descending: bool = False


def of_date(date: CourseDate, search: Search, number: int = 1) -> Page[Booking]:
    """One page of the people found, with their agencies and addresses."""
    return part(_found(date, search), number, _with_agencies)


def all_of_date(date: CourseDate, search: Search) -> Sequence[Booking]:
    """Everybody found, for a file. Raises Refused when there are too many for one."""
    found = _found(date, search)
    if len(found) > LONGEST_FILE:
        raise Refused(f"This list has more than {LONGEST_FILE:,} people. Filter it first.")
    return _with_agencies(found)


def chosen(date: CourseDate, ids: Collection[int]) -> Sequence[Booking]:
    """Those of these ids who are on the date or were, by name. Raises Refused when they are too
    many to be held, and written to, at once."""
    if len(ids) > MOST_AT_ONCE:
        raise Refused(f"Choose at most {MOST_AT_ONCE} people at once.")
    found = db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, Booking.id.in_(ids))
        .options(joinedload(Booking.practitioner), joinedload(Booking.agency))
    )
    return sorted(found, key=lambda one: (plain(one.name), one.id))


def ids_of_date(date: CourseDate, search: Search, number: int | None = None) -> Sequence[int]:
    """The ids of everybody found, or of those on one page of them."""
    found = _found(date, search)
    return found[(number - 1) * SIZE : number * SIZE] if number else found


def by_state(date: CourseDate) -> Mapping[BookingState, int]:
    """How many stand how; every state is a key."""
    counted = db.session.execute(
        select(Booking.state, func.count())
        .where(Booking.course_date_id == date.id)
        .group_by(Booking.state)
    )
    return dict.fromkeys(BookingState, 0) | {state: number for state, number in counted}  # noqa: C416


def by_agency(date: CourseDate, state: BookingState | None) -> Sequence[tuple[Agency, int]]:
    """How many come from which agency, the most first."""
    counted = (
        select(Booking.agency_id, func.count().label("number"))
        .where(Booking.course_date_id == date.id, *_in_state(state))
        .group_by(Booking.agency_id)
        .subquery()
    )
    return [
        (agency, number)
        for agency, number in db.session.execute(
            select(Agency, counted.c.number)
            .join(counted, counted.c.agency_id == Agency.id)
            .order_by(counted.c.number.desc(), Agency.name, Agency.id)
        )
    ]


def with_needs(bookings: Sequence[Booking]) -> frozenset[int]:
    """The ids of those who told us of a need; not the needs."""
    return frozenset(
        db.session.scalars(
            select(AccessNeeds.booking_id).where(
                AccessNeeds.booking_id.in_([booking.id for booking in bookings]), _is_a_need()
            )
        )
    )


def access_needs(date: CourseDate, number: int = 1) -> Page[AccessNeeds]:
    """A page of what people with a place need, by name; those without one are nobody's business
    here."""
    return page(
        select(AccessNeeds)
        .join(AccessNeeds.booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.state.in_([BookingState.CONFIRMED, BookingState.OFFERED]),
            _is_a_need(),
        )
        .order_by(func.lower(Booking.name), Booking.id)
        .options(joinedload(AccessNeeds.booking).joinedload(Booking.practitioner)),
        number,
    )


@dataclass(frozen=True)
class Queue:
    """Everybody who waits, by booking id: where they stand, 1 is next; and who of them comes before
    somebody that has waited longer, being of a sector that is missing."""

    turns: Mapping[int, int]
    ahead: Collection[int]


def queue(date: CourseDate) -> Queue:
    line = mixes.turns(date)
    turns = {one.id: position for position, one in enumerate(line, start=1)}
    return Queue(turns, mixes.ahead(line))


def get_booking(booking_id: int) -> Booking:
    """One booking with all that its page shows. Raises NotFound."""
    found = db.session.scalar(
        select(Booking)
        .where(Booking.id == booking_id)
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.agency).joinedload(Agency.sector),
            joinedload(Booking.terms),
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            joinedload(Booking.course_date).joinedload(CourseDate.venue),
            joinedload(Booking.replaces).joinedload(Booking.course_date),
            joinedload(Booking.replaced_by).joinedload(Booking.course_date),
        )
    )
    if found is None:
        raise NotFound("There is no such booking.")
    return found


def note(booking: Booking, text: str | None, *, now: datetime) -> None:
    """Keep an organiser's remark; None takes it away."""
    booking.note, booking.updated_at = text, now


def _found(date: CourseDate, search: Search) -> list[int]:
    """The ids of the people found, in the order asked for.

    Looked through and sorted here: databases differ on accents, and SQLite knows no case but that
    of ASCII. Of thousands nothing is read that this does not take.
    """
    said = null() if search.text is None else WORDS
    query = select(Booking.id, Booking.name, FIRST[search.sort], said).where(
        Booking.course_date_id == date.id, *_in_state(search.state)
    )
    if search.text is not None or search.sort is Sort.AGENCY:
        query = query.join(Booking.practitioner).join(Booking.agency)
    if search.agency_id is not None:
        query = query.where(Booking.agency_id == search.agency_id)
    people = quickly(query)
    if search.text is not None:
        wanted = plain(search.text).split()
        people = [one for one in people if holds(wanted, one[-1])]
    turns = queue(date).turns if search.sort is Sort.QUEUE else {}
    found = [
        (turns.get(key, 0), plain(first) if isinstance(first, str) else first, plain(name), key)
        for key, name, first, _ in people
    ]
    return [key[-1] for key in sorted(found, reverse=search.descending)]


def _with_agencies(ids: Sequence[int]) -> Sequence[Booking]:
    """These bookings in this order."""
    heir = joinedload(Booking.replaced_by)
    agency = joinedload(Booking.agency)
    found = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(
            joinedload(Booking.practitioner),
            agency.load_only(Agency.name),
            agency.joinedload(Agency.sector).load_only(Sector.name),
            heir.load_only(Booking.name),
            heir.joinedload(Booking.course_date).load_only(CourseDate.starts_at),
        )
    )
    rows = {booking.id: booking for booking in found}
    return [rows[key] for key in ids]


def _in_state(state: BookingState | None) -> list[ColumnElement[bool]]:
    return [] if state is None else [Booking.state == state]


def _is_a_need() -> ColumnElement[bool]:
    return or_(AccessNeeds.access.is_not(None), AccessNeeds.dietary.is_not(None))
