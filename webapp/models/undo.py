"""What one change of an organiser's was before, for the minute in which it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base, WordsInside


class Undo(Base):
    """The way back from a change that nobody was told of. Forgotten when the minute is over."""

    __tablename__ = "undo"

    id: Mapped[int] = mapped_column(primary_key=True)
    organiser_id: Mapped[int] = mapped_column(ForeignKey("organiser.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    # The lines of the audit log that speak of the change.
    lines: Mapped[list[int]] = mapped_column(WordsInside)
    # Of the rows that it changed, what was different before; nothing once it was undone.
    before: Mapped[dict[str, Any]] = mapped_column(WordsInside)
    # Digests of those rows as it left them, and of who is on the dates they speak of.
    left: Mapped[str]
    people: Mapped[str]
    undone_at: Mapped[datetime | None]
