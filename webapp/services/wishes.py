"""What a draft's date asks of the programme: its days, its place, and both in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from webapp.clock import LONDON, london
from webapp.formats import words
from webapp.models import CourseDate, DateState, Format, Venue
from webapp.services import arrangements, occurrences, place_names
from webapp.services.arrangements import Arrangements, Times
from webapp.services.draft_parts import DraftDate, DraftDay


@dataclass(frozen=True)
class Span:
    """One day from start to end."""

    starts_at: datetime
    ends_at: datetime


def days(one: DraftDate, course_date: CourseDate | None = None) -> tuple[Times, ...]:
    """Starts and ends; empty while a day or an hour is not known.

    What the page leaves open stays as it is published: an hour, or which day was meant.
    """
    standing = course_date.days if course_date else []
    there = [Span(london(day.starts_at), london(day.ends_at)) for day in standing]
    found = []
    for number, day in enumerate(one.days):
        span = _day(day, there[number] if number < len(there) else None)
        if span is None:
            return ()
        found.append(span)
    return tuple(sorted(found))


def _day(day: DraftDay, published: Span | None) -> Times | None:
    on, starts, ends = day.day, day.starts, day.ends
    if published is not None:
        starts, ends = starts or published.starts_at.time(), ends or published.ends_at.time()
        settled = published.starts_at.date()
        if on is None and settled in occurrences.meant(day.session):
            on = settled
    if on is None or starts is None or ends is None:
        return None
    return moment(on, starts), moment(on, ends)


def moment(day: date, clock_time: time) -> datetime:
    """On London's clock."""
    return datetime.combine(day, clock_time, LONDON).astimezone(UTC)


def published_days(course_date: CourseDate) -> tuple[Times, ...]:
    """The days that stand; none while somebody has to say which they are."""
    if course_date.state is DateState.HELD_BACK:
        return ()
    return tuple((day.starts_at, day.ends_at) for day in course_date.days)


def is_held_back_at_other_hours(one: DraftDate, course_date: CourseDate) -> bool:
    """Whether every day it waits to be settled on has hours that are not the page's any more."""
    day = one.days[0]
    hours = [
        (london(reading.starts_at).time(), london(reading.ends_at).time())
        for reading in course_date.readings
    ]
    is_said = day.starts is not None and day.ends is not None
    is_waiting = course_date.state is DateState.HELD_BACK and bool(hours)
    return is_waiting and is_said and (day.starts, day.ends) not in hours


def is_elsewhere(one: DraftDate, course_date: CourseDate) -> bool:
    """Whether the page names another place than the programme; one it does not name is no other."""
    if one.is_online is None:
        return False
    if one.is_online is not course_date.is_online:
        return True
    if one.place is None:
        return False
    ours = course_date.platform if one.is_online else course_date.venue and course_date.venue.name
    return not place_names.is_called(one.place, ours or "")


def for_new(one: DraftDate, venue: Venue | None) -> Arrangements:
    """What a new date gets. `venue` is the draft's, made where there was none."""
    return Arrangements(
        days=days(one),
        format=Format.ONLINE if one.is_online else Format.FACE_TO_FACE,
        venue=venue,
        capacity=one.capacity if one.has_limit else None,
        room=None,
        platform=one.place if one.is_online else None,
        join_link=one.join_link,
        before_you_come=None,
        closes_at=None,
    )


def for_known(
    one: DraftDate, course_date: CourseDate, venue: Venue | None, now: datetime
) -> Arrangements:
    """What a published date becomes: only what the page has otherwise is different."""
    there = arrangements.of(course_date)
    wanted = replace(there, days=days(one, course_date) or there.days)
    wanted = replace(wanted, closes_at=_closing(course_date, wanted.days, now))
    # Nor does it open after it has begun.
    if wanted.opens_at and wanted.days and wanted.opens_at >= wanted.days[0][0]:
        wanted = replace(wanted, opens_at=None)
    if not is_elsewhere(one, course_date):
        return wanted
    if one.is_online:
        link = there.join_link or one.join_link
        platform = one.place or there.platform
        return replace(wanted, format=Format.ONLINE, platform=platform, join_link=link)
    return replace(wanted, format=Format.FACE_TO_FACE, venue=venue, room=None)


def _closing(course_date: CourseDate, new_days: Sequence[Times], now: datetime) -> datetime | None:
    """Booking closes as many days before the start as it did.

    None, at the start: where that would be later, or would close at once what is still open or
    comes back.
    """
    closes_at, standing = course_date.closes_at, course_date.days
    if closes_at is None or not new_days:
        return closes_at
    is_open = closes_at > now or course_date.state is DateState.CANCELLED
    starts_at = new_days[0][0]
    was_on, shown = standing[0].starts_at if standing else starts_at, london(closes_at)
    later = london(starts_at).date() - london(was_on).date()
    closes_at = moment(shown.date() + later, shown.time())
    return None if closes_at > starts_at or (closes_at <= now and is_open) else closes_at


def in_words(one: DraftDate, course_date: CourseDate | None) -> str:
    """As the page has it, for a person: "Thursday 29 May 2025, 10am to 2pm, West Offices"."""
    spans = [Span(*times) for times in days(one, course_date)]
    first = one.days[0].session
    when = words.all_days(spans) if spans else occurrences.announced_as(first) or "No date"
    where = one.venue.name if one.venue and not one.is_online else one.place
    if where is None and course_date and not is_elsewhere(one, course_date):
        where = words.place(course_date)
    return f"{when}, {where}" if where else when
