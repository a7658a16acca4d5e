"""What somebody has been certified to have attended, in the very words of the paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.bookings import Booking


class Certificate(Base):
    """Kept as it was given: a course renamed later, or a person forgotten, changes no paper."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), unique=True)
    # Ten random letters and digits that the paper shows: whoever has it may ask whether it is true.
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    minutes: Mapped[int]
    given_at: Mapped[datetime]
    # The register was put right and says something else now.
    withdrawn_at: Mapped[datetime | None]

    booking: Mapped[Booking] = relationship(back_populates="certificate")

    @property
    def stands(self) -> bool:
        """Whether it is true today. The register may say otherwise already, before the worker has
        read it, withdrawn the paper and told the person."""
        return self.withdrawn_at is None and self.booking.is_live and self.booking.came

    @property
    def is_nameless(self) -> bool:
        """Whose it was has been forgotten, while the paper they keep still says it."""
        return self.booking.practitioner.erased_at is not None
