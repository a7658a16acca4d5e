"""The lines of a page with the days and times that were found on each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from webapp.formats import news_dates, news_times
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line, Source
from webapp.formats.news_times import Slot

Found = TypeVar("Found", Mention, Slot)
EVENING = re.compile(r"\b(?:evening|twilight|night)\b", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What joins a day and a time on a line and says nothing by itself.
JOINTS = re.compile(
    r"\b(?:and|or|at|on|from|to|the|of|dates?|times?|when|day|session|part|module|both|each|held|start"
    r"|starts|starting|am|pm|until|till|between|is|are|will|be|hrs|hours|noon|midday|week|course|group"
    r"|mon|tues?|weds?|thurs?|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|only|new|am/pm)\b",
    re.IGNORECASE,
)
# A date or a time that a mail program broke over two lines: how each half looks, and how long.
UNFINISHED = re.compile(
    r"(?:\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?|\d{1,2} ?(?:st|nd|rd|th))\s*$",
    re.IGNORECASE,
)
TIME_LABEL = re.compile(
    r"^\W*(?:date (?:and|&) |session |course )?(?:times?|when|start(?:s|ing)?|hours?|duration|all (?:sessions|courses|dates|workshops)"
    r"|each session|both|every session|sessions?)\b",
    re.IGNORECASE,
)
HANGING = re.compile(r"(?:[-–—]|\b(?:to|until|till|and))\s*$", re.IGNORECASE)
HANGS_ON = re.compile(r"^\W{0,3}(?:[-–—]|to\b|until\b|till\b)", re.IGNORECASE)
HALF = 40
HEAD_WORDS = 8
ONLY_A_DAY = re.compile(r"([A-Z][a-z]{2,8})\.?,? (?:the )?(\d{1,2})(?:st|nd|rd|th)?:?")


@dataclass(frozen=True)
class Row:
    """One line, with what is dated and timed on it; offsets are the page's."""

    index: int
    line: Line
    days: tuple[Mention, ...]
    times: tuple[Slot, ...]
    # What the line says beside days and times.
    rest: str

    @property
    def is_bare(self) -> bool:
        """Nothing but days and times, such as a day that heads what is on it."""
        return bool(self.days or self.times) and not LETTERS.search(JOINTS.sub("", self.rest))


def heads_a_day(row: Row) -> bool:
    """Whether what stands below may be on this day: "Monday 6 May", "Tuesday 7 May – Listening"."""
    if len(row.days) != 1 or row.times or row.line.cells or row.line.is_bullet:
        return False
    return row.is_bare or (
        row.days[0].start == row.line.start and len(row.rest.split()) < HEAD_WORDS
    )


def rows(source: Source) -> tuple[Row, ...]:
    """Every line of the page, those aside too, so that indexes are the page's."""
    days: list[list[Mention]] = []
    last: Mention | None = None
    for line in source.lines:
        found = _moved(news_dates.days(line.text), line.start) or _day_of_the_month(line, last)
        last = found[-1] if found else last
        days.append(found)
    times = [_times(line, found) for line, found in zip(source.lines, days, strict=True)]
    if not source.is_marked_up:
        for index, (line, after) in enumerate(pairwise(source.lines)):
            if after.gap == 0 and not after.is_bullet and not line.cells:
                _join(days, index, _broken_days(line, after))
                _join(times, index, _broken_times(line, after))
    return tuple(
        Row(
            index,
            line,
            tuple(days[index]),
            tuple(times[index]),
            _rest(line, days[index], times[index]),
        )
        for index, line in enumerate(source.lines)
    )


def _day_of_the_month(line: Line, last: Mention | None) -> list[Mention]:
    """A heading such as "Monday 13th": its month is that of the day before it on the page."""
    found = ONLY_A_DAY.fullmatch(line.text)
    if found is None or last is None:
        return []
    weekday = news_dates.weekdays(found[1])
    if not weekday:
        return []
    return [
        Mention(
            line.start,
            line.end,
            int(found[2]),
            last.month,
            last.year,
            weekday[0].weekday,
            found[1],
            0,
        )
    ]


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


def _across(line: Line, after: Line, find) -> Iterable[Found]:  # type: ignore[no-untyped-def]
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
        found[index] = sorted([*found[index], one], key=lambda each: each.start)


def _rest(line: Line, days: Sequence[Mention], times: Sequence[Slot]) -> str:
    rest, at = [], 0
    for one in sorted([*days, *times], key=lambda each: each.start):
        rest.append(line.text[at : max(0, one.start - line.start)])
        at = max(at, one.end - line.start)
    return " ".join(" ".join([*rest, line.text[at:]]).split())
