"""Days in a text as people write them, each with its weekday and year where they are given.

Years are never guessed here; they are carried only inside one expression ("3 and 10 March 2026").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.formats import news_loose_words
from webapp.formats.news_calendar import CENTURY, Is, Token
from webapp.formats.news_day_lists import (
    AFTER_DAY,
    BEFORE_DAY,
    BEFORE_MONTH,
    BEFORE_YEAR,
    MONTH_FIRST,
    Day,
    Row,
    day_list,
    is_day_after_month,
    is_timed,
    says_date,
)
from webapp.formats.news_loose_words import Weekday, YearMention
from webapp.formats.news_numbered_days import is_number_of_something

DIGIT = re.compile("[0-9]")
# A year of two figures, as in "5 May 25", could be an hour or a number of places.
AFTER_YEAR = re.compile(
    r" {0,2}(?:$|\n|[,;|)\]](?! ?\d{1,2}(?:st|nd|rd|th)?\b)|\.(?!\d)|(?:at|from|between|in)\b"
    r"|[-\u2013\u2014] ?(?:[A-Za-z]|\d{1,2}[.:]\d\d|\d{1,2} ?[ap]m)"
    r"|\d{1,2}(?:[.:]\d\d| ?[ap]m| ?[-\u2013] ?\d))"
)
OPENS_LIST = re.compile(r" {0,2}[(:] {0,2}(?:the |on )?", re.IGNORECASE)


__all__ = ["Mention", "Weekday", "YearMention", "days", "weekdays", "years"]


@dataclass(frozen=True)
class Mention:
    """A day as written. `until`: the last of a range that began with the mention before it.
    `is_counted`: its year is counted over New Year from the day beside it.
    Mentions of one `group` are one expression, such as "19 & 20 May".
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    weekday_as_written: str | None
    group: int
    until: bool = False
    is_counted: bool = False


def days(text: str) -> tuple[Mention, ...]:
    """Every day written in a text, in order, be it possible or not (31 June)."""
    if not DIGIT.search(text):
        return ()
    row = Row(text)
    found: list[Mention] = []
    at = group = 0
    while at < len(row.tokens):
        part, after = _part(row, at)
        if not part:
            # Whoever starts within a list without a month finds none either.
            _, after = day_list(row, at)
            at = max(at + 1, after)
            continue
        while joint := row.joint(after):
            more, end = _part(row, after, goes_on=True)
            if not more:
                break
            part += [replace(more[0], until=joint == "range"), *more[1:]]
            after = end
        found += [replace(mention, group=group) for mention in _with_years(part)]
        at, group = after, group + 1
    return tuple(found)


def weekdays(text: str) -> tuple[Weekday, ...]:
    """The weekdays that belong to none of the days."""
    return news_loose_words.weekdays(text, _spans(text))


def years(text: str) -> tuple[YearMention, ...]:
    """The years that belong to none of the days."""
    return news_loose_words.years(text, _spans(text))


def _spans(text: str) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in days(text)]


def _part(row: Row, at: int, *, goes_on: bool = False) -> tuple[list[Mention], int]:
    """The days from a token on that share one month, and the token after them."""
    part, after = _in_numbers(row, at, goes_on)
    if not part:
        part, after = _days_in_numbers(row, at)
    if not part:
        part, after = _day_first(row, at)
    if not part:
        part, after = _month_first(row, at)
    return part, after


def _in_numbers(row: Row, at: int, goes_on: bool) -> tuple[list[Mention], int]:
    weekday = row.token(at, Is.WEEKDAY)
    here = at + 1 if weekday else at
    token = row.token(here, Is.NUMBERS)
    if token is None or (weekday and not row.fits(BEFORE_DAY, here)):
        return [], at
    start, after = row.tokens[at].start, here + 1
    if weekday is None and (weekday := row.weekday_after(after, in_brackets=False)):
        after += 1
    has_comma = row.text[token.end : token.end + 1] == ","
    is_listed = goes_on or (has_comma and row.joint(here + 1) and row.token(here + 1, Is.NUMBERS))
    is_said = is_listed or says_date(row, token) or is_timed(row, here)
    if token.is_plain and weekday is None and not is_said:
        return [], at
    day, month, year = token.date
    return [_mention(row, start, row.tokens[after - 1].end, day, month, year, weekday)], after


def _days_in_numbers(row: Row, at: int) -> tuple[list[Mention], int]:
    """ "12 & 13/05/2025"."""
    listed, after = day_list(row, at)
    if not listed or listed[-1].token.is_count or row.joint(after) not in {"list", "range"}:
        return [], at
    last, end = _in_numbers(row, after, goes_on=False)
    if not last or last[0].day <= listed[-1].token.value:
        return [], at
    month, year, until = last[0].month, last[0].year, row.joint(after) == "range"
    days = [
        replace(
            _mention(row, day.start, day.end, day.token.value, month, year, day.weekday),
            until=day.until,
        )
        for day in listed
    ]
    return [*days, replace(last[0], until=until)], end


