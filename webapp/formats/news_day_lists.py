"""Days before they have a month: "Mon 3rd, 10th and 17th", "Tuesday 20 to Wednesday 21".

What stands between two words decides whether they belong together: nothing but a comma, an "and"
or a dash, and all on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from webapp.formats.news_calendar import Is, Token, tokens

Joint = Literal["list", "range", "space", ""]
# Gaps that are longer join nothing.
WIDEST = 24
# A list of more days than a month has is no list of days.
LONGEST_LIST, WORKING_WEEK = 31, 5
DASHES = r"\-\u2010-\u2015\u2212~"
BEFORE_DAY = re.compile(
    rf"\.? {{0,2}}[,:({DASHES}]? {{0,2}}(?:the )?|[ \t]{{0,3}}\|?[ \t]{{0,3}}", re.IGNORECASE
)
BEFORE_MONTH = re.compile(r"\)?\.?(?: {0,3}|[-/])(?:of |of the |in )?", re.IGNORECASE)
BEFORE_YEAR = re.compile(r"\)?\.?,? {0,3}(?:of |in )?|[-/]", re.IGNORECASE)
MONTH_FIRST = re.compile(r"\.?,? {0,2}(?:the )?", re.IGNORECASE)
LIST = re.compile(
    r"\)?\.? {0,2}(?:[,;/+&]|,? ?(?:&|and|or|plus|then)(?= |\d)|; ?and) {0,2}(?:on )?(?:the )?",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"\)?\.? {{0,2}}(?:[{DASHES}]|\b(?:to|until|till?|through|thru|up to)\b) {{0,2}}(?:the )?",
    re.IGNORECASE,
)
SPACE = re.compile(r" {1,8}")
# An hour after "August 21": "at 2pm", ", 6.15pm", or "| 6.15pm".
HOUR_FOLLOWS = re.compile(
    r",? ?(?:\b(?:at|from|between)|@) ?\d| ?[,|] ?\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b", re.IGNORECASE
)
# What follows the day of "March 15" when it counts no people.
AFTER_DAY = re.compile(r" {0,3}(?:$|[\n,;:|()&/.\u2013-]|(?:at|from|and|to|or|until|between)\b|\d)")
SAYS_DATE = re.compile(r"\b(?:dates?|on|from|by)[: ]{1,3}$", re.IGNORECASE)
CLOCK_AFTER = re.compile(
    r" ?[-\u2013\u2014|,] ?(?:at |from )?\d{1,2}(?:[.:]\d\d| ?[ap]\.?m\b| ?(?:-|\u2013|to) ?\d{1,2}"
    r"(?:[.:]\d\d)? ?[ap]\.?m\b)",
    re.IGNORECASE,
)
AFTER = re.compile(rf"\.?,? ?(?:[({DASHES}] ?)?")


@dataclass(frozen=True)
class Day:
    """A day of a list; `until`: the end of a range that began with the day before it."""

    token: Token
    weekday: Token | None
    start: int
    end: int
    until: bool


class Row:
    """The words of the calendar in a text, and how they hang together."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, tokens(text)
        self._joints: dict[int, Joint] = {}

    def token(self, at: int, *kinds: Is) -> Token | None:
        """The token at a place if there is one of that kind."""
        inside = at < len(self.tokens)
        return self.tokens[at] if inside and self.tokens[at].kind in kinds else None

    def fits(self, gap: re.Pattern[str], right: int) -> bool:
        """Whether nothing but such a gap stands before a token."""
        if not 0 < right < len(self.tokens):
            return False
        start, end = self.tokens[right - 1].end, self.tokens[right].start
        return end - start <= WIDEST and gap.fullmatch(self.text, start, end) is not None

    def joint(self, right: int) -> Joint:
        """How a token is joined to the one before it."""
        if right not in self._joints:
            self._joints[right] = self._joint(right)
        return self._joints[right]

    def _joint(self, right: int) -> Joint:
        if self.fits(LIST, right):
            return "list"
        if self.fits(RANGE, right):
            return "range"
        return "space" if self.fits(SPACE, right) else ""

    def weekday_after(self, at: int, *, in_brackets: bool) -> Token | None:
        """The weekday behind a day, as in "6 May (Tuesday)", not that of the day to come."""
        weekday = self.token(at, Is.WEEKDAY)
        if weekday is None or not self.fits(AFTER, at):
            return None
        gap = self.text[self.tokens[at - 1].end : weekday.start]
        if "(" in gap:
            return (
                weekday if self.text[weekday.end : weekday.end + 2].strip(".")[:1] == ")" else None
            )
        if in_brackets or weekday_text(self, weekday).endswith("days"):
            return None
        leads = self.token(at + 1, Is.DAY, Is.MONTH, Is.NUMBERS, Is.WEEKDAY)
        return None if leads and (self.fits(BEFORE_DAY, at + 1) or self.joint(at + 1)) else weekday

    def weekdays(self, at: int) -> tuple[list[Token], int]:
        """The weekdays from a token on: mostly one, or "Monday and Tuesday"."""
        found: list[Token] = []
        while (weekday := self.token(at, Is.WEEKDAY)) and len(found) < WORKING_WEEK:
            if found and self.joint(at) not in {"list", "range"}:
                break
            found.append(weekday)
            at += 1
        return found, at


