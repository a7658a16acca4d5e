"""What a page announces, as it was read: every value with the words it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from webapp.models import Kind


class Sure(StrEnum):
    """How sure the reader is of a value."""

    # The page says so.
    WRITTEN = "written"
    # It follows from what the page says elsewhere, such as the year from its date.
    INFERRED = "inferred"
    # One way to read it among others: somebody should look.
    GUESSED = "guessed"


class Status(StrEnum):
    """What the page says of a session beyond its time and place."""

    FULL = "full"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    # Moved: another session of the item takes its place.
    MOVED = "moved"


@dataclass(frozen=True)
class Words:
    """A text of the page, perhaps tidied, and where it stands: offsets into the page's text."""

    text: str
    start: int
    end: int
    sure: Sure = Sure.WRITTEN


@dataclass(frozen=True)
class Reading:
    """One day that could be meant where date and weekday do not agree, and why."""

    day: date
    why: str


@dataclass(frozen=True)
class Session:
    """One day of training: its date as written, its times on London's clock, its place.

    `day` None: the year cannot be known (`month_day` then has month and day), or no date is given.
    `readings` is empty unless the weekday does not fit, when it has every day that would.
    `ends` is never before `starts`. Sessions of one `group` are the days of one occurrence.
    """

    start: int
    end: int
    day: date | None
    month_day: tuple[int, int] | None
    weekday_as_written: str | None
    readings: tuple[Reading, ...]
    starts: time | None
    ends: time | None
    venue: Words | None
    is_online: bool | None
    group: str | None
    status: Status | None
    sure: Sure
    # How the year was found, or what is in doubt, in one sentence.
    why: str

    @property
    def is_in_conflict(self) -> bool:
        return bool(self.readings)


@dataclass(frozen=True)
class AgendaLine:
    """A part of the day."""

    start: int
    end: int
    starts: time
    title: str
    speaker: str | None


@dataclass(frozen=True)
class Item:
    """One announcement. `kind` is None where it is no training; `why` says what decided that."""

    start: int
    end: int
    title: Words
    kind: Kind | None
    is_training: bool
    why: str
    published: date | None
    published_words: Words | None
    # What can be gone to; and what the page says is off, so that nobody goes to it.
    sessions: tuple[Session, ...]
    called_off: tuple[Session, ...]
    venue: Words | None
    is_online: bool | None
    audience: Words | None
    outline: Words | None
    booking: Words | None
    agenda: tuple[AgendaLine, ...]
    speakers: tuple[Words, ...]
    sure: Sure = Sure.WRITTEN


@dataclass(frozen=True)
class Announcements:
    """A whole page: its text as it was read, to which all offsets refer, and what it announces."""

    text: str
    items: tuple[Item, ...]
