"""A week whose days are named alone: "20 - 24 November", and below it "Monday", "Tue 21:"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from webapp.formats.news_calendar import WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line
from webapp.formats.news_times import Slot

# A shortened weekday, and one with its number, could begin a sentence: a mark follows.
DAY = re.compile(
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s?(?:[-\u2013\u2014:|](?=\s)|(?=\s)|$)"
    r"|(?P<short>[A-Z][a-z]{2,8})\.?,?(?: (?:the )?(?P<number>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?= ?(?:[-\u2013\u2014:|](?:\s|$)|$))"
)
# Fewer lines that begin with a weekday are no programme of a week.
FEWEST, LONGEST = 3, 7
# So far below a day are its hours.
BELOW_A_DAY = 5


def is_programme(lines: Sequence[Line]) -> bool:
    """Whether several days of a week head what is on."""
    return len({said[0] for line in lines if (said := _said(line))}) >= FEWEST


def week(found: Sequence[Mention], before: Mention | None) -> Mention | None:
    """The first day of the week that is in force from these days on, with its weekday."""
    for first, last in pairwise(found):
        is_week = last.until and first.month == last.month and 0 < last.day - first.day < LONGEST
        if is_week and (weekday := _weekday(first)) is not None:
            return replace(first, weekday=weekday)
    return before


def _weekday(day: Mention) -> int | None:
    """Of a day: as it says, or as its year does."""
    if day.weekday is not None or day.year is None:
        return day.weekday
    try:
        return date(day.year, day.month, day.day).weekday()
    except ValueError:
        return None


def day(line: Line, first: Mention | None) -> list[Mention]:
    """The day that begins the line, in the week that began on `first`."""
    said = _said(line) if first else None
    if first is None or first.weekday is None or said is None:
        return []
    named, number, end = said
    if number is None:
        number = first.day + (named - first.weekday) % LONGEST
    elif not 0 <= number - first.day < LONGEST:
        return []
    as_written = line.text[:end].split()[0].rstrip(".,")
    end += line.start
    return [Mention(line.start, end, number, first.month, first.year, named, as_written, 0)]


def themes(places: Sequence[int], times: Sequence[Sequence[Slot]]) -> Sequence[int]:
    """Of the lines at which days of a week stand, those that have but a theme: all, where none has
    hours; `times`: those of every line of the page."""
    has_hours = bool(places) and any(times[places[0] : places[-1] + BELOW_A_DAY])
    return () if has_hours else places


def _said(line: Line) -> tuple[int, int | None, int] | None:
    """The weekday that begins the line, its number in the month, and where they end on it."""
    found = DAY.match(line.text)
    name = found["weekday"] or found["short"] if found else ""
    named = WEEKDAY_OF.get(name.lower())
    if found is None or named is None:
        return None
    end = found.end("weekday") if found["weekday"] else found.end()
    return named, int(found["number"]) if found["number"] else None, end
