"""Slides and papers of a date, for those who have a place on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate


class Handout(Base):
    """A file, whole in the database, so that no copy of it is forgotten anywhere else."""

    __tablename__ = "handout"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    # As it was called by whoever attached it, with its ending, which says what it is.
    name: Mapped[str]
    size: Mapped[int]
    # Lists do without it.
    content: Mapped[bytes] = mapped_column(deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]

    course_date: Mapped[CourseDate] = relationship(
        backref=backref("handouts", cascade="all, delete-orphan", order_by="Handout.id")
    )

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower()
