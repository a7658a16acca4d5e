"""What an announcement would become in the programme, and how organisers put that right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from webapp.formats.announcements import Item, Reading, Session, Status
from webapp.models import Announcement, Course, CourseDate, Kind, Organiser, Venue

# What is said of the course itself. All are texts; `kind` is the word of a Kind.
FACTS = ("title", "short_title", "kind", "summary", "outline", "audience", "cost", "link")


@dataclass(frozen=True)
class DraftDay:
    """One day of a draft's date. `key` is what answers and edits call it."""

    key: str
    # As the page has it: where it stands, how sure it is and why.
    session: Session
    day: date | None
    starts: time | None
    ends: time | None
    # What an organiser has to say of the day; and every day it could be, the likeliest first.
    question: str | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class DraftDate:
    """One course date as it would be made."""

    key: str
    days: tuple[DraftDay, ...]
    # None: the page does not say.
    is_online: bool | None
    # The name of a building, or of a platform.
    place: str | None
    # The venue we know that goes by this name; None when accepting would make one.
    venue: Venue | None
    # How many fit: `has_limit` None is not said so far, False is as many as come.
    has_limit: bool | None
    capacity: int | None
    join_link: str | None
    status: Status | None
    is_left_out: bool
    why_left_out: str | None
    # What it is in the programme already.
    date: CourseDate | None

    @property
    def is_new(self) -> bool:
        """Accepting the draft makes this date."""
        return self.date is None and not self.is_left_out


@dataclass(frozen=True)
class Problem:
    """What has to be said before the draft can be accepted.

    `field` is one of FACTS, or "<date key>.format", "<date key>.places", "<day key>.day",
    "<day key>.starts", "<day key>.ends".
    """

    field: str
    sentence: str


@dataclass(frozen=True)
class Draft:
    """An announcement as it would be accepted now."""

    announcement: Announcement
    item: Item
    # The course that gets the dates; None when accepting makes a new one.
    course: Course | None
    # What the reader of titles proposes, whatever the organiser chose.
    suggested_course: Course | None
    title: str
    short_title: str
    kind: Kind | None
    summary: str
    outline: str
    audience: str
    cost: str | None
    link: str | None
    dates: tuple[DraftDate, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class DateEdit:
    """What an organiser typed for one date of a draft; days by their keys."""

    days: Mapping[str, tuple[date | None, time | None, time | None]]
    is_online: bool | None
    place: str | None
    has_limit: bool | None
    capacity: int | None
    join_link: str | None
    is_left_out: bool


def of(announcement: Announcement, *, now: datetime) -> Draft:
    return of_all([announcement], now=now)[announcement.id]


def of_all(announcements: Sequence[Announcement], *, now: datetime) -> dict[int, Draft]:
    """The drafts of all these, by announcement id, in a handful of queries."""
    raise NotImplementedError


def edit(
    announcement: Announcement,
    facts: Mapping[str, str | None],
    dates: Mapping[str, DateEdit],
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Keep what the organiser wrote, by the keys of FACTS and of the draft's dates.

    What is as the page has it stays the page's and follows it. `version` is that of the
    announcement as it was shown. Raises Refused when it is settled or changed meanwhile.
    """
    raise NotImplementedError


def answer(
    announcement: Announcement,
    key: str,
    day: date,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Say which day is meant. `key` is a DraftDay's. Raises Refused."""
    raise NotImplementedError


def choose_course(
    announcement: Announcement,
    course: Course | None,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """The dates go to this course; None makes a new one. Raises Refused."""
    raise NotImplementedError


def ignore(
    announcement: Announcement,
    organiser: Organiser | None,
    reason: str,
    *,
    version: int | None = None,
    now: datetime,
) -> None:
    """Settle it without anything made of it. Raises Refused."""
    raise NotImplementedError


def take_up_again(announcement: Announcement, *, now: datetime) -> None:
    """What was ignored or left out waits for an organiser again. Raises Refused."""
    raise NotImplementedError
