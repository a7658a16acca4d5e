"""Where face-to-face dates are held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base


class Venue(Base):
    """A building people travel to, and what they need to know to get in."""

    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[list[str]]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    directions: Mapped[str | None]
    parking: Mapped[str | None]
    access_notes: Mapped[str | None]
    demonstration_values: Mapped[list[str]]
    updated_at: Mapped[datetime]

    @property
    def one_line(self) -> str:
        """Name and address as one line, as LOCATION and a map search want it."""
        return ", ".join([self.name, *self.address])
