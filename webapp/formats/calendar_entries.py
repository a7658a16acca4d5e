"""One course day as one diary shows it, and what it may say to whoever reads it.

What is public says nothing that only booked people may know.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.formats import words
from webapp.formats.plain_text import one_line
from webapp.models import CourseDate, CourseDay, Partnership

# What a discreet diary says instead of the course's title.
DISCREET = "Training"
DROPPED = "This day has been dropped."


@dataclass(frozen=True)
class Voice:
    """Who speaks in a calendar, and where it sends people: a date's page, their own bookings."""

    partnership: Partnership
    page_of: Callable[[CourseDate], str]
    my_bookings: str


@dataclass(frozen=True)
class Meeting:
    """The two a message is between, each (name, address), and whether an answer is asked for."""

    organiser: tuple[str, str]
    attendee: tuple[str, str]
    asks: bool


@dataclass(frozen=True)
class Entry:
    """What one entry says."""

    day: CourseDay
    uid: str
    sequence: int
    changed: datetime
    title: str
    location: str
    description: str
    page: str
    contact: str
    status: str = "CONFIRMED"
    is_free: bool = False
    join_link: str | None = None
    has_alarm: bool = False
    # No word of the course, neither its own nor of what kind it is.
    is_discreet: bool = False
    # When the message was made; None in a file without METHOD, RFC 5545 3.8.7.2.
    stamp: datetime | None = None
    # Nobody else's address goes into anybody's diary, and none at all into a file without METHOD.
    meeting: Meeting | None = None

    def cancelled(self) -> "Entry":
        return replace(self, status="CANCELLED", is_free=True, has_alarm=False)


def public(day: CourseDay, voice: Voice) -> Entry:
    """For everybody: the day as the programme announces it."""
    entry = announced(day, voice)
    return entry if is_on(day) else off(entry)


def announced(day: CourseDay, voice: Voice) -> Entry:
    """As it was announced, whatever became of it."""
    course_date = day.course_date
    return Entry(
        day=day,
        uid=day.uid,
        sequence=day.revision,
        changed=changed(course_date),
        title=title(day),
        location=location(course_date),
        description=paragraphs(
            course_date.course.summary,
            *preparation(course_date),
            *directions(course_date),
            "This entry does not book a place. Places left, and how to book:\n"
            + voice.page_of(course_date),
            questions(voice.partnership),
        ),
        page=voice.page_of(course_date),
        contact=_contact(voice.partnership),
    )


def off(entry: Entry) -> Entry:
    return replace(entry.cancelled(), title=f"CANCELLED: {entry.title}")


def is_on(day: CourseDay) -> bool:
    """Whether it is held; or was, before the rest of the date was cancelled."""
    date = day.course_date
    if day.dropped_at is not None or not date.is_off:
        return day.dropped_at is None
    was_held = date.cancelled_at is not None and day.ends_at <= date.cancelled_at
    return was_held and date.postponed_at is None


def title(day: CourseDay, *, is_discreet: bool = False) -> str:
    """The course's title, or the discreet one, with which day it is where there are several.

    A dropped day keeps the number it had, so that diaries know it.
    """
    days = sorted(
        (
            other
            for other in day.course_date.all_days
            if other.dropped_at is None
            or (day.dropped_at is not None and other.dropped_at >= day.dropped_at)
        ),
        key=lambda other: other.starts_at,
    )
    which = f" (day {days.index(day) + 1} of {len(days)})" if len(days) > 1 else ""
    return (DISCREET if is_discreet else one_line(day.course_date.course.title)) + which


def location(course_date: CourseDate) -> str:
    """One line that a map finds; never the join link."""
    if course_date.is_online:
        return f"Online ({course_date.platform})" if course_date.platform else "Online"
    where = course_date.venue.one_line if course_date.venue else words.place(course_date)
    return one_line(", ".join([course_date.room, where] if course_date.room else [where]))


def how_to_join(course_date: CourseDate) -> str:
    """For those who may know the link; nothing where there is none."""
    if not course_date.join_link:
        return ""
    return f"Join in {course_date.platform or 'your browser'}:\n{course_date.join_link}"


def changed(course_date: CourseDate) -> datetime:
    """When any row that an entry is written from last changed."""
    rows = (course_date, course_date.course, course_date.venue)
    return max(row.updated_at for row in rows if row is not None)


def preparation(course_date: CourseDate) -> Iterable[str]:
    if course_date.before_you_come:
        yield f"Before you come: {course_date.before_you_come}"


def directions(course_date: CourseDate) -> Iterable[str]:
    if course_date.venue and course_date.venue.directions:
        yield f"Getting there: {course_date.venue.directions}"


def questions(partnership: Partnership) -> str:
    phone = one_line(partnership.contact_phone)
    return ", ".join([f"Questions: {_contact(partnership)}", *([phone] if phone else [])])


def _contact(partnership: Partnership) -> str:
    return one_line(f"{partnership.contact_name}, {partnership.contact_email}")


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