def weekday_text(row: Row, weekday: Token) -> str:
    return row.text[weekday.start : weekday.end]


def day_list(row: Row, start: int, *, is_month_first: bool = False) -> tuple[list[Day], int]:
    """The days from a token on, and the token after them.

    None when it is no list of days; where it is too long for one, with the token to go on from.
    """
    found: list[Day] = []
    joint: Joint = ""
    at = start
    for _ in range(LONGEST_LIST):
        weekdays, here = row.weekdays(at)
        if not _is_day(row, at) or (len(weekdays) > 1 and at > start):
            return [], start
        if len(weekdays) > 1:
            return _many(row, weekdays, here)
        day, after = _day(row, weekdays, here, joint)
        next_joint = row.joint(after)
        goes_on = next_joint in {"list", "range"} and _is_day(row, after)
        if found and _is_hour(row, found, day, after, is_month_first):
            return _shared(row, found), at
        if found and _is_other_thing(found[-1], day):
            # "9 - 4, 14 May": those were hours.
            found = []
            if joint == "range" and goes_on and day.weekday is None:
                at, joint = after, next_joint
                continue
            day = replace(day, until=False)
        found.append(day)
        if not goes_on or day.token.is_count:
            return ([], start) if goes_on else (_shared(row, found), after)
        at, joint = after, next_joint
    return [], at


def _day(row: Row, weekdays: Sequence[Token], at: int, joint: Joint) -> tuple[Day, int]:
    """One day with its weekday before it or in brackets after it."""
    number, weekday = row.tokens[at], weekdays[0] if weekdays else None
    start, after = (weekday or number).start, at + 1
    if weekday is None and (weekday := row.weekday_after(after, in_brackets=True)):
        after += 1
    return Day(number, weekday, start, row.tokens[after - 1].end, joint == "range"), after


def _is_day(row: Row, at: int) -> bool:
    """Whether a day number, with its weekdays before it, stands there."""
    weekdays, here = row.weekdays(at)
    is_near = not weekdays or row.fits(BEFORE_DAY, here)
    return is_near and row.token(here, Is.DAY) is not None


def _is_hour(row: Row, found: Sequence[Day], day: Day, after: int, is_month_first: bool) -> bool:
    """Whether hours begin there, as in "April 19th, 4-5pm" and "May 6th, 10-12"."""
    if row.joint(after) == "range" and row.token(after, Is.OTHER):
        return True
    last, is_plain = found[-1].token, day.token.is_plain
    return is_month_first and (
        day.token.value <= last.value or (is_plain and not last.is_plain and day.weekday is None)
    )


def _is_other_thing(last: Day, day: Day) -> bool:
    """Whether the numbers before a day are no days: greater ones, or the 2 of "Part 2 - Tue 6"
    and the 4 of "9.30-4 and Wed 10"."""
    is_bare = last.token.is_plain and last.weekday is None
    return day.token.value <= last.token.value or (
        is_bare and day.weekday is not None and day.start < day.token.start
    )


def _many(row: Row, weekdays: list[Token], at: int) -> tuple[list[Day], int]:
    """ "Monday and Tuesday 19 and 20": each day has its own where there are as many."""
    days, after = day_list(row, at)
    if len(days) == len(weekdays):
        days = [replace(d, weekday=w) for d, w in zip(days, weekdays, strict=True)]
    return days, after


def _shared(row: Row, days: list[Day]) -> list[Day]:
    """ "Mondays 3, 10 and 17": one weekday for all where it is said so, or fits all or none."""
    first = days[0]
    if first.weekday is None or any(day.weekday for day in days[1:]):
        return days
    is_plural = weekday_text(row, first.weekday).lower().endswith("days")
    if is_plural or all((day.token.value - first.token.value) % 7 == 0 for day in days):
        return [replace(day, weekday=first.weekday) for day in days]
    return days


def is_day_after_month(row: Row, month: Token, listed: Sequence[Day], after: int) -> bool:
    """Whether "March 15" is a day: not "you may 3", nor "Sept 24", which may be a year."""
    first = listed[0].token
    if not first.is_plain:
        return True
    end = row.tokens[after - 1].end
    if len(listed) == 1 and HOUR_FOLLOWS.match(row.text, end):
        return not month.is_plain
    if month.is_plain or (len(listed) == 1 and 20 <= first.value <= 29):
        return False
    return AFTER_DAY.match(row.text, end) is not None


def says_date(row: Row, token: Token) -> bool:
    """Whether "1/7" is said to be a day, and is no "24/7"."""
    before = SAYS_DATE.search(row.text, max(0, token.start - 10), token.start)
    return before is not None and token.date[:2] != (24, 7)


def is_timed(row: Row, at: int) -> bool:
    """Whether a clock follows such days, as in "14/11 & 21/11 - 10am", which is no "24/7"."""
    if row.tokens[at].date[:2] == (24, 7):
        return False
    while row.token(at + 1, Is.NUMBERS) and row.joint(at + 1) == "list":
        at += 1
    return CLOCK_AFTER.match(row.text, row.tokens[at].end) is not None
