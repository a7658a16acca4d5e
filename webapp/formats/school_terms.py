"""The terms in which training is planned, as addresses name them ("2025-autumn")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from webapp.clock import LONDON, london

YEARS = range(2000, 2100)


class Season(StrEnum):
    """In the order of the year; each is four months long."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


SEASONS = list(Season)
MONTHS = 12 // len(SEASONS)


@dataclass(frozen=True, order=True)
class SchoolTerm:
    """Known by its year and by its season's place in it, from 0."""

    year: int
    place: int

    @classmethod
    def read(cls, text: str | None) -> SchoolTerm | None:
        """The term that "2025-autumn" names; None for anything else."""
        found = re.fullmatch(r"([0-9]{4})-([a-z]+)", text or "")
        if found is None or int(found[1]) not in YEARS or found[2] not in set(Season):
            return None
        return cls(int(found[1]), SEASONS.index(Season(found[2])))

    @classmethod
    def of(cls, moment: datetime) -> SchoolTerm:
        local = london(moment)
        return cls(local.year, (local.month - 1) // MONTHS)

    def __str__(self) -> str:
        return f"{self.year}-{SEASONS[self.place]}"

    @property
    def words(self) -> str:
        """ "Autumn term 2025"."""
        return f"{SEASONS[self.place].capitalize()} term {self.year}"

    @property
    def starts_at(self) -> datetime:
        return datetime(self.year, self.place * MONTHS + 1, 1, tzinfo=LONDON)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is not in it."""
        return self.after.starts_at

    def holds(self, day: date) -> bool:
        """Whether a day on London's calendar is in it."""
        return (day.year, (day.month - 1) // MONTHS) == (self.year, self.place)

    @property
    def before(self) -> SchoolTerm:
        return self._away(-1)

    @property
    def after(self) -> SchoolTerm:
        return self._away(1)

    def _away(self, terms: int) -> SchoolTerm:
        year, place = divmod(self.year * len(SEASONS) + self.place + terms, len(SEASONS))
        return SchoolTerm(year, place)
