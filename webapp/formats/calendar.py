"""Rows to iCalendar bytes: files to download, feeds to subscribe to, invitations by mail.

Which kind says what, and why, is decided per program that reads it: Outlook makes a new calendar
of a single entry with X-WR-CALNAME, rings an alarm of a feed for everybody, opens a meeting nobody
sent when a file has a METHOD.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from icalendar import Calendar, Timezone, vDuration, vText

from webapp.clock import london
from webapp.formats import calendar_bookings, words
from webapp.formats import calendar_entries as entries
from webapp.formats.calendar_entries import Entry, Meeting, Voice
from webapp.formats.calendar_lines import event, octets, text, uri
from webapp.formats.plain_text import one_line, slug
from webapp.models import Booking, CourseDate, CourseDay, Invite

PRODUCT = "-//Safeguarding Training//Training Programme 1.0//EN"
# True of a place given up, a date put off and a day dropped alike: why, the mail says.
CANCELLED = (
    "You are no longer expected here at this time. There is nothing more to do: your calendar "
    "should remove this entry."
)
PROGRAMME_REFRESH = timedelta(hours=4)
PERSONAL_REFRESH = timedelta(hours=1)
END = b"END:VCALENDAR\r\n"
# One yearly rule each way: the only shape that every client reads alike. The library's own
# add_missing_timezones() puts winter events an hour out in Thunderbird and others.
EUROPE_LONDON = b"""BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Invitation:
    """One message to one diary about one day: a REQUEST to put it in or a CANCEL to take it out."""

    method: Literal["REQUEST", "CANCEL"]
    ics: bytes
    filename: str
    # The day, and what the entry of it is called and says, in plain words.
    day: CourseDay | None = None
    title: str = ""
    words: str = ""


def own(booking: Booking, voice: Voice) -> bytes:
    """What a booked person may keep: as the invitation says it, with the join link."""
    return file(calendar_bookings.private(booking, day, voice) for day in booking.course_date.days)


def in_programme(day: CourseDay, voice: Voice) -> bytes:
    """The feed is nobody's own diary, so its days leave people free."""
    return written(replace(entries.public(day, voice), is_free=True))


def written(entry: Entry) -> bytes:
    return octets(event(entry))


def file(shown: Iterable[Entry]) -> bytes:
    """What somebody may keep of a date, or of all dates of a course; it rings the day before."""
    alarmed = (replace(entry, has_alarm=entry.status == "CONFIRMED") for entry in shown)
    return file_of(map(written, alarmed))


def file_of(events: Iterable[bytes]) -> bytes:
    """A file to download."""
    calendar = _calendar()
    calendar.add("x-ms-olk-forceinspectoropen", vText("TRUE"))
    return _whole(calendar, events)


def public_feed(
    events: Iterable[bytes], *, name: str, source: str, until: datetime | None = None
) -> bytes:
    """What everybody may follow; `until` says of how far it goes when there was more."""
    feed = _feed(name, "Training that can be booked.", PROGRAMME_REFRESH, until)
    feed.add("source", uri(source), parameters={"VALUE": "URI"})
    return _whole(feed, events)


def private_feed(
    events: Iterable[bytes], *, name: str, about: str, until: datetime | None = None
) -> bytes:
    """What one person follows. It does not name its own secret address."""
    return _whole(_feed(name, about, PERSONAL_REFRESH, until), events)


def request(invite: Invite, voice: Voice, *, sender: tuple[str, str], now: datetime) -> Invitation:
    """Asks one diary to take one day in, or to correct it. `sender` is the mail's own From."""
    booking, day = invite.booking, invite.course_day
    between = Meeting(sender, (booking.name, booking.email), asks=True)
    entry = calendar_bookings.private(booking, day, voice)
    stamped = replace(entry, stamp=max(now, entry.changed), meeting=between)
    return _invitation("REQUEST", stamped)


def cancellation(
    invite: Invite, voice: Voice, *, sender: tuple[str, str], now: datetime
) -> Invitation:
    """Asks one diary to take one day out again."""
    booking, day = invite.booking, invite.course_day
    entry = calendar_bookings.withdrawn(booking, day, voice)
    stamped = replace(
        entry,
        uid=invite.uid,
        sequence=invite.sequence,
        stamp=max(now, entry.changed),
        description=CANCELLED,
        meeting=Meeting(sender, (booking.name, booking.email), asks=False),
    )
    return _invitation("CANCEL", stamped)


def filename(date: CourseDate, *, is_discreet: bool = False) -> str:
    """ "harmful-sexual-behaviour-27-nov-2025.ics"; discreetly "training-27-nov-2025.ics"."""
    named = (date.course.short_title, date.course.slug) if not is_discreet else ()
    stem = next(filter(None, map(slug, named)), "training")
    if date.starts_at is None:
        return f"{stem}.ics"
    day = london(date.starts_at)
    return f"{stem}-{day.day}-{day:%b-%Y}.ics".lower()


def _feed(name: str, about: str, refresh: timedelta, until: datetime | None) -> Calendar:
    feed = _calendar()
    for said in ("name", "x-wr-calname"):
        feed.add(said, text(one_line(name)))
    news = "Changes follow by themselves."
    if until is not None:
        news += f" This calendar goes up to {words.day(until)}: more would be too long to follow."
    feed.add("x-wr-caldesc", vText(f"{about} {news}"))
    feed.add("x-wr-timezone", vText("Europe/London"))
    feed.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", vDuration(refresh))
    return feed


def _invitation(method: Literal["REQUEST", "CANCEL"], entry: Entry) -> Invitation:
    """One message, one VEVENT, one UID: RFC 5546 3.2."""
    named = filename(entry.day.course_date, is_discreet=entry.is_discreet)
    ics = b"".join([_opening(method), written(entry), END])
    return Invitation(method, ics, named, entry.day, entry.title, entry.description)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _whole(calendar: Calendar, events: Iterable[bytes]) -> bytes:
    """The events, written already, where the library would have written them."""
    return b"".join([octets(calendar).removesuffix(END), _time_zone(), *events, END])


@cache
def _opening(method: str) -> bytes:
    """What stands before the one event of every such message."""
    calendar = _calendar()
    calendar.add("method", method)
    return _whole(calendar, []).removesuffix(END)


@cache
def _time_zone() -> bytes:
    return octets(Timezone.from_ical(EUROPE_LONDON))
