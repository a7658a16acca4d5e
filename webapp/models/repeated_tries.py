"""What forms said that could not book, kept in case their address was mistyped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base, WordsInside


class RepeatedTry(Base):
    """What somebody said in a form whose address had a booking already.

    Kept for a day, in case the address was mistyped: corrected, it then books like any other.
    """

    __tablename__ = "repeated_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"))
    submission: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    terms_id: Mapped[int] = mapped_column(ForeignKey("booking_terms.id"))
    # The answers by name, the agency by id.
    answers: Mapped[dict[str, Any]] = mapped_column(WordsInside)
