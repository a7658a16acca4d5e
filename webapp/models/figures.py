"""What the board is told: how many booked, came and stayed away, how full dates were, and what
became of places that came free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import add
from statistics import median
from typing import Self


@dataclass(frozen=True)
class Counts:
    """They add up."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(add, vars(self).values(), vars(other).values()))


@dataclass(frozen=True)
class Figures(Counts):
    """Counts of some dates, or of some people on them."""

    dates: int = 0
    # Of dates with a limit: how many places there were, and how many were taken.
    places: int = 0
    taken: int = 0
    # Who had a place when it began.
    booked: int = 0
    # Of these, by the register; `part` are among those who came.
    came: int = 0
    part: int = 0
    absent: int = 0
    excused: int = 0
    unmarked: int = 0
    late_cancellations: int = 0
    walk_ins: int = 0
    # Who came, with a place or without.
    trained: int = 0

    @property
    def fill(self) -> int | None:
        """Taken places of a hundred; None where nothing was limited, or of an agency alone."""
        return _of_a_hundred(self.taken, self.places)

    @property
    def attendance(self) -> int | None:
        """Of a hundred who booked and are marked, how many came."""
        marked = self.booked - self.unmarked
        return _of_a_hundred(self.came, marked)


@dataclass(frozen=True)
class Seats(Counts):
    """How well the seats of some dates were filled."""

    dates: int = 0
    # Of all dates, as the report to the board has them.
    booked: int = 0
    absent: int = 0
    late_cancellations: int = 0
    # From here on of dates with a limit. Who had a place when it began, and who of these came.
    places: int = 0
    taken: int = 0
    came: int = 0
    # Places given up before the start; those that went to a colleague of their own are none of
    # them, as they were never free.
    freed: int = 0
    taken_again: int = 0
    to_colleagues: int = 0
    # How long each of those taken again was free, where that is known.
    was_free: tuple[timedelta, ...] = ()
    # Places nobody had when it began, as far as somebody waited for one.
    empty_while_wanted: int = 0

    @property
    def fill(self) -> int | None:
        return _of_a_hundred(self.taken, self.places)

    @property
    def late(self) -> int | None:
        """Of a hundred who had a place until it was late, who gave it up then."""
        return _of_a_hundred(self.late_cancellations, self.booked + self.late_cancellations)

    @property
    def stayed_away(self) -> int | None:
        return _of_a_hundred(self.absent, self.booked)

    @property
    def again(self) -> int | None:
        return _of_a_hundred(self.taken_again, self.freed)

    @property
    def hours(self) -> float | None:
        """In the middle of how long they were free; None where that is not known of any."""
        if not self.was_free:
            return None
        return round(median(one / timedelta(hours=1) for one in self.was_free), 1)


def _of_a_hundred(number: int, whole: int) -> int | None:
    return round(100 * number / whole) if whole else None


@dataclass(frozen=True)
class Line:
    """One course, sector, agency or quarter: its figures, and those of the year before."""

    name: str
    now: Figures
    before: Figures


@dataclass(frozen=True)
class Report:
    whole: Line
    quarters: Sequence[Line]
    courses: Sequence[Line]
    # Of an agency alone there are none.
    sectors: Sequence[Line]
    agencies: Sequence[Line]
    # Dates of the period that have not been held so far, and are not counted.
    to_come: int
