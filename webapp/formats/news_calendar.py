"""The words of the calendar as people type them: numbers, weekdays, months and years in a text.

Only the words are told here, misspelt ones too; what makes a date of them is in news_dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from rapidfuzz.distance import OSA

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Any beginning of three letters or more is its month; no two months share one.
MONTH_OF = {
    name[:length]: number
    for number, name in enumerate(MONTHS, 1)
    for length in range(3, len(name) + 1)
}
WEEKDAY_OF = {
    **{short: n for n, name in enumerate(WEEKDAYS) for short in (name[:3], name, f"{name}s")},
    **{"tues": 1, "weds": 2, "wednes": 2, "thur": 3, "thurs": 3},
    **{"teusday": 1, "tueday": 1, "tuseday": 1, "wensday": 2, "wedensday": 2, "wednessday": 2},
    **{"wednsday": 2, "wendesday": 2, "thurday": 3, "thrusday": 3, "thursady": 3, "satuday": 5},
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words and names a letter or two away from a month.
NOT_MONTHS = _words(
    """
    match matches marsh jane judy jury jude juno julie julia jules junior juniors augusta members
    decembers marching marched
    """
)
NOT_WEEKDAYS = frozenset(("today", "midday", "mayday", "payday", "someday", "sundays", "subday"))
# What is said before a number that counts something else.
COUNTING = _words(
    """
    level levels room course day days module part group cohort session step stage year key page no
    number unit phase tier act section chapter volume issue floor at question item point sessions
    modules band grade suite hall profile ext extension locality area cluster district region zone
    team wave round block option ward patch programme webinar workshop
    """
)


class Is(Enum):
    DAY = auto()
    WEEKDAY = auto()
    MONTH = auto()
    YEAR = auto()
    # A whole date in numbers.
    NUMBERS = auto()
    # A number that is no part of a date.
    OTHER = auto()


@dataclass(frozen=True)
class Token:
    """One word or number.

    `is_plain`: a day without "st" or "th", or a word that may be no month and no weekday, such as
    "may" and "sat". `is_count`: it counts what stands before it, as in "Level 3".
    """

    start: int
    end: int
    kind: Is
    value: int = 0
    is_plain: bool = False
    is_count: bool = False
    # Day, month and year of NUMBERS.
    date: tuple[int, int, int | None] = (0, 0, None)


QUOTES = "\u2018\u2019"
# "3/10/17 June" are three days.
NO_MONTH = (
    r"(?!\ ?(?:of\ )?(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov"
    r"|[Dd]ec|JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC))"
)
TOKEN = re.compile(
    rf"""
    (?P<iso>(?<![\d/-])(?:19|20)\d\d(?P<bar>[-/])(?:0\d|1[0-2])(?P=bar)[0-3]\d(?![\d/-]))
  | (?P<numbers>(?<![\d./])\d{{1,2}}\ ?(?P<mark>[/.-])\ ?\d{{1,2}}\ ?(?P=mark)\ ?
        (?:(?:19|20)\d\d|\d\d{NO_MONTH})(?![\d/]|[.-]\d))
  | (?P<short>(?<![\w./-])\d{{1,2}}/\d{{1,2}}(?![\d/%]|[.-]\d){NO_MONTH})
  | (?P<clock>\d{{1,2}}[.:]\d\d(?!\d)|\d{{1,2}}\ ?[ap]\.?m\b|[£$€\#]\ ?\d+|\d{{1,2}}\ ?%)
  | (?P<year>(?<![\d£$€])(?:19|20)\d\d
        (?!\d|[.,]\d|[-/\u2013]\d\d(?!\d|[.:]\d|\ ?[ap]\.?m))|(?<!\d)['{QUOTES}]\d\d(?!\w))
  | (?P<day>(?<![\d.:£+])\d{{1,2}}(?!\d|[.:]\d|,\d\d\d)
        (?P<ordinal>(?:st|nd|rd|th)(?=[^a-z]|$|of\b|[ap]m\b)|(?:ST|ND|RD|TH)(?![A-Z])
          |\ (?:th|st|nd|rd|TH|ST|ND|RD)\b|t\b)?)
  | (?P<other>\d+)
  | (?P<word>[A-Za-z]{{3,}})
    """,
    re.VERBOSE,
)
# "It may be", whatever number stands before it.
MAY_DO = re.compile(r" (?:be|have|also|not|need|want|wish|feel|find)\b", re.IGNORECASE)
BETWEEN = re.compile(r"[\s.,/-]{0,3}(?:of )?")
BEFORE_DIGIT = re.compile(r"\.? ?(?:the )?\d")
WORD_BEFORE = re.compile(r"([A-Za-z]+)[.:]?[ #]{0,2}$")
CENTURY = 2000


def tokens(text: str) -> list[Token]:
    """Everything a date may be made of, in order."""
    found: list[Token] = []
    for match in TOKEN.finditer(text):
        group = str(match.lastgroup)
        if group == "word":
            token = _word(match, text, found[-1] if found else None)
        elif group in {"iso", "numbers", "short"}:
            token = _numbers(match, text)
        else:
            token = _number(match, text)
        if token is not None:
            found.append(token)
    return found


def _word(match: re.Match[str], text: str, before: Token | None) -> Token | None:
    word, (start, end) = match[0], match.span()
    low = word.lower()
    is_small = word[0].islower()
    if low in WEEKDAY_OF:
        is_plain = low in {"sat", "sun", "wed", "mon"} and (is_small or len(low) == 3)
        return Token(start, end, Is.WEEKDAY, WEEKDAY_OF[low], is_plain)
    if low in MONTH_OF and not (low == "may" and MAY_DO.match(text, end)):
        is_plain = is_small and low in {"may", "march", "mar", "dec", "jan", "sept"}
        return Token(start, end, Is.MONTH, MONTH_OF[low], is_plain)
    if low.endswith("day") and (weekday := misspelt_weekday(low)) is not None:
        return Token(start, end, Is.WEEKDAY, weekday)
    after_day = (
        before is not None
        and before.kind is Is.DAY
        and start - before.end <= 6
        and BETWEEN.fullmatch(text, before.end, start) is not None
    )
    if after_day or BEFORE_DIGIT.match(text, end):
        month = misspelt(word)
        return Token(start, end, Is.MONTH, month) if month else None
    return None


def misspelt_weekday(low: str) -> int | None:
    """The weekday of a word that is nearly one."""
    if len(low) < 5 or low in NOT_WEEKDAYS:
        return None
    for number, name in enumerate(WEEKDAYS):
        if name[0] == low[0] and OSA.distance(low, name, score_cutoff=1) <= 1:
            return number
    return None


def misspelt(word: str) -> int | None:
    """The month of a word that is nearly one: one slip in a short name, two in a long one."""
    low = word.lower()
    if len(low) < 4 or low in NOT_MONTHS:
        return None
    if word[0].islower() and len(low) < 6:
        return None
    for number, name in enumerate(MONTHS, 1):
        slips = 2 if len(name) >= 7 and len(low) >= 6 else 1
        if name[0] == low[0] and OSA.distance(low, name, score_cutoff=slips) <= slips:
            return number
    return None


def _numbers(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    numbers = [int(number) for number in re.findall(r"\d+", match[0])]
    if match.lastgroup == "iso":
        year, month, day = numbers
        is_date = 1 <= month <= 12 and 1 <= day <= 31
        return Token(start, end, Is.NUMBERS if is_date else Is.OTHER, date=(day, month, year))
    day, month, *rest = numbers
    if month > 12 >= day and rest:
        # No month has that number: written the American way.
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31) or text[max(0, start - 1) : start] in {
        "v",
        "V",
        "£",
    }:
        return Token(start, end, Is.OTHER)
    year_ = rest[0] if rest else None
    if year_ is not None and year_ < 100:
        # "1.2.24" is the number of a section as often as a day.
        year_ += CENTURY
    is_plain = year_ is None and not re.search(r"/0\d$", match[0])
    return Token(start, end, Is.NUMBERS, is_plain=is_plain, date=(day, month, year_))


def _number(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    if match.lastgroup == "year":
        digits = match[0].lstrip(f"'{QUOTES}")
        return Token(start, end, Is.YEAR, int(digits) + (0 if len(digits) == 4 else CENTURY))
    if match.lastgroup != "day" and match.lastgroup != "ordinal":
        return Token(start, end, Is.OTHER)
    value = int(re.findall(r"\d+", match[0])[0])
    word = WORD_BEFORE.search(text, max(0, start - 12), start)
    low = word[1].lower() if word else ""
    is_count = low in COUNTING
    if word and word[0][-1].isalpha() and low not in {*WEEKDAY_OF, *MONTH_OF, "the"}:
        # "Strategy agreed13 Feb" has lost a line's end; "KS2" and "SE10" have not.
        if is_count or len(low) < 4 or not word[0][-1].islower():
            return Token(start, end, Is.OTHER)
        is_count = True
    return Token(start, end, Is.DAY, value, match["ordinal"] is None, is_count)
