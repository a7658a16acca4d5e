"""What became of the places that came free on a date: who else took them, and after how long.

Reckoned from bookings that are over: nothing here is kept beside them.
"""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from webapp.models import BookingState, Ending, Seats

WAITS = (BookingState.WAITING, BookingState.OFFERED)
# How somebody who had a place gave it up.
GIVEN_UP = (Ending.BY_PRACTITIONER, Ending.BY_ORGANISER, Ending.MOVED, Ending.SUBSTITUTED)


def of(starts_at: datetime, capacity: int, rows: Sequence[Any]) -> Seats:
    """What became of the places given up before the start. Whoever takes a place takes one that
    nobody had before, while there is such a one; then the one that has been free for longest."""
    heirs = _heirs(rows)
    taken = [row for row in rows if _had_a_place(row) and row.id not in heirs.values()]
    freed = [
        row.cancelled_at
        for row in rows
        if _had_a_place(row)
        and row.ending in GIVEN_UP
        and row.id not in heirs
        and row.cancelled_at < starts_at
    ]
    known = [(at, True) for row in taken if (at := _taken_at(row))]
    spare, beyond, came_free = capacity, 0, 0
    free: deque[datetime] = deque()
    was_free: list[timedelta] = []
    # Of one moment, what comes free comes first.
    for at, is_taken in sorted([*known, *((at, False) for at in freed)]):
        if not is_taken and beyond:
            beyond -= 1  # there was one more than there were places
        elif not is_taken:
            came_free += 1
            free.append(at)
        elif spare:
            spare -= 1
        elif free:
            was_free.append(at - free.popleft())
        else:
            beyond += 1
    # Of whom it is not known when they got their place; nor, then, how long it had been free.
    others = min(max(len(taken) - len(known) - spare, 0), len(free))
    return Seats(
        freed=came_free,
        taken_again=len(was_free) + others,
        to_colleagues=len(heirs),
        was_free=tuple(was_free),
    )


def _heirs(rows: Sequence[Any]) -> dict[int, int]:
    """By the booking whose place a colleague was given, the colleague's; who had to be allowed
    first waited, and that place was free."""
    passed = {row.id for row in rows if row.ending is Ending.SUBSTITUTED and _had_a_place(row)}
    return {
        row.replaces_id: row.id
        for row in rows
        if row.replaces_id in passed and row.waiting_since is None
    }


def _had_a_place(row: Any) -> bool:
    """Who waited first was sent an invitation once they had one."""
    if row.is_walk_in or row.state in WAITS:
        return False
    if row.state is BookingState.CONFIRMED:
        return True
    waited_in_vain = row.waiting_since and not row.place_taken_at and not row.was_invited
    return row.ending in GIVEN_UP and not waited_in_vain


def _taken_at(row: Any) -> datetime | None:
    """None where it is not known."""
    at: datetime | None = row.place_taken_at or (None if row.waiting_since else row.booked_at)
    return at
