"""What was read of news pages: each look at one, and each announcement as it is known again."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, WordsInside, in_words

if TYPE_CHECKING:
    from webapp.models.courses import Course
    from webapp.models.organisers import Organiser


class Origin(StrEnum):
    """How a page came to us."""

    PASTED = "pasted"
    UPLOADED = "uploaded"
    FETCHED = "fetched"


class NewsState(StrEnum):
    """What came of an announcement."""

    # An organiser has to look: it is new, or says something else than when it was settled.
    WAITING = "waiting"
    ACCEPTED = "accepted"
    # By itself: the programme says the same already.
    AS_PUBLISHED = "as_published"
    # By an organiser, with a reason.
    IGNORED = "ignored"
    # By itself, with a reason: no training, or nothing of it is still to come.
    LEFT_OUT = "left_out"


class NewsReading(Base):
    """One look at a page."""

    __tablename__ = "news_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[Origin] = mapped_column(in_words(Origin))
    # The file's name, or the address it was fetched from.
    name: Mapped[str | None]
    # When the page was published, if somebody said so.
    published: Mapped[date | None]
    # The page as it was read: what passages point into.
    text: Mapped[str]
    # Of that text and `published`, so that the same page is known again.
    fingerprint: Mapped[str] = mapped_column(index=True)
    read_at: Mapped[datetime]
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"), index=True)

    organiser: Mapped[Organiser | None] = relationship()
    passages: Mapped[list[NewsPassage]] = relationship(
        back_populates="reading",
        order_by="NewsPassage.position",
        cascade="all, delete-orphan",
    )


class Announcement(Base):
    """One item of the news, the same one from reading to reading."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    published: Mapped[date | None]
    state: Mapped[NewsState] = mapped_column(in_words(NewsState), index=True)
    # Why it is ignored or left out, in a sentence.
    reason: Mapped[str | None]
    # What it says now, as news_kept writes it; and what it said when it was last accepted or found
    # in the programme as it is, None before that.
    item: Mapped[dict[str, Any]] = mapped_column(WordsInside)
    settled_item: Mapped[dict[str, Any] | None] = mapped_column(WordsInside)
    # What an organiser made of it so far: see services/drafts.py.
    edits: Mapped[dict[str, Any]] = mapped_column(WordsInside)
    # Goes up with every change, so that nobody accepts what they have not seen.
    version: Mapped[int] = mapped_column(default=1)
    # What it became, or belongs to.
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    # When it last said something new; when organisers were last written to of it.
    changed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"), index=True)

    course: Mapped[Course | None] = relationship()
    settled_by: Mapped[Organiser | None] = relationship()
    passages: Mapped[list[NewsPassage]] = relationship(
        back_populates="announcement", order_by="NewsPassage.reading_id.desc()"
    )

    @property
    def heading(self) -> str:
        """What an organiser calls it; else what its page does."""
        corrected: str | None = self.edits.get("facts", {}).get("title")
        return corrected or self.title

    @property
    def is_waiting(self) -> bool:
        return self.state is NewsState.WAITING

    @property
    def has_changed(self) -> bool:
        """It was settled once, and says something else now."""
        return self.is_waiting and self.settled_at is not None


class NewsPassage(Base):
    """Where in a reading an announcement stands, with all that was read there."""

    __tablename__ = "news_passage"
    __table_args__ = (UniqueConstraint("reading_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("news_reading.id"))
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), index=True)
    # From 1, in the order of the page.
    position: Mapped[int]
    item: Mapped[dict[str, Any]] = mapped_column(WordsInside)

    reading: Mapped[NewsReading] = relationship(back_populates="passages")
    announcement: Mapped[Announcement] = relationship(back_populates="passages")
