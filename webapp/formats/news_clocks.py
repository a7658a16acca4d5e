"""Single times of day as they are typed: "9.30am", "0900hrs", "12 noon"; and what is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

HALF_DAY = 12 * 60
CLOCK = re.compile(
    r"""
    \b(?:12(?:[.:]00)?\ ?)?(?P<word>noon|mid-?day|mid-?night)\b
  | (?<![\d.:£$€\#+])(?:
        (?P<army>(?:[01]\d|2[0-3])[0-5]\d)(?!\d|[.,:/]\d)(?P<hrs>\ ?(?:hrs?|hours|h)\b)?
      | (?P<hour>2[0-3]|[01]?\d)(?:[.:;](?P<minute>[0-5]\d))?(?!\d|[.,:]\d)
        (?:\ ?(?P<half>[ap])\.?\ ?m(?:\.|(?-i:(?![a-z]))|(?=to\b|until))
          (?:\ \(?(?:12\ )?(?:noon|mid-?day)\b\)?)?
          |(?<=\d\d[.:]\d\d)\ ?(?:hrs|h)\b
          |\ ?(?P<noon>noon|mid-?day)\b|\ ?(?P<clock>o['\u2019]?clock)\b)?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
HOURS_NAMED = {name: hour for hour, name in enumerate(_NAMES.split("|"), 1)}
# As it is said: "half past nine", "ten o'clock in the morning".
SPOKEN = re.compile(
    rf"\b(?:(?P<past>half past|quarter past|quarter to) (?P<hour>{_NAMES}|1[0-2]|\d)"
    rf"|(?P<full>{_NAMES}) o['\u2019]?clock)\b"
    r"(?: ?(?P<half>[ap])\.?m\b| in the (?P<part>morning|afternoon|evening)\b)?",
    re.IGNORECASE,
)
PARTS = {"morning": "a", "afternoon": "p", "evening": "p"}
PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
# Hours and minutes without more that are a length, a number, a price.
UNIT = re.compile(
    r" ?(?:%|p\b|km|kg|miles?\b|million|billion|m\b|gb\b|mb\b|out of|stars?\b|per\b|x\b|times\b"
    r"|years?\b|yrs?\b|months?\b|weeks?\b|wks?\b|days?\b|minutes?\b|mins?\b|places\b|people\b"
    r"|delegates\b|participants\b|pages?\b|points?\b|cpd\b|children\b|year|sessions?\b|members?\b"
    r"|staff\b|modules?\b|steps?\b|of\b|(?:st|nd|rd|th)\b|colleagues\b|learners\b|lessons?\b)",
    re.IGNORECASE,
)
HOURS = re.compile(r" ?(?:hours?|hrs?)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b(?:ages?|aged|years?|yrs?|levels?|pages?|pp?|units?|modules?|sections?|chapters?|stages?"
    r"|(?:children|pupils) of"
    r"|ks|grades?|tiers?|parts?|weeks?|days?|groups?|cohorts?|rooms?|versions?|v|figures?|tables?"
    r"|paragraphs?|para|clauses?|bands?|scores?|no|numbers?|courses?|steps?|acts?|articles?"
    r"|minimum|maximum|min|max|under|over|about|approximately|rule|schedule|priority|priorities"
    r"|standards?|quality|item|items|questions?|phases?|principles?|table|step|week)\.?:? ?#?$",
    re.IGNORECASE,
)
# "Wed 14 May at 2": an hour and nothing else.
SAYS_HOUR = re.compile(r"(?:\bat|@) ?$", re.IGNORECASE)
AFTER_HOUR = re.compile(r" ?(?:$|\n|[,;)](?! ?[A-Z\d])|\.(?!\d)| on\b| until\b)")
SAYS_TIME = re.compile(r"\b(?:at|from|time|times|starts?|starting)[:. ]{1,2}$", re.IGNORECASE)


@dataclass(frozen=True)
class Clock:
    """A time on the face of a clock, and the half of the day where it is told.

    `face` is in minutes, below 12 hours; `at` in minutes after midnight where that is known.
    """

    start: int
    end: int
    hour: int
    face: int
    at: int | None
    half: str
    is_bare: bool
    is_24: bool
    # Four figures without a mark: "0900".
    is_army: bool
    # Nothing else would be written like this.
    is_sure: bool
    stands_alone: bool

    @property
    def looks_like_year(self) -> bool:
        return self.is_army and self.hour in {19, 20}


def clocks(text: str) -> list[Clock]:
    """Everything that may be a time of day, in order."""
    spoken = [_spoken(match) for match in SPOKEN.finditer(text)]
    written = (clock for match in CLOCK.finditer(text) if (clock := _clock(match, text)))
    if not spoken:
        return list(written)
    others = (
        one
        for one in written
        if not any(each.start < one.end and one.start < each.end for each in spoken)
    )
    return sorted([*spoken, *others], key=lambda clock: clock.start)


def _spoken(match: re.Match[str]) -> Clock:
    said = (match["hour"] or match["full"]).lower()
    hour = HOURS_NAMED.get(said) or int(said)
    face = (hour * 60 + PAST.get((match["past"] or "").lower(), 0)) % HALF_DAY
    half = (match["half"] or PARTS.get((match["part"] or "").lower(), "")).lower()
    at = _at(hour, face, half, is_24=False) if half else None
    return Clock(
        *(match.start(), match.end(), hour, face, at, half),
        is_bare=False,
        is_24=False,
        is_army=False,
        is_sure=True,
        stands_alone=True,
    )


def counts_things(text: str, first: Clock, second: Clock) -> bool:
    """Whether two plain numbers are some other range: "ages 5-11", "2 - 3 weeks"."""
    return (
        is_length(text, second)
        or COUNTED.search(text, max(0, first.start - 16), first.start) is not None
        or "/" in {text[max(0, first.start - 1) : first.start], text[second.end : second.end + 1]}
    )


def is_length(text: str, clock: Clock) -> bool:
    """Whether hours, days or people are counted there: "for 2 hours"."""
    return UNIT.match(text, clock.end) is not None or HOURS.match(text, clock.end) is not None


def _clock(match: re.Match[str], text: str) -> Clock | None:
    start, end = match.span()
    if match["word"] or match["noon"]:
        at = 0 if (match["word"] or "").lower().endswith("night") else HALF_DAY
        return Clock(start, end, at // 60, 0, at, "word", False, False, False, True, True)
    if match["army"]:
        hour, minute = divmod(int(match["army"]), 100)
    else:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower()
    face = hour % 12 * 60 + minute
    is_glued = text[max(0, start - 1) : start].isalpha() or text[end : end + 1].isalpha()
    is_plain = not half and not match["clock"]
    if is_glued and is_plain and not match["minute"] and not match["hrs"]:
        return None
    if half and hour == 0:
        return None  # "0pm" is a slip of something else
    is_24 = hour > 12 or (match[0][0] == "0" and hour not in range(1, 7)) or bool(match["army"])
    is_bare = is_plain and not match["minute"] and not match["army"]
    return Clock(
        *(start, end, hour, face, _at(hour, face, half, is_24), half),
        is_bare=is_bare,
        is_24=is_24,
        is_army=bool(match["army"]),
        is_sure=bool(half or match["clock"] or match["hrs"]),
        stands_alone=_stands_alone(match, text, hour, minute, is_bare),
    )


def _at(hour: int, face: int, half: str, is_24: bool) -> int | None:
    if hour > 12 or (is_24 and not half):
        return hour * 60 + face % 60
    if not half:
        # Twelve is noon; nothing is taught at midnight.
        return HALF_DAY + face if hour == 12 else None
    # So is "12am", which people write for noon.
    return face if half == "a" and hour != 12 else face + HALF_DAY


def _stands_alone(match: re.Match[str], text: str, hour: int, minute: int, is_bare: bool) -> bool:
    start, end = match.span()
    if match["half"] or match["clock"] or match["hrs"]:
        return True
    says_time = SAYS_TIME.search(text, max(0, start - 12), start) is not None
    if match["army"]:
        # "at 1200", but 2025 is a year and "from 1500" are people.
        says_hour = SAYS_HOUR.search(text, max(0, start - 4), start) is not None
        return (hour < 10 and says_time) or (hour not in {19, 20} and says_hour)
    if is_bare:
        says_hour = SAYS_HOUR.search(text, max(0, start - 4), start) is not None
        return says_hour and 0 < hour <= 12 and AFTER_HOUR.match(text, end) is not None
    if minute % 5 or (HOURS.match(text, end) and hour < 8):
        return False
    if UNIT.match(text, end):
        return False
    return says_time or not COUNTED.search(text, max(0, start - 16), start)
