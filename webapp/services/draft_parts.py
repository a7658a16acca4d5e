"""What a draft is made of: the course and its dates as they would be accepted, and what lacks."""

from dataclasses import dataclass
from datetime import date, time

from webapp.formats.announcements import Item, Reading, Session, Status
from webapp.models import Announcement, Course, CourseDate, Kind, Venue

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

    @property
    def is_in_conflict(self) -> bool:
        """Nobody said which day is meant, and date and weekday do not agree."""
        return self.question is not None and self.session.is_in_conflict


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
    # Why the draft itself leaves it out, whatever the organiser chose; None when it would not.
    why_left_out: str | None
    # What it is in the programme already.
    date: CourseDate | None

    @property
    def is_new(self) -> bool:
        """Accepting the draft makes this date."""
        return self.date is None and not self.is_left_out

    @property
    def would_be_held_back(self) -> bool:
        """Its one day is in conflict and can wait to be settled in the programme."""
        return len(self.days) == 1 and self.days[0].is_in_conflict


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
    # All dates of that course, in any state.
    course_dates: tuple[CourseDate, ...]
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
    # When that was published which the programme has, if this was published before it.
    older_than: date | None

    @property
    def goes_to(self) -> int:
        """The id of the course that gets the dates, 0 for a new one: what somebody was shown."""
        return self.course.id if self.course else 0


def problems(draft: Draft) -> tuple[Problem, ...]:
    """All that keeps this draft from being accepted, in the order of the form."""
    found = [] if draft.course else _of_course(draft)
    for date_ in draft.dates:
        if date_.is_new:
            found += _of_date(date_)
    return tuple(found)


def _of_course(draft: Draft) -> list[Problem]:
    asked = [
        Problem("title", "Enter a title.") if not draft.title else None,
        Problem("kind", "Say what kind of training it is.") if draft.kind is None else None,
        Problem("summary", "Enter a summary of one sentence.") if not draft.summary else None,
    ]
    if draft.kind is Kind.E_LEARNING:
        if not draft.link:
            asked.append(Problem("link", "Enter the address of the e-learning."))
        if any(date_.is_new for date_ in draft.dates):
            asked.append(Problem("kind", "E-learning has no dates. Choose another kind."))
    return [problem for problem in asked if problem]


def _of_date(date_: DraftDate) -> list[Problem]:
    found = []
    for day in date_.days:
        found += _of_day(day, date_.would_be_held_back)
    if date_.is_online is None:
        found.append(Problem(f"{date_.key}.format", "Say whether it is face to face or online."))
    if date_.has_limit is None or (date_.has_limit and date_.capacity is None):
        found.append(Problem(f"{date_.key}.places", "Say how many places there are."))
    return found


def _of_day(day: DraftDay, may_wait: bool) -> list[Problem]:
    found = []
    if day.question and not may_wait:
        found.append(Problem(f"{day.key}.day", day.question))
    if day.question is None and day.day is None:
        found.append(Problem(f"{day.key}.day", "Enter the day."))
    if day.starts is None:
        found.append(Problem(f"{day.key}.starts", "Enter when it starts."))
    if day.ends is None:
        found.append(Problem(f"{day.key}.ends", "Enter when it ends."))
    elif day.starts is not None and day.ends <= day.starts:
        found.append(Problem(f"{day.key}.ends", "The end must be after the start."))
    return found
