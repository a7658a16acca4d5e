"""The bookable occurrences of a course, their days and their places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base, in_words
from webapp.models.held_places import HeldPlaces, until

if TYPE_CHECKING:
    from webapp.models.agendas import AgendaItem
    from webapp.models.bookings import Booking
    from webapp.models.courses import Course
    from webapp.models.date_readings import DateReading
    from webapp.models.organisers import Organiser
    from webapp.models.venues import Venue


class DateState(StrEnum):
    DRAFT = "draft"
    # Announced with a date that cannot be right; waits for an organiser to say which was meant.
    HELD_BACK = "held_back"
    PUBLISHED = "published"
    # Called off for now: people keep their places until there is a new day.
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


TO_BE_CONFIRMED = "This date is still to be confirmed, so it cannot be booked yet."
NOT_BOOKABLE = {
    DateState.DRAFT: "This date has not been published yet.",
    DateState.POSTPONED: "This date has been postponed, and the new one is still to be confirmed.",
    DateState.CANCELLED: "This date has been cancelled.",
}


# The least that parts two moments.
TICK = timedelta(microseconds=1)


class Format(StrEnum):
    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"


trainer = Table(
    "trainer",
    Base.metadata,
    Column("course_date_id", ForeignKey("course_date.id"), primary_key=True),
    Column("organiser_id", ForeignKey("organiser.id"), primary_key=True, index=True),
)


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
    # With fewer it is not worth holding; None where nobody said.
    minimum: Mapped[int | None]
    # Until the end of how many days before it people can cancel; None: as the partnership has it.
    cut_off_days: Mapped[int | None]
    # How many days before it places held for sectors are open to all; None where none are held.
    held_days: Mapped[int | None]
    # Whether places go to sectors below their aim first; None: as the partnership has it.
    prefers_missing: Mapped[bool | None]
    # The first day's start and the last day's end; None while held back or postponed.
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
    postponed_at: Mapped[datetime | None]
    postpone_message: Mapped[str | None]
    # The register closes some days after the end; and again so long after somebody reopened it.
    register_reopened_at: Mapped[datetime | None]
    # From when on those who want to hear of it are told; None once all were, or nobody is to be.
    tell_interested_at: Mapped[datetime | None] = mapped_column(index=True)
    # When everybody who had a place was sent how to join.
    joining_sent_at: Mapped[datetime | None]
    joining_sent_for: Mapped[datetime | None]  # the start it was to have then
    reminded_at: Mapped[datetime | None]  # when the latest reminder that went was due
    demonstration_values: Mapped[list[str]]
    created_at: Mapped[datetime]
    # Every calendar that is asked for looks for the latest.
    updated_at: Mapped[datetime] = mapped_column(index=True)

    course: Mapped[Course] = relationship(back_populates="dates")
    venue: Mapped[Venue | None] = relationship()
    # Those that were dropped included: diaries were told of them. See `days`.
    all_days: Mapped[list[CourseDay]] = relationship(
        back_populates="course_date", order_by="CourseDay.starts_at", cascade="all, delete-orphan"
    )
    agenda: Mapped[list[AgendaItem]] = relationship(
        back_populates="course_date", order_by="AgendaItem.position", cascade="all, delete-orphan"
    )
    readings: Mapped[list[DateReading]] = relationship(
        back_populates="course_date", order_by="DateReading.starts_at", cascade="all, delete-orphan"
    )
    held_places: Mapped[list[HeldPlaces]] = relationship(
        order_by="HeldPlaces.sector_id", cascade="all, delete-orphan"
    )
    bookings: Mapped[list[Booking]] = relationship(back_populates="course_date")
    # Who gives the training and has an account.
    trainers: Mapped[list[Organiser]] = relationship(secondary=trainer, order_by="Organiser.id")

    @property
    def days(self) -> list[CourseDay]:
        """The days that stand, in order. While postponed: those it was to be held on."""
        standing = [day for day in self.all_days if day.dropped_at is None]
        return sorted(standing, key=lambda day: day.starts_at)

    @property
    def is_off(self) -> bool:
        """Called off, for good or until there is a new day."""
        return self.state in {DateState.POSTPONED, DateState.CANCELLED}

    @property
    def is_online(self) -> bool:
        return self.format is Format.ONLINE

    @property
    def held(self) -> tuple[tuple[int, int], ...]:
        """How many of its places are for which sector, by the sector's id."""
        return tuple((one.sector_id, one.number) for one in self.held_places)

    @held.setter
    def held(self, numbers: Sequence[tuple[int, int]]) -> None:
        there = {one.sector_id: one for one in self.held_places}
        held = [(there.get(key) or HeldPlaces(sector_id=key), number) for key, number in numbers]
        for one, number in held:
            one.number = number
        self.held_places = [one for one, _ in held]

    @property
    def held_until(self) -> datetime | None:
        """When those are open to all; None where none are held, or while it has no day."""
        if self.held_days is None or self.starts_at is None:
            return None
        return until(self.starts_at, self.held_days)

    def is_holding(self, now: datetime) -> bool:
        """Whether some of its places are for sectors alone, still."""
        return self.held_days is not None and (self.held_until is None or now < self.held_until)

    @property
    def room_holds(self) -> int | None:
        """How many fit into its room, where that is fewer than its places; else None."""
        holds = self.venue.holds(self.room) if self.venue else None
        if holds is None or (self.capacity is not None and self.capacity <= holds):
            return None
        return holds

    def is_past(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def has_started(self, now: datetime) -> bool:
        return self.starts_at is not None and self.starts_at <= now

    def why_not_bookable(self, now: datetime) -> str | None:
        """One sentence saying why nobody can book this date now; None when they can."""
        if self.state is not DateState.PUBLISHED or self.starts_at is None:
            return NOT_BOOKABLE.get(self.state, TO_BE_CONFIRMED)
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
        """Give the date these (start, end) days, which keep their UIDs and rise in revision.

        What stays is matched by its times, the rest in order; days too many are dropped and not
        deleted, since diaries have to be told. RFC 5545 3.8.7.4: SEQUENCE goes up when a start or
        an end changes; with the number of days every title changes, too ("day 1 of 2").
        """
        standing = self.days
        known = {(day.starts_at, day.ends_at) for day in standing}
        moved = [day for day in standing if (day.starts_at, day.ends_at) not in days]
        new = [times for times in sorted(days) if times not in known]
        for day, times in zip(moved, new, strict=False):
            day.starts_at, day.ends_at = times
        for day in moved[len(new) :]:
            day.dropped_at = now
        for starts_at, ends_at in new[len(moved) :]:
            self.all_days.append(CourseDay(starts_at=starts_at, ends_at=ends_at, revision=0))
        for day in standing if len(days) != len(standing) else moved:
            day.revision += 1
        self.starts_at = min(starts for starts, _ in days)
        self.ends_at = max(ends for _, ends in days)
        self.touch(now=now)

    def revise(self, *, now: datetime) -> None:
        """Say that place, join link or standing changed, so that diaries take the newer copy."""
        for day in self.days:
            day.revision += 1
        self.touch(now=now)

    def touch(self, *, now: datetime) -> None:
        """Changed now, and after every change before: who waited to hold it may have looked at the
        clock before the one who came first, and diaries hold an older stamp against us."""
        late = self.updated_at is not None and now < self.updated_at
        self.updated_at = self.updated_at + TICK if late else now


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
    # When the date went on without this day.
    dropped_at: Mapped[datetime | None]

    course_date: Mapped[CourseDate] = relationship(back_populates="all_days")
