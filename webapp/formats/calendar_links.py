"""Addresses that put a day into a calendar on the web, or a feed into a calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from webapp.formats import words
from webapp.formats.calendar_entries import Entry
from webapp.formats.plain_text import lines, one_line

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/deeplink/compose"
OUTLOOK_AT_HOME = "https://outlook.live.com/calendar/0/deeplink/compose"
# All of it has to fit into an address.
DETAILS_END = 1000


@dataclass(frozen=True)
class DayLinks:
    """The ways to add one day, with the day in words for dates that have several."""

    day: str
    google: str
    outlook_at_work: str
    outlook_at_home: str


def for_days(entries: Iterable[Entry]) -> list[DayLinks]:
    """The instants are in UTC: each calendar shows them on the reader's own clock."""
    return [
        DayLinks(
            words.day(entry.day.starts_at),
            google(entry),
            outlook(entry, OUTLOOK_AT_WORK),
            outlook(entry, OUTLOOK_AT_HOME),
        )
        for entry in entries
    ]


def google(entry: Entry) -> str:
    starts, ends = (f"{_utc(m):%Y%m%dT%H%M%SZ}" for m in (entry.day.starts_at, entry.day.ends_at))
    return _address(
        GOOGLE,
        action="TEMPLATE",
        text=one_line(entry.title),
        dates=f"{starts}/{ends}",
        ctz="Europe/London",
        location=one_line(entry.location),
        details=_details(entry),
    )


def outlook(entry: Entry, site: str) -> str:
    starts, ends = (
        f"{_utc(m):%Y-%m-%dT%H:%M:%SZ}" for m in (entry.day.starts_at, entry.day.ends_at)
    )
    return _address(
        site,
        path="/calendar/action/compose",
        rru="addevent",
        subject=one_line(entry.title),
        startdt=starts,
        enddt=ends,
        location=one_line(entry.location),
        body=_details(entry),
    )


def webcal(address: str) -> str:
    """The address of a feed as Apple Calendar, Thunderbird and classic Outlook subscribe to it."""
    return "webcal://" + address.partition("://")[2]


def _address(site: str, **words_: str) -> str:
    """Outlook shows a plus sign as one, so spaces are %20."""
    return f"{site}?{urlencode(words_, quote_via=quote)}"


def _details(entry: Entry) -> str:
    description = lines(entry.description)
    cut = description[:DETAILS_END] + ("…" if len(description) > DETAILS_END else "")
    return f"{entry.page}\n\n{cut}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
