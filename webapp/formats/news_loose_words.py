"""Weekdays and years that stand by themselves in a text: "Tuesdays", "July 2022", "2024/25"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.formats.news_calendar import CENTURY, MONTH_OF, Is, tokens

Spans = Sequence[tuple[int, int]]
# The digits beside it are no telephone number, price or decimal fraction.
YEAR = re.compile(
    r"(?<![\w£$€+.,:/-])(?:(?<!\d )|(?<=[Tt]erm \d ))(?:(?P<month>[A-Za-z]{3,9})\.?,? ?)?"
    r"(?P<year>(?:19|20)\d\d)"
    r"(?P<to> ?[-/\u2013] ?\d\d(?!\d|[.:]\d| ?[ap]m)| ?(?:[-/\u2013]|to) ?20\d\d(?!\d))?"
    r"(?!\d|[.,:]\d|/\d| \d{3})"
)
SHORT_YEAR = re.compile(
    r"(?<!\w)(?P<month>[A-Za-z]{3,9})\.? ?(?P<tick>['\u2018\u2019])?(?P<year>\d\d)"
    r"(?![\w%]|[.:]\d| ?[ap]m)(?(tick)|(?! [a-z]))"
)
# "September to December 2025" is no letter of December.
MONTH_BEFORE = re.compile(
    r"\b(?P<month>[A-Za-z]{3,9})\.? ?(?:[-/\u2013&]|to|and|until) ?$", re.IGNORECASE
)
# "on Sept 24" is a day, "Sept 24" mostly a year.
SAYS_DAY = re.compile(r"\b(?:on|by|from|until|before|to|after)\s$", re.IGNORECASE)


@dataclass(frozen=True)
class Weekday:
    """A weekday that belongs to no day: "Tuesdays"."""

    start: int
    end: int
    weekday: int
    as_written: str


@dataclass(frozen=True)
class YearMention:
    """A year by itself, or with its month; of "2024/25" the first one."""

    start: int
    end: int
    year: int
    month: int | None
    is_span: bool


def weekdays(text: str, taken: Spans) -> tuple[Weekday, ...]:
    """The weekdays outside the places that are taken; "sat" and "wed" only where they are days."""
    return tuple(
        Weekday(token.start, token.end, token.value, text[token.start : token.end])
        for token in tokens(text)
        if token.kind is Is.WEEKDAY and not token.is_plain and _is_free(taken, token.start)
    )


def years(text: str, taken: Spans) -> tuple[YearMention, ...]:
    """The years outside the places that are taken."""
    found = [_long(match) for match in YEAR.finditer(text)]
    found += [short for match in SHORT_YEAR.finditer(text) if (short := _short(match, text))]
    free = (y for y in found if _is_free(taken, y.start) and _is_free(taken, y.end - 1))
    return tuple(sorted((_of_months(text, y) for y in free), key=lambda year: year.start))


def _long(match: re.Match[str]) -> YearMention:
    month = MONTH_OF.get((match["month"] or "").lower())
    start = match.start() if month else match.start("year")
    year, to = int(match["year"]), re.sub(r"\D", "", match["to"] or "")
    if to and not 1 <= (int(to) - year) % 100 <= 3:
        to = ""
    return YearMention(start, match.end() if to else match.end("year"), year, month, bool(to))


def _short(match: re.Match[str], text: str) -> YearMention | None:
    month, year = MONTH_OF.get(match["month"].lower()), int(match["year"])
    is_year = match["tick"] or 20 <= year <= 29
    if month is None or match["month"].islower() or not is_year:
        return None
    if SAYS_DAY.search(text, max(0, match.start() - 8), match.start()):
        return None
    return YearMention(match.start(), match.end(), CENTURY + year, month, False)


def _of_months(text: str, year: YearMention) -> YearMention:
    """The year, without its month where that is the last of several."""
    before = MONTH_BEFORE.search(text, max(0, year.start - 16), year.start)
    first = MONTH_OF.get(before["month"].lower()) if before else None
    return replace(year, month=None) if first and first < (year.month or 0) else year


def _is_free(taken: Spans, place: int) -> bool:
    """Whether a place lies outside spans that are in order and do not overlap."""
    before = bisect_right(taken, (place, len(taken) and taken[-1][1])) - 1
    return before < 0 or place >= taken[before][1]
