"""What somebody needs to take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.bookings import Booking


class AccessNeeds(Base):
    """What somebody needs to take part: kept apart, and forgotten soon after the date."""

    __tablename__ = "access_needs"

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    access: Mapped[str | None]
    dietary: Mapped[str | None]

    booking: Mapped[Booking] = relationship(back_populates="access_needs")
