"""What one person booked for colleagues of their team by one form."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.bookings import Booking
    from webapp.models.course_dates import CourseDate
    from webapp.models.practitioners import Practitioner


class TeamBooking(Base):
    """One such form: who booked, for which date."""

    __tablename__ = "team_booking"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    booker_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"), index=True)
    # As they called themselves in the form.
    booker_name: Mapped[str]
    booked_at: Mapped[datetime]

    course_date: Mapped[CourseDate] = relationship()
    booker: Mapped[Practitioner] = relationship()
    members: Mapped[list[TeamMember]] = relationship(
        back_populates="team_booking", order_by="TeamMember.id"
    )


class TeamMember(Base):
    """One colleague on it, as the booker named them.

    Who had a booking already is on it like everybody else, without a booking of this form: else
    the booker would learn who had one.
    """

    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_booking_id: Mapped[int] = mapped_column(ForeignKey("team_booking.id"), index=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"), index=True)
    name: Mapped[str]
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), unique=True)
    # When the booker took back what they had booked.
    cancelled_at: Mapped[datetime | None]

    team_booking: Mapped[TeamBooking] = relationship(back_populates="members")
    practitioner: Mapped[Practitioner] = relationship()
    booking: Mapped[Booking | None] = relationship(back_populates="team_member")

    @property
    def has_answered(self) -> bool:
        """Whether they agreed to the terms themselves, and nothing about it waits for us."""
        booking = self.booking
        return bool(booking and booking.terms_id and not booking.approval_asked_at)
