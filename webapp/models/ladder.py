"""What follows a missed place, step by step, as the partnership chose it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base, in_words


class Step(StrEnum):
    """The gentlest first."""

    PERSON = "person"
    MANAGER = "manager"
    LEAD = "lead"
    # Further bookings wait until an organiser allows them.
    APPROVAL = "approval"


class LadderStep(Base):
    """After how many missed places within how many months a step is taken; 0 is never."""

    __tablename__ = "ladder_step"
    __table_args__ = (UniqueConstraint("partnership_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    step: Mapped[Step] = mapped_column(in_words(Step))
    misses: Mapped[int]
    months: Mapped[int]
    # When it was last switched on: what was missed before does not count.
    since: Mapped[datetime]
