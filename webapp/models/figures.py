"""What the board is told: how many booked, came and stayed away, and how full dates were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Figures:
    """Counts of some dates, or of some people on them; they add up."""

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

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(self))
        )

    @property
    def fill(self) -> int | None:
        """Taken places of a hundred; None where nothing was limited, or of an agency alone."""
        return round(100 * self.taken / self.places) if self.places else None

    @property
    def attendance(self) -> int | None:
        """Of a hundred who booked and are marked, how many came."""
        marked = self.booked - self.unmarked
        return round(100 * self.came / marked) if marked else None


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
