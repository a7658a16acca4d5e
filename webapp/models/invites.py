"""What a booked person's diary has been told, and what it answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from webapp.db import Base, in_words

if TYPE_CHECKING:
    from webapp.models.bookings import Booking
    from webapp.models.course_dates import CourseDay


class Reply(StrEnum):
    """What somebody's calendar answered to an invitation. Places are given up by link alone."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Invite(Base):
    """What one booked person's diary has been told about one day.

    The UID is the day's own, until a CANCEL went out: diaries remember what was cancelled, so a
    booking after it carries a UID of its own.
    """

    __tablename__ = "invite"
    __table_args__ = (Index("uq_invite_booking_day", "booking_id", "course_day_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    course_day_id: Mapped[int] = mapped_column(ForeignKey("course_day.id"), index=True)
    uid: Mapped[str] = mapped_column(default=lambda: str(uuid4()))
    # Added to the day's revision; with it makes the SEQUENCE, which never falls.
    extra: Mapped[int] = mapped_column(default=0)
    # The SEQUENCE last sent, and whether that message was a CANCEL.
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[bool] = mapped_column(default=False)
    # The latest answer to what was last sent, and when it was given.
    reply: Mapped[Reply | None] = mapped_column(in_words(Reply))
    replied_at: Mapped[datetime | None]

    booking: Mapped[Booking] = relationship(back_populates="invites")
    course_day: Mapped[CourseDay] = relationship()

    @classmethod
    def of(cls, booking: Booking, day: CourseDay, *, uid: str, extra: int) -> Invite:
        """One more of a booking that is written already, and stays as it is: by their keys alone,
        as a booking that were part of it would be looked through with all that belongs to it."""
        invite = cls(booking_id=booking.id, course_day_id=day.id, uid=uid, extra=extra, sequence=0)
        set_committed_value(invite, "booking", booking)
        set_committed_value(invite, "course_day", day)
        set_committed_value(booking, "invites", [*booking.invites, invite])
        return invite
