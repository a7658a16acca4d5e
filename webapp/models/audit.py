"""Who looked at or changed personal data, when; and who tried a door too often."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate
    from webapp.models.organisers import Organiser


class AuditLine(Base):
    """One view of, or change to, personal data. Names nobody but the organiser who did it."""

    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"), index=True)
    # Such as "saw the attendee list", "cancelled booking".
    action: Mapped[str]
    course_date_id: Mapped[int | None] = mapped_column(ForeignKey("course_date.id"), index=True)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    detail: Mapped[str | None]

    organiser: Mapped[Organiser | None] = relationship()
    course_date: Mapped[CourseDate | None] = relationship()


class Attempt(Base):
    """One try at something that is limited: kept in the database, where every process counts."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_subject_at", "kind", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # "sign-in", "my-link", ...
    kind: Mapped[str]
    # A hash of the address or account tried, never the thing itself.
    subject: Mapped[str]
    at: Mapped[datetime]
