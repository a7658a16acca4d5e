"""How many take part in dates, and how: counted by the database for all dates of a page."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from webapp.models import Agency, Attendance, Booking, BookingState, CourseDate
from webapp.services.paging import quickly

PLACED, WAITING = (BookingState.CONFIRMED, BookingState.OFFERED), BookingState.WAITING
TAKES_PART = (*PLACED, WAITING)
CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)


def of(dates: Sequence[CourseDate], now: datetime) -> dict[int, Any]:
    """By the dates' ids, as `Places` names them, in one query."""
    counts: dict[int, Any] = {date.id: Counter() for date in dates}
    begun = [date.id for date in dates if date.has_started(now)]
    ahead = [date.id for date in dates if not date.has_started(now)]
    kinds = {"ahead": ahead, "begun": begun}
    some = [name for name, ids in kinds.items() if ids]
    rows = quickly(_kinds(*some), kinds) if some else ()
    for date_id, *row in rows:
        _add(counts[date_id], *row)
    return counts


class Part(NamedTuple):
    """So many bookings of one date that are alike in this, and how many of them an organiser has
    yet to allow."""

    agency_id: int
    agency: str
    sector_id: int
    state: BookingState
    attendance: Attendance | None
    is_walk_in: bool
    number: int
    to_allow: int


# Counted from an index alone, in its order, before the agencies are looked at, which are few.
ALIKE = (Booking.state, Booking.agency_id, Booking.attendance, Booking.is_walk_in)
COUNTED = (
    select(
        *ALIKE,
        func.count().label("number"),
        func.count(Booking.approval_asked_at).label("to_allow"),
    )
    .where(Booking.course_date_id == bindparam("date"))
    .group_by(*ALIKE)
    .subquery()
)
PARTS = select(
    COUNTED.c.agency_id,
    Agency.name,
    Agency.sector_id,
    *(COUNTED.c[name] for name in Part._fields[3:]),
).join(Agency, Agency.id == COUNTED.c.agency_id)


def parts(date: CourseDate) -> Sequence[Part]:
    """Everybody who is on the date or was, counted once for all that its list says of them."""
    return [*map(Part._make, quickly(PARTS, {"date": date.id}))]


def of_parts(parts: Sequence[Part], date: CourseDate, now: datetime) -> Counter[str]:
    """What `of` says of this date, from its parts."""
    count: Counter[str] = Counter()
    has_begun = date.has_started(now)
    for one in parts:
        if one.state in TAKES_PART:
            marked = one.number if has_begun and not one.is_walk_in else 0
            _add(
                count,
                one.state,
                one.number,
                one.to_allow,
                one.number if has_begun and one.is_walk_in else 0,
                marked if one.attendance in CAME else 0,
                one.number if not has_begun else marked if one.attendance is None else 0,
            )
    return count


def _add(
    count: Counter[str],
    state: BookingState,
    number: int,
    asked: int,
    walk_ins: int,
    came: int,
    unmarked: int,
) -> None:
    count[state.value] += number
    count["walk_ins"] += walk_ins
    count["came"] += came
    if state is WAITING:
        count["waiting"] -= asked
        count["to_approve"] += asked
    elif state is BookingState.CONFIRMED:
        count["unmarked"] += unmarked


@cache
def _kinds(*asked: str) -> CompoundSelect[Any]:
    """By date and state how many there are; and of them how many an organiser is to allow, walked
    in, came with a place, and are without a mark. Of dates `ahead`, those that have `begun`, or
    both.

    Before it begins nobody walks in or is marked, and an index alone tells how many have a place.
    """
    stands, number = (Booking.course_date_id, Booking.state), func.count()
    none: ColumnElement[int] = literal_column("0")
    to_allow = number.filter(Booking.approval_asked_at.is_not(None))
    marks = (
        Booking.is_walk_in,
        and_(~Booking.is_walk_in, Booking.attendance.in_(CAME)),
        and_(~Booking.is_walk_in, Booking.attendance.is_(None)),
    )
    placed = select(*stands, number, none, none, none, number)
    in_line = select(*stands, number, to_allow, none, none, none)
    marked = select(*stands, number, to_allow, *(number.filter(mark) for mark in marks))
    parts = [
        (placed, "ahead", PLACED),
        (in_line, "ahead", (WAITING,)),
        (marked, "begun", TAKES_PART),
    ]
    return union_all(
        *(
            part.where(
                Booking.course_date_id.in_(bindparam(which, expanding=True)),
                Booking.state.in_(states),
            ).group_by(*stands)
            for part, which, states in parts
            if which in asked
        )
    )
