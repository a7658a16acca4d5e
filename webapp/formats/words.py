"""Dates, times and standings in the words that pages, mails and files share. London time."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from webapp.clock import london
from webapp.models import CourseDate, DateState, Format, Kind, Places

KINDS = {
    Kind.COURSE: "Course",
    Kind.BRIEFING: "Briefing",
    Kind.WEBINAR: "Webinar",
    Kind.CONFERENCE: "Conference",
    Kind.E_LEARNING: "E-learning",
}
FORMATS = {Format.FACE_TO_FACE: "Face to face", Format.ONLINE: "Online"}
TO_BE_CONFIRMED = "Date to be confirmed"
POSTPONED = "Postponed, new date to be confirmed"


class Span(Protocol):
    """Anything with a start and an end: a day of a course date, or a reading of an announcement."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def day(moment: date) -> str:
    """ "Thursday 29 May 2025". A moment is read on London's calendar."""
    local = _date(moment)
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_day(moment: date) -> str:
    """ "Thu 29 May"."""
    return _in_short(_date(moment))


@lru_cache(maxsize=1000)
def _in_short(day: date) -> str:
    """Long lists have the same few over and over."""
    return f"{day:%a} {day.day} {day:%b}"


def month(moment: date) -> str:
    """ "May 2025"."""
    return f"{_date(moment):%B %Y}"


def clock_time(moment: datetime | time) -> str:
    """ "10am", "9.15am", "midday"; a plain time is London's already."""
    local = london(moment).time() if isinstance(moment, datetime) else moment
    if local.minute == 0 and local.hour in {0, 12}:
        return "midday" if local.hour else "midnight"
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def times(span: Span) -> str:
    """ "10am to 2pm"; the end's day is added when it is another one."""
    ends = clock_time(span.ends_at)
    if _date(span.starts_at) != _date(span.ends_at):
        ends += f" on {day(span.ends_at)}"
    return f"{clock_time(span.starts_at)} to {ends}"


def moment(when_: datetime) -> str:
    """A deadline or a happening: "5pm on Thursday 29 May 2025"."""
    return f"{clock_time(when_)} on {day(when_)}"


def last_moment(when_: datetime) -> str:
    """Until when: "the end of Thursday 29 May 2025" where it is midnight, else as a deadline."""
    local = london(when_)
    is_midnight = (local.hour, local.minute) == (0, 0)
    return f"the end of {day(local - timedelta(days=1))}" if is_midnight else moment(when_)


def one_day(span: Span) -> str:
    """ "Thursday 29 May 2025, 10am to 2pm"."""
    return f"{day(span.starts_at)}, {times(span)}"


def when(course_date: CourseDate) -> str:
    """All days of a course date in one line, or that it is still to be confirmed.

    Of a cancelled one these are the days it was to be on.
    """
    if course_date.state is DateState.POSTPONED:
        return f"{POSTPONED} (it was to be on {all_days(course_date.days)})"
    if course_date.starts_at is None and course_date.state is not DateState.CANCELLED:
        return to_be_confirmed(course_date)
    return all_days(course_date.days)


def all_days(days: Sequence[Span]) -> str:
    """ "Thursday 29 May 2025 and Friday 30 May 2025, 10am to 2pm each day"."""
    if len({times(span) for span in days}) > 1:
        return listed([one_day(span) for span in days], "; and ", "; ")
    if len(days) > 1:
        return f"{listed([day(span.starts_at) for span in days])}, {times(days[0])} each day"
    return one_day(days[0])


def to_be_confirmed(course_date: CourseDate) -> str:
    announced = course_date.announced_as
    return f"{TO_BE_CONFIRMED} (announced as {announced})" if announced else TO_BE_CONFIRMED


def soon(when_: datetime | None, now: datetime) -> str:
    """ "today", "tomorrow", "in 3 days", "in 5 weeks"; nothing when it is past or far away."""
    days = (_date(when_) - _date(now)).days if when_ else -1
    if days < 0 or days >= 70:
        return ""
    if days < 2:
        return "tomorrow" if days else "today"
    return f"in {days} days" if days < 14 else f"in {days // 7} weeks"


def place(course_date: CourseDate) -> str:
    """Where, in a few words: "West Offices, York", or "Microsoft Teams"."""
    venue = course_date.venue
    return where(course_date.is_online, course_date.platform, venue.name if venue else None)


def where(is_online: bool, platform: str | None, venue: str | None) -> str:
    """The same of a place by its parts, the venue by its name."""
    if is_online:
        return platform or FORMATS[Format.ONLINE]
    return venue or "Venue to be confirmed"


def standing(course_date: CourseDate, places: Places | None, now: datetime) -> str:
    """Whether one can come, in a few words: "7 places left", "Full: 3 waiting", "Cancelled".

    Its places are for a date that can be booked."""
    if places is not None and course_date.why_not_bookable(now) is None:
        return places.words
    if course_date.state is DateState.CANCELLED:
        return "Cancelled"
    if course_date.state is DateState.POSTPONED:
        return "Postponed"
    if course_date.starts_at is None or course_date.state is DateState.HELD_BACK:
        return "To be confirmed"
    if course_date.has_started(now):
        return "Past" if course_date.is_past(now) else "Started"
    if course_date.opens_at is not None and now < course_date.opens_at:
        return f"Booking opens {short_day(course_date.opens_at)}"
    return "Booking closed"


def closing(course_date: CourseDate, now: datetime) -> str:
    """ "Closes in 3 days": in the last week while it can be booked, else nothing."""
    closes = course_date.closes_at
    if closes is None or course_date.why_not_bookable(now) is not None:
        return ""
    near = (_date(closes) - _date(now)).days <= 7
    return f"Closes {soon(closes, now)}" if near else ""


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a text, which blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text or "") if part.strip()]


def listed(things: Iterable[str], last: str = " and ", between: str = ", ") -> str:
    """ "one, two and three"."""
    *head, tail = list(things) or [""]
    return between.join(head) + last + tail if head else tail


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def counted(number: int, thing: str, things: str | None = None) -> str:
    """ "1 place", "7 places", "1,000 dates", "No dates"."""
    word = thing if number == 1 else things or f"{thing}s"
    return f"{number:,} {word}" if number else f"No {word}"


def _date(moment_: date) -> date:
    return london(moment_).date() if isinstance(moment_, datetime) else moment_
