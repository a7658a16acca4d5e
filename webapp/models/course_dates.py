"""The bookable occurrences of a course: days, places, agenda, and dates nobody could read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, in_words

if TYPE_CHECKING:
    from webapp.models.bookings import Booking
    from webapp.models.courses import Course
    from webapp.models.venues import Venue


class DateState(StrEnum):
    DRAFT = "draft"
    # Announced with a date that cannot be right; waits for an organiser to say which was meant.
    HELD_BACK = "held_back"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Format(StrEnum):
    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"


class CourseDate(Base):
    """One occurrence that people book, of one day or more."""

    __tablename__ = "course_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    # What the seeds call it, so that loading them again finds it; None when an organiser made it.
    seed_key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[DateState] = mapped_column(in_words(DateState))
    format: Mapped[Format] = mapped_column(in_words(Format))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    room: Mapped[str | None]
    # Online only. The link is for booked people alone.
    platform: Mapped[str | None]
    join_link: Mapped[str | None]
    # None: as many as come.
    capacity: Mapped[int | None]
    # The first day's start and the last day's end; None while held back.
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    # None: booking stays open until the start.
    closes_at: Mapped[datetime | None]
    before_you_come: Mapped[str | None]
    # The words of the announcement, where they are in conflict.
    announced_as: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancel_message: Mapped[str | None]
    demonstration_values: Mapped[list[str]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    course: Mapped[Course] = relationship(back_populates="dates")
    venue: Mapped[Venue | None] = relationship()
    days: Mapped[list[CourseDay]] = relationship(
        back_populates="course_date", order_by="CourseDay.starts_at", cascade="all, delete-orphan"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        back_populates="course_date", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    readings: Mapped[list[DateReading]] = relationship(
        back_populates="course_date", order_by="DateReading.starts_at", cascade="all, delete-orphan"
    )
    bookings: Mapped[list[Booking]] = relationship(back_populates="course_date")

    @property
    def is_online(self) -> bool:
        return self.format is Format.ONLINE

    @property
    def last_booking_at(self) -> datetime | None:
        """When booking closes: at `closes_at`, or else when it starts."""
        return self.closes_at or self.starts_at

    def is_past(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def has_started(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= now

    def why_not_bookable(self, now: datetime) -> str | None:
        """One sentence saying why nobody can book this date now; None when they can."""
        if self.state is DateState.CANCELLED:
            return "This date has been cancelled."
        if self.state is DateState.HELD_BACK or self.starts_at is None:
            return "This date is still to be confirmed, so it cannot be booked yet."
        if self.state is DateState.DRAFT:
            return "This date has not been published yet."
        if self.is_past(now):
            return "This date has passed."
        if self.has_started(now):
            return "This date has already started."
        if self.closes_at is not None and self.closes_at <= now:
            return "Booking for this date has closed."
        if self.opens_at is not None and now < self.opens_at:
            return "Booking for this date has not opened yet."
        return None

    def set_days(self, days: Sequence[tuple[datetime, datetime]], *, now: datetime) -> None:
        """Give the date these (start, end) days, keeping each day's UID and raising its revision.

        RFC 5545 3.8.7.4: SEQUENCE goes up when a start or an end changes.
        """
        for position, (starts_at, ends_at) in enumerate(sorted(days)):
            if position < len(self.days):
                day = self.days[position]
                if (day.starts_at, day.ends_at) != (starts_at, ends_at):
                    day.starts_at, day.ends_at = starts_at, ends_at
                    day.revision += 1
            else:
                self.days.append(CourseDay(starts_at=starts_at, ends_at=ends_at, revision=0))
        del self.days[len(days) :]
        self.starts_at = min(starts for starts, _ in days)
        self.ends_at = max(ends for _, ends in days)
        self.updated_at = now

    def revise(self, *, now: datetime) -> None:
        """Say that place, join link or standing changed, so that diaries take the newer copy."""
        for day in self.days:
            day.revision += 1
        self.updated_at = now


class CourseDay(Base):
    """One day of a course date, which is one entry in a diary."""

    __tablename__ = "course_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # The identity of this day in every calendar, for life.
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: str(uuid4()))
    revision: Mapped[int] = mapped_column(default=0)

    course_date: Mapped[CourseDate] = relationship(back_populates="days")


class AgendaItem(Base):
    """One line of the agenda. The time is London's, since a held-back date has no day yet."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    position: Mapped[int]
    day: Mapped[int] = mapped_column(default=1)
    starts: Mapped[time]
    title: Mapped[str]
    speaker: Mapped[str | None]

    course_date: Mapped[CourseDate] = relationship(back_populates="agenda")


class DateReading(Base):
    """One way to read an announcement whose date and weekday do not agree."""

    __tablename__ = "date_reading"
    __table_args__ = (UniqueConstraint("course_date_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # Why it could be meant, in one sentence.
    reason: Mapped[str]

    course_date: Mapped[CourseDate] = relationship(back_populates="readings")
