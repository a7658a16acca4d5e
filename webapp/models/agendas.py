"""What happens when on a course date, and who speaks."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate


class AgendaItem(Base):
    """One line of the agenda. The time is London's, since a held-back date has no day yet."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    position: Mapped[int]
    day: Mapped[int] = mapped_column(default=1)
    starts: Mapped[time]
    title: Mapped[str]
    speaker: Mapped[str | None]

    course_date: Mapped[CourseDate] = relationship(back_populates="agenda")
