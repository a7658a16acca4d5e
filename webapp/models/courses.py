"""What is taught, whether or not it has dates yet, and who asked to be told of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Index, Table, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, in_words

if TYPE_CHECKING:
    from webapp.models.agencies import Sector
    from webapp.models.course_dates import CourseDate


class Kind(StrEnum):
    COURSE = "course"
    BRIEFING = "briefing"
    WEBINAR = "webinar"
    CONFERENCE = "conference"
    E_LEARNING = "e-learning"


course_sector = Table(
    "course_sector",
    Base.metadata,
    Column("course_id", ForeignKey("course.id"), primary_key=True),
    Column("sector_id", ForeignKey("sector.id"), primary_key=True),
)


class Course(Base):
    """A course, briefing, webinar, conference or piece of e-learning."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(in_words(Kind))
    title: Mapped[str]
    # What the subject line of a mail has room for.
    short_title: Mapped[str]
    summary: Mapped[str]
    outline: Mapped[str]
    audience: Mapped[str]
    outcomes: Mapped[list[str]]
    topics: Mapped[list[str]]
    level: Mapped[str | None]
    cost: Mapped[str | None]
    # For so many working days after they were told a line manager may object; 0 is not at all.
    objection_days: Mapped[int] = mapped_column(default=0)
    # E-learning only: where it is.
    link: Mapped[str | None]
    announced_on: Mapped[date | None]
    is_published: Mapped[bool]
    # Who registered interest is told of a date in turn, and not all at once.
    tells_in_order: Mapped[bool] = mapped_column(default=False)
    demonstration_values: Mapped[list[str]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    dates: Mapped[list[CourseDate]] = relationship(
        back_populates="course", order_by="CourseDate.starts_at"
    )
    # Empty: for everybody.
    sectors: Mapped[list[Sector]] = relationship(
        secondary=course_sector, order_by="Sector.position"
    )
    interests: Mapped[list[Interest]] = relationship(back_populates="course")


class Interest(Base):
    """Somebody wants to be told when a course has dates."""

    __tablename__ = "interest"
    __table_args__ = (
        Index(
            "uq_interest_live",
            "course_id",
            "email",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    name: Mapped[str]
    email: Mapped[str]
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    link_generation: Mapped[int] = mapped_column(default=0)

    course: Mapped[Course] = relationship(back_populates="interests")


class ToldOfDate(Base):
    """Somebody who wanted to hear of a course was told of this date of it."""

    __tablename__ = "told_of_date"

    interest_id: Mapped[int] = mapped_column(ForeignKey("interest.id"), primary_key=True)
    course_date_id: Mapped[int] = mapped_column(
        ForeignKey("course_date.id"), primary_key=True, index=True
    )
    # The start it had then.
    starts_at: Mapped[datetime]
    told_at: Mapped[datetime]
