"""The people who come, each known by a work email and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.bookings import Booking


class Practitioner(Base):
    """Somebody with a work email who has booked at least once."""

    __tablename__ = "practitioner"

    id: Mapped[int] = mapped_column(primary_key=True)
    # In lower case.
    email: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    # Raised to make the links already sent stop working.
    link_generation: Mapped[int] = mapped_column(default=0)
    feed_generation: Mapped[int] = mapped_column(default=0)
    # Their feed and invitations say "Training" and no more: diaries are shared.
    is_discreet: Mapped[bool] = mapped_column(default=False)
    # When they last chose what their diary says.
    diary_changed_at: Mapped[datetime | None]
    # When they asked us to forget them; and when that was done, which leaves this row without a
    # name or an address so that what it counted for still counts.
    erasure_asked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    bookings: Mapped[list[Booking]] = relationship(
        back_populates="practitioner", foreign_keys="Booking.practitioner_id"
    )
    address_change: Mapped[AddressChange | None] = relationship(back_populates="practitioner")


class AddressChange(Base):
    """Somebody has another work email address now: it counts once both mailboxes have said so."""

    __tablename__ = "address_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"), unique=True)
    # In lower case.
    new_email: Mapped[str]
    asked_at: Mapped[datetime]
    # The old mailbox is lost: an organiser asked, and knows that it is them.
    by_organiser: Mapped[bool] = mapped_column(default=False)
    confirmed_by_old_at: Mapped[datetime | None]
    confirmed_by_new_at: Mapped[datetime | None]

    practitioner: Mapped[Practitioner] = relationship(back_populates="address_change")
