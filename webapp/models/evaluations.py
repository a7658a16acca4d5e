"""What people who came say of a training, and what many such answers say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.bookings import Booking

# How long somebody may change what they answered.
CHANGES_FOR = timedelta(days=30)


class Evaluation(Base):
    """One person's answers. Whose they are is known by the booking alone, and shown nowhere."""

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    # Each from 1 to 5, where 5 is the most.
    useful: Mapped[int]
    confident_before: Mapped[int]
    confident_after: Mapped[int]
    will_do: Mapped[str | None]
    comment: Mapped[str | None]
    # For the first time.
    answered_at: Mapped[datetime]

    booking: Mapped[Booking] = relationship(back_populates="evaluation")

    @property
    def closes_at(self) -> datetime:
        return self.answered_at + CHANGES_FOR


@dataclass(frozen=True)
class Results:
    """What the answers to one or more dates say.

    `points` counts the answers by useful, confident before and confident after; it is empty where
    they were too few to be shown.
    """

    came: int = 0
    answered: int = 0
    points: Counter[tuple[int, int, int]] = field(default_factory=Counter)

    @classmethod
    def together(cls, parts: Iterable[Results]) -> Results:
        every = list(parts)
        points = sum((one.points for one in every), Counter[tuple[int, int, int]]())
        return cls(sum(one.came for one in every), sum(one.answered for one in every), points)

    @property
    def shown(self) -> int:
        """How many answers the figures are of."""
        return self.points.total()

    @property
    def useful(self) -> Counter[int]:
        return self._by(0)

    @property
    def before(self) -> Counter[int]:
        return self._by(1)

    @property
    def after(self) -> Counter[int]:
        return self._by(2)

    @property
    def more_confident(self) -> int:
        """How many were more confident after than before."""
        return sum(n for (_, before, after), n in self.points.items() if after > before)

    def _by(self, place: int) -> Counter[int]:
        counts: Counter[int] = Counter()
        for points, number in self.points.items():
            counts[points[place]] += number
        return counts
