"""What a place costs that is given up late or stays empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base, WordsInside
from webapp.models.course_dates import CourseDate

HALF_A_DAY = timedelta(hours=4)
# The name of what holds for every sector that has no amount of its own.
EVERYBODY = "all"


class Length(StrEnum):
    """How long a course date is, as far as charges go."""

    HALF_DAY = "half_day"
    DAY = "day"
    SEVERAL_DAYS = "several_days"

    @classmethod
    def of(cls, date: CourseDate) -> Length:
        days = date.days
        if len(days) > 1:
            return cls.SEVERAL_DAYS
        lasts = max((day.ends_at - day.starts_at for day in days), default=HALF_A_DAY)
        return cls.DAY if lasts > HALF_A_DAY else cls.HALF_DAY


class Tariff(Base):
    """What is charged from a moment on. It stays, since people are charged what held then."""

    __tablename__ = "tariff"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(index=True)
    # What is charged at all: a place given up late, a place that stayed empty.
    for_late: Mapped[bool]
    for_absence: Mapped[bool]
    # Pence by the sector's id, or EVERYBODY, and by length.
    amounts: Mapped[dict[str, dict[str, int]]] = mapped_column(WordsInside)

    def pence(self, sector_id: int, length: Length) -> int:
        for whose in (str(sector_id), EVERYBODY):
            if length in self.amounts.get(whose, {}):
                return self.amounts[whose][length]
        return 0


@dataclass(frozen=True)
class Policy:
    """What holds for giving up a place on a date: until when nobody asks, and what it costs then.

    `least` and `most` are pence: the same for one person, and for all sectors the range of them.
    """

    # None while the date has no day; its start where there is no other.
    cut_off: datetime | None
    starts_at: datetime | None
    least: int = 0
    most: int = 0
    for_late: bool = False
    for_absence: bool = False

    @property
    def is_free(self) -> bool:
        return not (self.most and (self.for_late or self.for_absence))

    @property
    def has_cut_off(self) -> bool:
        """Whether there is a time before the start at which it counts as late."""
        return self.cut_off is not None and self.cut_off != self.starts_at

    @property
    def absence_pence(self) -> int:
        """What one person is charged whose place stays empty."""
        return self.most if self.for_absence else 0

    @property
    def late_pence(self) -> int:
        """What one person is charged who gives the place up late."""
        return self.most if self.for_late else 0
