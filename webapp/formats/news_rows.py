"""The lines of a page with the days and times that were found on each."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from webapp.errors import Refused
from webapp.formats import (
    news_dates,
    news_kept_weeks,
    news_month_columns,
    news_months,
    news_start_and_end,
    news_times,
    news_weeks,
)
from webapp.formats.news_calendar import WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line, Source
from webapp.formats.news_tiles import tile
from webapp.formats.news_times import Slot
from webapp.formats.news_vocabulary import either

Found = TypeVar("Found", Mention, Slot)
EVENING = re.compile(r"\b(?:evening|twilight|night)\b", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What joins a day and a time on a line and says nothing by itself.
JOINTS = re.compile(
    r"\b"
    + either(
        r"""and | or | at | on | from | to | the | of | dates? | times? | when | day | sessions?
            part | module | both | each | held | start | starts | starting | am | pm | until | till
            between | is | are | will | be | hrs? | hours? | minutes | mins? | noon | midday | week
            course | group | mornings? | afternoons? | evenings? | twilights? | run | runs | except
            registration | arrivals? | arrive | coffee | refreshments | please | by | finishing
            mon | tues? | weds? | thurs? | fri | sat | sun | mondays? | tuesdays? | wednesdays?
            thursdays? | fridays? | saturdays? | sundays? | only | new | event | am/pm
            llun | mawrth | mercher | iau | gwener | sadwrn | sul"""
    )
    + r"\b",
    re.IGNORECASE,
)
# How a line begins that says the time of what another line is about.
TIME_LABEL = re.compile(
    r"^\W*(?:date (?:and|&) |session |course )?"
    + either(
        r"""times? | when | start(?:s|ing)? | hours? | duration
            all (?:sessions|courses|dates|workshops) | each session | both | every session
            sessions?"""
    )
    + r"\b",
    re.IGNORECASE,
)
# A date or a time that a mail program broke over two lines: how each half looks, and how long.
UNFINISHED = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?"
    r"|\d{1,2} ?(?:st|nd|rd|th))\s*$",
    re.IGNORECASE,
)
HANGING = re.compile(r"(?:[-\u2013\u2014]|\b(?:to|until|till|and))\s*$", re.IGNORECASE)
HANGS_ON = re.compile(r"^\W{0,3}(?:[-\u2013\u2014]|to\b|until\b|till\b)", re.IGNORECASE)
HALF = 40
# No page of news has so many; to read more would keep everybody waiting.
MOST_DAYS = 3_000
TOO_MANY_DAYS = "There are more than 3,000 dates on this page. Take the part with the news."
TOP_LINES = 3
# A weekday right before hours, and as much as may stand between these and their day.
WEEKDAY_BEFORE = re.compile(r"\b([A-Z][a-z]{2,8})\W{1,3}$")
LONGEST_WEEKDAY, BETWEEN_CELLS = 13, 3
# Beside a day that heads what is below it stand fewer words than this.
HEAD_WORDS = 8


@dataclass(frozen=True)
class Row:
    """One line, with what is dated and timed on it; offsets are the page's.

    A line may have thousands of days: what is asked of it again for each is remembered.
    """

    index: int
    line: Line
    days: tuple[Mention, ...]
    times: tuple[Slot, ...]
    # What the line says beside days and times.
    rest: str
    _asked: dict[re.Pattern[str], bool] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    @property
    def said(self) -> list[Mention | Slot]:
        """The days and the times, in no order."""
        return [*self.days, *self.times]

    @cached_property
    def is_bare(self) -> bool:
        """Nothing but days and times, such as a day that heads what is on it."""
        return bool(self.days or self.times) and not LETTERS.search(JOINTS.sub("", self.rest))

    @cached_property
    def words(self) -> int:
        """How many words stand beside days and times."""
        return len(self.rest.split())

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether this is said anywhere on the line."""
        if pattern not in self._asked:
            self._asked[pattern] = bool(pattern.search(self.line.text))
        return self._asked[pattern]


def heads_a_day(row: Row) -> bool:
    """Whether what stands below may be on this day: "Monday 6 May", "Tuesday 7 May: Listening"."""
    is_range = len(row.days) == 2 and row.days[1].until
    if not (len(row.days) == 1 or is_range) or row.times or row.line.cells or row.line.is_bullet:
        return False
    first, at = row.days[0], row.line.start
    # "Monday" heads what is on that day of the week, whatever the theme is.
    is_weekday = row.line.text[: first.end - at].isalpha()
    return row.is_bare or (first.start == at and (is_weekday or row.words < HEAD_WORDS))