def _day_first(row: Row, at: int) -> tuple[list[Mention], int]:
    listed, after = day_list(row, at)
    month = row.token(after, Is.MONTH)
    if not listed or month is None or not row.fits(BEFORE_MONTH, after):
        return [], at
    year, after = _year(row, after + 1)
    has_weekday = any(day.weekday for day in listed)
    if not has_weekday and is_number_of_something(row, listed, month):
        return [], at
    if month.is_plain and year is None and not has_weekday and listed[-1].token.is_plain:
        # "All 20 may come."
        return [], at
    if not has_weekday and (weekday := row.weekday_after(after, in_brackets=False)):
        after += 1
        listed[-1] = replace(listed[-1], weekday=weekday)
    return _mentions(row, listed, row.tokens[after - 1].end, month, year), after


def _month_first(row: Row, at: int) -> tuple[list[Mention], int]:
    weekday = row.token(at, Is.WEEKDAY)
    here = at + 1 if weekday else at
    month = row.token(here, Is.MONTH)
    if month is None or (weekday and not row.fits(BEFORE_DAY, here)):
        return [], at
    if row.token(here + 1, Is.YEAR) or not row.fits(MONTH_FIRST, here + 1):
        return _month_of_list(row, at, here)
    listed, after = day_list(row, here + 1, is_month_first=True)
    if not listed or (row.token(after, Is.MONTH) and row.fits(BEFORE_MONTH, after)):
        return [], at
    year, after = _year(row, after)
    if weekday is None and year is None and not is_day_after_month(row, month, listed, after):
        return [], at
    listed[0] = replace(listed[0], weekday=listed[0].weekday or weekday, start=row.tokens[at].start)
    return _mentions(row, listed, row.tokens[after - 1].end, month, year), after


def _month_of_list(row: Row, at: int, here: int) -> tuple[list[Mention], int]:
    """ "The first Wednesdays in April 2025 (2nd, 9th and 16th)"."""
    month, (year, first) = row.tokens[here], _year(row, here + 1)
    listed, after = day_list(row, first) if row.fits(OPENS_LIST, first) else ([], at)
    if not listed or row.token(after, Is.MONTH) or any(day.until for day in listed):
        return [], at
    end = row.tokens[after - 1].end
    if not is_day_after_month(row, month, listed, after) or not AFTER_DAY.match(row.text, end):
        return [], at
    return _mentions(row, listed, end, month, year), after


def _year(row: Row, at: int) -> tuple[int | None, int]:
    """The year that a token says for the month before it, and the token after it."""
    if not row.fits(BEFORE_YEAR, at):
        return None, at
    token = row.tokens[at]
    if token.kind is Is.YEAR:
        return token.value, at + 1
    is_short = token.kind is Is.DAY and token.is_plain and 15 <= token.value <= 39
    if is_short and AFTER_YEAR.match(row.text, token.end):
        return CENTURY + token.value, at + 1
    return None, at


def _mentions(
    row: Row, listed: Sequence[Day], end: int, month: Token, year: int | None
) -> list[Mention]:
    if not all(1 <= day.token.value <= 31 for day in listed):
        return []
    ends = [*(day.end for day in listed[:-1]), end]
    return [
        replace(
            _mention(row, day.start, end, day.token.value, month.value, year, day.weekday),
            until=day.until,
        )
        for day, end in zip(listed, ends, strict=True)
    ]


def _mention(
    row: Row, start: int, end: int, day: int, month: int, year: int | None, weekday: Token | None
) -> Mention:
    as_written = row.text[weekday.start : weekday.end] if weekday else None
    return Mention(start, end, day, month, year, weekday.value if weekday else None, as_written, 0)


def _with_years(mentions: list[Mention]) -> list[Mention]:
    """The years of one expression carried to its other days, over New Year where that is near."""
    for here, there in (
        *((at, at + 1) for at in reversed(range(len(mentions) - 1))),
        *((at, at - 1) for at in range(1, len(mentions))),
    ):
        mention, other = mentions[here], mentions[there]
        if mention.year is None and other.year is not None:
            over = (mention.month - other.month >= 6) if there > here else 0
            under = (other.month - mention.month >= 6) if there < here else 0
            year, counted = other.year - over + under, other.is_counted or bool(over or under)
            mentions[here] = replace(mention, year=year, is_counted=counted)
    return mentions
