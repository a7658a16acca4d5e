"""Places of a course date that are for people of one sector, until some days before it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.clock import LONDON, london
from webapp.db import Base

# When mail is read: whoever waits is offered at once what is open to all then.
HOUR = time(9)


class HeldPlaces(Base):
    """How many places of a date a sector has for its own."""

    __tablename__ = "held_places"
    __table_args__ = (UniqueConstraint("course_date_id", "sector_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"))
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"), index=True)
    number: Mapped[int]


def until(starts_at: datetime, days: int) -> datetime:
    """So many days before the start, in the morning."""
    day = london(starts_at).date() - timedelta(days=days)
    return datetime.combine(day, HOUR, LONDON)
