"""The partnership that runs the training: its name, its people to ask, and the rules it chose."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, WordsInside

if TYPE_CHECKING:
    from webapp.models.course_dates import CourseDate
    from webapp.models.ladder import LadderStep, Step


class Partnership(Base):
    """One row: what this installation says of itself and the rules it keeps."""

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    service_name: Mapped[str]
    area: Mapped[str]
    website_url: Mapped[str]
    news_url: Mapped[str]
    accent_colour: Mapped[str]
    who_may_come: Mapped[str]
    cost: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    contact_phone: Mapped[str]
    contact_address: Mapped[str]
    data_controller: Mapped[str]
    data_protection_email: Mapped[str]
    # When people are at work: weekdays, of which 0 is Monday, and from when until when.
    working_days: Mapped[list[int]] = mapped_column(JSON)
    work_begins: Mapped[time]
    work_ends: Mapped[time]
    # How long a freed place is kept for the next in line, in working hours.
    offer_hours: Mapped[int]
    # In the last hours before the start whoever is first may take a freed place.
    first_to_take_hours: Mapped[int]
    # How many days before a date its places held for sectors are open to all, unless it says so.
    held_days: Mapped[int] = mapped_column(default=14)
    # Whether places that come free go to sectors below their aim first, unless a date says so.
    prefers_missing: Mapped[bool] = mapped_column(default=False)
    # How long each kind of record is kept. After the date: who comes (with whether they came), what
    # they need, their line manager, what they wrote of it. After it was written: a mail's words, a
    # line of the audit log, a wish to hear of a course, a reading of the news, a try at a door.
    booking_years: Mapped[int]
    access_needs_days: Mapped[int]
    manager_days: Mapped[int] = mapped_column(default=90)
    evaluation_years: Mapped[int] = mapped_column(default=2)
    mail_days: Mapped[int]
    audit_years: Mapped[int] = mapped_column(default=6)
    interest_years: Mapped[int] = mapped_column(default=2)
    news_days: Mapped[int] = mapped_column(default=365)
    attempt_days: Mapped[int] = mapped_column(default=1)
    # When what was due was last forgotten.
    forgotten_at: Mapped[datetime | None]
    # How many days after the end a register can be marked.
    register_days: Mapped[int]
    # How many days before a date joining instructions go out.
    joining_days: Mapped[int]
    # How many days before a date people are reminded of it, how many working days (0 is never),
    # and whether on the morning of an online session, too.
    reminder_days: Mapped[list[int]] = mapped_column(JSON)
    reminder_working_days: Mapped[int]
    reminds_online: Mapped[bool]
    # How many days before a date a place can be given up at the latest, and whether only days
    # count on which people are at work.
    cut_off_days: Mapped[int]
    cut_off_working: Mapped[bool]
    # Line managers hear of who books from then on; None while they are not written to.
    managers_told_since: Mapped[datetime | None]
    # Whether a certificate waits until its holder has answered what the training was like.
    certificate_after_evaluation: Mapped[bool] = mapped_column(default=False)
    # The subject, first and last words of mails, by kind and part, where it chose its own.
    mail_words: Mapped[dict[str, dict[str, str]]] = mapped_column(WordsInside, default=dict)
    # Names of the columns above that hold a demonstration value until somebody settles them.
    demonstration_values: Mapped[list[str]]
    updated_at: Mapped[datetime]

    logo: Mapped[Logo | None] = relationship(
        back_populates="partnership", cascade="all, delete-orphan"
    )
    # What follows a missed place; a step that is not there was never switched on.
    ladder: Mapped[list[LadderStep]] = relationship(
        order_by="LadderStep.id", cascade="all, delete-orphan"
    )

    def prefers_missing_on(self, date: CourseDate) -> bool:
        """Whether who waits there from a sector below its aim comes first."""
        chosen = date.prefers_missing
        return self.prefers_missing if chosen is None else chosen

    @property
    def after_misses(self) -> frozenset[Step]:
        """Which steps follow a missed place."""
        return frozenset(one.step for one in self.ladder if one.misses)


class Logo(Base):
    """The picture beside the partnership's name."""

    __tablename__ = "logo"

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), unique=True)
    # "image/png" or "image/svg+xml".
    kind: Mapped[str]
    # Part of its address, so that browsers keep it for as long as it stays the same.
    version: Mapped[str]
    content: Mapped[bytes]

    partnership: Mapped[Partnership] = relationship(back_populates="logo")


class BookingTerms(Base):
    """The terms people agree to when they book: each version is kept as it was agreed to."""

    __tablename__ = "booking_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(unique=True)
    body: Mapped[str]
    published_at: Mapped[datetime]
