"""Financial years and their quarters as addresses name them ("2025-26", "2025-26-q1")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from webapp.clock import LONDON, london

YEARS = range(2000, 2100)
# A council's financial year begins on 1 April.
FIRST_MONTH = 4


@dataclass(frozen=True, order=True)
class Period:
    """A financial year, known by the calendar year in which it begins, or one quarter of it."""

    year: int
    # From 1 to 4; 0 is the whole year.
    quarter: int = 0

    @classmethod
    def read(cls, text: str | None) -> Period | None:
        """The period that "2025-26" or "2025-26-q1" names; None for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})(?:-q([1-4]))?", text or "")
        if found is None or int(found[1]) not in YEARS:
            return None
        period = cls(int(found[1]), int(found[3] or 0))
        return period if str(period) == text else None

    @classmethod
    def of(cls, moment: datetime) -> Period:
        """The financial year that a moment is in."""
        local = london(moment)
        return cls(local.year - (local.month < FIRST_MONTH))

    def __str__(self) -> str:
        quarter = f"-q{self.quarter}" if self.quarter else ""
        return f"{self.year}-{(self.year + 1) % 100:02}{quarter}"

    @property
    def words(self) -> str:
        """ "April 2025 to March 2026", "January to March 2026"."""
        first, last = self.first, self._month(self._months - 1)
        year = "" if first.year == last.year else f" {first.year}"
        return f"{first:%B}{year} to {last:%B} {last.year}"

    @property
    def first(self) -> date:
        return self._month(0)

    @property
    def starts_at(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is not in it."""
        return _midnight(self._month(self._months))

    @property
    def year_before(self) -> Period:
        return Period(self.year - 1, self.quarter)

    @property
    def quarters(self) -> list[Period]:
        """Those of the year; a quarter is its own only one."""
        return [self] if self.quarter else [Period(self.year, number) for number in range(1, 5)]

    def holds(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    @property
    def _months(self) -> int:
        return 3 if self.quarter else 12

    def _month(self, number: int) -> date:
        """The first day of its month of this number, counted from 0."""
        months = FIRST_MONTH - 1 + 3 * max(self.quarter - 1, 0) + number
        return date(self.year + months // 12, months % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def year_earlier(moment: datetime) -> datetime:
    """The same hour in London a year before; of 29 February, that of the 28th."""
    local = london(moment)
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year - 1, day=day)
