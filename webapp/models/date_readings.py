"""What an announcement may have meant, where nobody can say on which day a date is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate


class DateReading(Base):
    """One way to read an announcement whose date and weekday do not agree."""

    __tablename__ = "date_reading"
    __table_args__ = (UniqueConstraint("course_date_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # Why it could be meant, in one sentence.
    reason: Mapped[str]

    course_date: Mapped[CourseDate] = relationship(back_populates="readings")
