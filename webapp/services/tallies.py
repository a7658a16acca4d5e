"""How many take part in dates, and how: counted by the database for all dates of a page."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

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

from webapp.db import db
from webapp.models import Attendance, Booking, BookingState, CourseDate

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
    rows: Any = db.session.execute(_kinds(*some), kinds) if some else ()
    for date_id, state, number, asked, walk_ins, came, unmarked in rows:
        count = counts[date_id]
        count[state.value] += number
        count["walk_ins"] += walk_ins
        count["came"] += came
        if state is WAITING:
            count["waiting"] -= asked
            count["to_approve"] += asked
        elif state is BookingState.CONFIRMED:
            count["unmarked"] += unmarked
    return counts


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
