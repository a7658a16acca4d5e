"""The people of a date as its list has them: those asked for, in order, a page at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, select
from sqlalchemy.orm import aliased, joinedload

from webapp.db import db
from webapp.errors import Refused
from webapp.formats.search import holds, plain
from webapp.models import Agency, Attendee, Booking, BookingState, CourseDate, Practitioner, Sector
from webapp.plain import LONGEST_KEY
from webapp.services import attendees
from webapp.services.paging import BY_NAME, SIZE, Page, all_of, listed, part, quickly
from webapp.services.tallies import Part

# More than sign on paper. Each takes some 50 kB while a sheet is set, of what all visitors share.
LONGEST_SHEET = 1_000
# So many mails can be written while nobody else can book.
MOST_AT_ONCE = 300


class Sort(StrEnum):
    NAME = "name"
    AGENCY = "agency"
    BOOKED = "booked"
    # The order in which freed places are offered.
    QUEUE = "queue"


SORTED_HERE = (Sort.AGENCY, Sort.QUEUE)

WORKS_AT = func.coalesce(Booking.organisation, Agency.name)
# What a search looks through: names as they are kept for the order, since those are plain already,
# and whole where the key is not.
MORE = case((func.length(Booking.sort_name) >= LONGEST_KEY, Booking.name))
SAID = (
    Booking.sort_name,
    MORE,
    Practitioner.email,
    WORKS_AT,
    Agency.name,
    Booking.job_role,
    Booking.team,
)
WORDS: ColumnElement[str] = reduce(
    lambda before, after: before + " " + func.coalesce(after, ""), SAID, literal("")
)


# Heirs are the bookings that a move or a colleague put in the place of another.
Heir, HeirDate = aliased(Booking), aliased(CourseDate)
FROM_ELSEWHERE: Mapping[str, Any] = {
    "email": Practitioner.email,
    "agency": Agency.name,
    "sector": Sector.name,
    "heir": Heir.name,
    "heir_starts_at": HeirDate.starts_at,
}
LINES = (
    select(*(FROM_ELSEWHERE.get(name) or getattr(Booking, name) for name in Attendee._fields))
    .join(Booking.practitioner)
    .join(Booking.agency)
    .join(Agency.sector)
    .outerjoin(Heir, Heir.replaces_id == Booking.id)
    .outerjoin(HeirDate, HeirDate.id == Heir.course_date_id)
    .where(Booking.id.in_(bindparam("ids", expanding=True)))
)


@dataclass(frozen=True)
class Search:
    """What an organiser asks of the list. `state` None is everybody, the cancelled included."""

    state: BookingState | None = BookingState.CONFIRMED
    text: str | None = None
    agency_id: int | None = None
    sort: Sort = Sort.NAME
    descending: bool = False


def of_date(
    date: CourseDate, search: Search, number: int = 1, parts: Sequence[Part] | None = None
) -> Page[Attendee]:
    """One page of the people found; `parts` of the date, where they were counted already."""
    if search.text is not None or search.sort in SORTED_HERE:
        return part(_found(date, search), number, _lines)
    total = None if parts is None else sum(one.number for one in parts if _speaks(one, search))
    return listed(_in_order(date, search), number, _lines, total)


def all_of_date(date: CourseDate, search: Search) -> Sequence[Attendee]:
    """Everybody found, for a sheet of paper. Raises Refused when there are too many for one."""
    found = _found(date, search)
    if reason := why_no_sheet(len(found)):
        raise Refused(reason)
    return _lines(found)


def why_no_sheet(people: int) -> str | None:
    """One sentence saying why so many are on no sheet; None when they are not too many."""
    if people <= LONGEST_SHEET:
        return None
    most = f"A sheet has room for {LONGEST_SHEET:,} people, and {people:,} have a place."
    return f"{most} The list of attendees can be downloaded as CSV or spreadsheet instead."


def chosen(date: CourseDate, ids: Collection[int]) -> Sequence[Booking]:
    """Those of these ids who are on the date or were, by name. Raises Refused when they are too
    many to be held, and written to, at once."""
    if len(ids) > MOST_AT_ONCE:
        raise Refused(f"Choose at most {MOST_AT_ONCE} people at once.")
    found = db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, Booking.id.in_(ids))
        .order_by(*BY_NAME)
        .options(joinedload(Booking.practitioner), joinedload(Booking.agency))
    )
    return found.all()


def ids_of_date(date: CourseDate, search: Search, number: int | None = None) -> Sequence[int]:
    """The ids of everybody found, or of those on one page of them."""
    found = _found(date, search)
    return found[(number - 1) * SIZE : number * SIZE] if number else found


def _found(date: CourseDate, search: Search) -> list[int]:
    """The ids of the people found, in the order asked for.

    Looked through here, and agencies sorted: databases differ on accents, and SQLite knows no case
    but that of ASCII. Of thousands nothing is read that this does not take.
    """
    query = _in_order(date, search)
    if search.text is None and search.sort not in SORTED_HERE:
        return all_of(query)
    query = query.add_columns(WORKS_AT).join(Booking.agency)
    if search.text is None:
        people = [*quickly(query)]
    else:
        wanted = plain(search.text).split()
        found = quickly(query.add_columns(WORDS).join(Booking.practitioner))
        people = [one for one in found if holds(wanted, one[-1])]
    if search.sort is Sort.AGENCY:
        people.sort(key=lambda one: plain(one[1]), reverse=search.descending)
    elif search.sort is Sort.QUEUE:
        turns = attendees.queue(date).turns
        people.sort(key=lambda one: turns.get(one[0], 0), reverse=search.descending)
    return [one[0] for one in people]


def _in_order(date: CourseDate, search: Search) -> Select[int]:
    """The same without the words searched for; who is sorted here is so in the order of names."""
    query = select(Booking.id).where(Booking.course_date_id == date.id)
    if search.state is not None:
        query = query.where(Booking.state == search.state)
    if search.agency_id is not None:
        query = query.where(Booking.agency_id == search.agency_id)
    by_time = (Booking.booked_at,) if search.sort in {Sort.BOOKED, Sort.QUEUE} else ()
    order = (*by_time, *BY_NAME)
    return query.order_by(*(one.desc() for one in order) if search.descending else order)


def _speaks(one: Part, search: Search) -> bool:
    """Whether the search, but for its words, is for these."""
    return search.state in {None, one.state} and search.agency_id in {None, one.agency_id}


def _lines(ids: Sequence[int]) -> Sequence[Attendee]:
    """Of these bookings, in this order."""
    rows = {row[0]: Attendee._make(row) for row in quickly(LINES, {"ids": ids})}
    return [rows[key] for key in ids]
