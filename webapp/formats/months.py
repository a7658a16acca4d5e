"""A calendar month as addresses name it ("2025-05"): its words, its bounds and its weeks; and a
day of one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from webapp.clock import LONDON, london

YEARS = range(2000, 2100)


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def read(cls, text: str | None) -> Month | None:
        """The month that "2025-05" names; None for anything else."""
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text or "")
        if found is None or int(found[1]) not in YEARS:
            return None
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, moment: datetime) -> Month:
        local = london(moment)
        return cls(local.year, local.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def words(self) -> str:
        """ "May 2025"."""
        return f"{date(self.year, self.number, 1):%B %Y}"

    @property
    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        year = self.year - (self.number == 1)
        return Month(year, (self.number - 2) % 12 + 1)

    @property
    def starts_at(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=LONDON)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is not in it."""
        return self.next.starts_at

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday, so that the first and last may hold days of the neighbours."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)

    def holds(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)


def read_day(text: str | None) -> date | None:
    """The day that "2025-05-21" names; None for anything else."""
    month = Month.read((text or "")[:7])
    days = [day for week in month.weeks for day in week] if month else []
    return next((day for day in days if str(day) == text), None)
