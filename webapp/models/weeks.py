"""Weeks of many short sessions, such as a Safeguarding Week: people book several at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.clock import LONDON, london
from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate

left_out = Table(
    "week_left_out",
    Base.metadata,
    Column("week_id", ForeignKey("week.id"), primary_key=True),
    Column(
        "course_date_id",
        ForeignKey("course_date.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class Week(Base):
    """Some days with a name. What begins in them belongs to it, but for what was left out."""

    __tablename__ = "week"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    about: Mapped[str]
    # The midnights in London before its first day and after its last.
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_published: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    left_out: Mapped[list[CourseDate]] = relationship(secondary=left_out, order_by="CourseDate.id")

    @property
    def first_day(self) -> date:
        return london(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return london(self.ends_at).date() - timedelta(days=1)

    @property
    def short_title(self) -> str:
        """Mails name it where else they name a course."""
        return self.title

    def set_days(self, first: date, last: date) -> None:
        self.starts_at = datetime.combine(first, time(), LONDON)
        self.ends_at = datetime.combine(last + timedelta(days=1), time(), LONDON)

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now
