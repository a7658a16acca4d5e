"""Where face-to-face dates are held."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base

PARTS_SIZE = "|"


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
    # Each with how many fit where somebody said: "Hudson Room | 40".
    rooms: Mapped[list[str]] = mapped_column(default=list)
    demonstration_values: Mapped[list[str]]
    updated_at: Mapped[datetime]

    @property
    def one_line(self) -> str:
        """Name and address as one line, as LOCATION and a map search want it."""
        return ", ".join([self.name, *self.address])

    @property
    def room_names(self) -> list[str]:
        return [room.partition(PARTS_SIZE)[0].strip() for room in self.rooms]

    def holds(self, room: str | None) -> int | None:
        """How many fit into this room; None where nobody said, or it may be several of ours."""
        sizes = dict(zip(self.room_names, self.rooms, strict=True))
        said = _words(room or "")
        fitting = [name for name in sizes if name.casefold() == (room or "").casefold()] or [
            name for name in sizes if said and said <= _words(name)
        ]
        size = sizes[fitting[0]].partition(PARTS_SIZE)[2].strip() if len(fitting) == 1 else ""
        return int(size) if size else None


def _words(room: str) -> set[str]:
    """What tells a room from others: "Denham", and "the Denham room, first floor", alike."""
    return set(re.findall(r"\w+", re.split(r"[,(]", room.casefold())[0])) - {"the", "room"}
