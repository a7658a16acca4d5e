"""What organisers wrote to the people on a date."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, in_words

if TYPE_CHECKING:
    from webapp.models.agencies import Agency
    from webapp.models.course_dates import CourseDate
    from webapp.models.organisers import Organiser


class WrittenTo(StrEnum):
    """To whom of the people on a date."""

    ALL = "all"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    ATTENDED = "attended"
    ABSENT = "absent"
    # One by one.
    CHOSEN = "chosen"


class DateMessage(Base):
    """One message to many people on one date, from its first draft."""

    __tablename__ = "date_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"), index=True)
    written_to: Mapped[WrittenTo] = mapped_column(in_words(WrittenTo))
    # Only those of this agency, if one was chosen.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    # The numbers of the bookings of those who were chosen one by one.
    chosen: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    subject: Mapped[str]
    # As it was written, with its placeholders.
    body: Mapped[str]
    # None while it is a draft. Then its copies are in the outbox, and it stays as it is.
    queued_at: Mapped[datetime | None]

    course_date: Mapped[CourseDate] = relationship()
    organiser: Mapped[Organiser | None] = relationship()
    agency: Mapped[Agency | None] = relationship()