def rows(source: Source) -> tuple[Row, ...]:
    """Every line of the page, those aside too, so that indexes are the page's.

    Refused, with a sentence, where there are more days than anybody announces.
    """
    days: list[list[Mention]] = []
    last: Mention | None = None
    month = _month_of_page(source)
    head: Mention | None = None
    columns: news_month_columns.Columns = ()
    week: Mention | None = None
    of_week: list[int] = []
    is_programme = news_weeks.is_programme(source.lines)
    for place, line in enumerate(source.lines):
        found = _moved(news_dates.days(line.text), line.start) or list(tile(source.lines, place))
        head = news_months.headed(line, head)
        columns = news_month_columns.months(line, columns)
        found = (
            found
            or news_months.days_under(line, head)
            or news_month_columns.days(line, columns)
            or news_months.days_beside(line)
            or news_months.day_alone(line, last or month)
            or news_months.days_later(line, last)
        )
        if not found and (found := news_weeks.day(line, week)):
            of_week.append(place)
        week = news_weeks.week(found, week) if is_programme else None
        last = found[-1] if found else last
        days.append(found)
    if sum(map(len, days)) > MOST_DAYS:
        raise Refused(TOO_MANY_DAYS)
    times = [_times(line, found) for line, found in zip(source.lines, days, strict=True)]
    kept = news_kept_weeks.themes(source.lines, days, times)
    for place in (*news_weeks.themes(of_week, times), *kept):
        days[place] = []
    days = [_on_weekdays(*each) for each in zip(source.lines, days, times, strict=True)]
    if not source.is_marked_up:
        for index, (line, after) in enumerate(pairwise(source.lines)):
            if after.gap == 0 and not after.is_bullet and not line.cells:
                _join(days, index, _broken_days(line, after))
                _join(times, index, _broken_times(line, after))
    days = news_start_and_end.joined(source.lines, days, times)
    return tuple(
        Row(index, line, tuple(dated), tuple(timed), _rest(line, dated, timed))
        for index, (line, dated, timed) in enumerate(zip(source.lines, days, times, strict=True))
    )


def _on_weekdays(line: Line, days: Sequence[Mention], times: Sequence[Slot]) -> list[Mention]:
    """The days with the weekday that hours part from them: "Friday 1-4pm 16/5/2025"."""
    found, at = list[Mention](), 0
    for day in days:
        while at < len(times) and times[at].end <= day.start:
            at += 1
        hours = times[at - 1] if at else None
        if hours and day.weekday is None and day.start - hours.end <= BETWEEN_CELLS:
            first = hours.start - line.start
            said = WEEKDAY_BEFORE.search(line.text, max(0, first - LONGEST_WEEKDAY), first)
            named = WEEKDAY_OF.get(said[1].lower()) if said else None
            if said and named is not None:
                day = replace(day, weekday=named, weekday_as_written=said[1])
        found.append(day)
    return found


def _month_of_page(source: Source) -> Mention | None:
    """The month that the page's first lines are of, as its first day: "Events for March 2025"."""
    for line in source.lines[:TOP_LINES]:
        for year in news_dates.years(line.text):
            if year.month and not year.is_span:
                return Mention(0, 0, 1, year.month, year.year, None, None, 0)
    return None


def _times(line: Line, days: Sequence[Mention]) -> list[Slot]:
    taken = [(day.start - line.start, day.end - line.start) for day in days]
    found = news_times.times(line.text, taken, evening=bool(EVENING.search(line.text)))
    return _moved(found, line.start)


def _moved(found: Sequence[Found], by: int) -> list[Found]:
    return [replace(one, start=one.start + by, end=one.end + by) for one in found]


def _broken_days(line: Line, after: Line) -> Iterable[Mention]:
    if UNFINISHED.search(line.text[-HALF:]):
        yield from _across(line, after, news_dates.days)


def _broken_times(line: Line, after: Line) -> Iterable[Slot]:
    if HANGING.search(line.text[-HALF:]) or HANGS_ON.match(after.text[:HALF]):
        yield from _across(line, after, news_times.times)


def _across(line: Line, after: Line, find: Callable[[str], tuple[Found, ...]]) -> Iterable[Found]:
    """What stands on both sides of the line's end."""
    tail, head = line.text[-HALF:], after.text[:HALF]
    for one in find(f"{tail} {head}"):
        if one.start < len(tail) < one.end - 1:
            start = line.end - len(tail) + one.start
            yield replace(one, start=start, end=after.start + one.end - len(tail) - 1)


def _join(found: list[list[Found]], index: int, broken: Iterable[Found]) -> None:
    """Put what is broken over two lines with the first, instead of its halves."""
    for one in broken:
        for place in (index, index + 1):
            found[place] = [
                half for half in found[place] if half.end <= one.start or half.start >= one.end
            ]
        found[index].append(one)
        found[index].sort(key=lambda each: each.start)


def _rest(line: Line, days: Sequence[Mention], times: Sequence[Slot]) -> str:
    said: list[Mention | Slot] = [*days, *times]
    rest, at = [], 0
    for one in sorted(said, key=lambda each: each.start):
        rest.append(line.text[at : max(0, one.start - line.start)])
        at = max(at, one.end - line.start)
    return " ".join(" ".join([*rest, line.text[at:]]).split())
