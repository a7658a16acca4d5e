"""The calendars themselves: every entry that is kept as it is, and the others written anew."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from webapp.formats import (
    calendar,
    calendar_bookings,
    calendar_cache,
    calendar_entries,
    calendar_staff,
)
from webapp.formats.calendar_entries import Voice
from webapp.models import CourseDate, CourseDay, Organiser, Partnership, Practitioner
from webapp.services import diaries, feeds, links, windows
from webapp.services.feeds import Stamps
from webapp.services.programme import Filters

# What Google reads of a feed, and of that what the lines around the entries take.
LARGEST = 1_000_000
AROUND = 4_000

# Writes the entries of these days, in their order.
Write = Callable[[Sequence[Row[Any]]], Iterable[bytes]]


def of_course(dates: Sequence[CourseDate], ours: Partnership, *, now: datetime) -> bytes:
    """A file of these dates, with the days that were dropped lately."""
    voice = diaries.voice(ours)
    shown = (day for date in dates for day in date.all_days if windows.is_shown(day, now))
    return calendar.file(calendar_entries.public(day, voice) for day in shown)


def programme(
    filters: Filters, ours: Partnership, *, name: str, source: str, now: datetime
) -> bytes:
    """The public feed of what the filters name."""
    days, voice = feeds.in_programme(filters, now=now), diaries.voice(ours)
    write = _day_by_day(lambda day: calendar.in_programme(day, voice))
    events, until = _fitting(days, _written("programme", days, voice, write), now)
    return calendar.public_feed(events, name=name, source=source, until=until)


def personal(who: Practitioner, ours: Partnership, *, name: str, now: datetime) -> bytes:
    """One person's feed."""
    days, voice = feeds.of_practitioner(who.id, now=now), diaries.voice(ours)

    def write(rows: Sequence[Row[Any]]) -> Iterable[bytes]:
        found = feeds.bookings({row.booking_id for row in rows})
        for row in rows:
            booking = found[row.booking_id]
            day = next(day for day in booking.course_date.all_days if day.id == row.id)
            yield calendar.written(calendar_bookings.private(booking, day, voice))

    audience = ("personal", who.is_discreet, who.diary_changed_at)
    events, until = _fitting(days, _written(audience, days, voice, write), now)
    return calendar.private_feed(events, name=name, about="Your training.", until=until)


def of_trainer(who: Organiser, ours: Partnership, *, name: str, now: datetime) -> bytes:
    """The feed of what somebody teaches."""
    days, voice = feeds.of_trainer(who.id, now=now), diaries.voice(ours)
    write = _day_by_day(lambda day: calendar.written(calendar_staff.teaching(day, voice)))
    events, until = _fitting(days, _written("teaching", days, voice, write), now)
    return calendar.private_feed(events, name=name, about="The dates you teach.", until=until)


def of_everything(ours: Partnership, *, name: str, now: datetime) -> bytes:
    """The organisers' feed."""
    days = feeds.of_everybody(now=now)
    events, until = _fitting(days, _organising(days, ours), now)
    return calendar.private_feed(events, name=name, about="All dates.", until=until)


def export(ours: Partnership, *, now: datetime) -> bytes:
    """All dates there ever were, in one file of whatever size."""
    return calendar.file_of(_organising(feeds.ever(now=now), ours))


def _organising(days: Stamps, ours: Partnership) -> list[bytes]:
    voice = replace(diaries.voice(ours), page_of=_attendees_of)
    write = _day_by_day(lambda day: calendar.written(calendar_staff.organising(day, voice)))
    return _written("organising", days, voice, write)


def _attendees_of(date: CourseDate) -> str:
    return links.address("organiser.attendees", date_id=date.id)


def _day_by_day(written: Callable[[CourseDay], bytes]) -> Write:
    def write(rows: Sequence[Row[Any]]) -> Iterable[bytes]:
        found = feeds.days({row.id for row in rows})
        return (written(found[row.id]) for row in rows)

    return write


def _written(audience: Hashable, days: Stamps, voice: Voice, write: Write) -> list[bytes]:
    """The entry of each day, as it is kept; `write` makes those that are not."""
    # Our addresses stand in every entry, and so does whom to ask.
    about = (audience, voice.my_bookings, voice.partnership.updated_at)
    rows = {(*about, *row): row for row in days}
    return calendar_cache.written(
        list(rows), lambda keys: zip(keys, write([rows[key] for key in keys]), strict=True)
    )


def _fitting(
    days: Stamps, events: Sequence[bytes], now: datetime
) -> tuple[list[bytes], datetime | None]:
    """As many of these events as a feed may hold, in order; they come nearest first.

    Some programs read a megabyte of a feed and drop the rest without a word, so a longer one ends
    at the date that is told with it: what is left out is first the past, then the farthest future.
    """
    room, shown = LARGEST - AROUND, 0
    for event in events[: feeds.MOST]:
        room -= len(event)
        if room < 0:
            break
        shown += 1
    ends_early = shown and shown < len(days) and days[shown].starts_at > windows.opened(now)
    in_order = sorted(zip(days, events[:shown], strict=False), key=lambda pair: pair[0].starts_at)
    return [event for _, event in in_order], days[shown - 1].starts_at if ends_early else None
