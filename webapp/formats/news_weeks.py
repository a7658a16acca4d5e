"""A week whose days are named alone: "20 - 24 November", and below it "Monday", "Tuesday"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from webapp.formats.news_calendar import WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line

DAY = re.compile(r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s?(?:[-\u2013\u2014:|](?=\s)|$)")
# Fewer lines that begin with a weekday are no programme of a week.
FEWEST, LONGEST = 3, 7


def is_programme(lines: Sequence[Line]) -> bool:
    """Whether several days of a week head what is on."""
    named = {found[1] for line in lines if (found := DAY.match(line.text))}
    return len(named) >= FEWEST


def week(found: Sequence[Mention], before: Mention | None) -> Mention | None:
    """The first day of the week that is in force from these days on."""
    for first, last in pairwise(found):
        is_week = last.until and first.month == last.month and 0 < last.day - first.day < LONGEST
        if is_week and first.weekday is not None:
            return first
    return before


def day(line: Line, first: Mention | None) -> list[Mention]:
    """The day that begins the line, in the week that began on `first`."""
    said = DAY.match(line.text) if first else None
    named = WEEKDAY_OF.get(said[1].lower()) if said else None
    if first is None or first.weekday is None or said is None or named is None:
        return []
    number = first.day + (named - first.weekday) % LONGEST
    end = line.start + said.end(1)
    return [Mention(line.start, end, number, first.month, first.year, named, said[1], 0)]
