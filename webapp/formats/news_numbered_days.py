"""Figures before a month that are no days, for they number or count something."""

import re
from collections.abc import Sequence

from webapp.formats.news_calendar import Token
from webapp.formats.news_day_lists import Day, Row

# What is numbered before a month is no day: "Year 7 in September", "Level 2 May 2025".
NUMBERED = re.compile(
    r"(?<!this )(?<!next )(?<!last )(?<!school )(?<!academic )"
    r"\b(?:years?|key stages?|KS|levels?|class(?:es)?|grades?|tiers?|phases?|bands?|aged?|ages)"
    r"(?: \d{1,2}(?:,|/| ?[-\u2013]| and| or| to))? ?$",
    re.IGNORECASE,
)
LONGEST_NUMBERED = 24
# A figure without its ending, "7 in September", counts something.
IN_A_MONTH = re.compile(r"\s+in\s+", re.IGNORECASE)


def is_number_of_something(row: Row, listed: Sequence[Day], month: Token) -> bool:
    """Whether the figures before a month number or count something: "Year 7 in September"."""
    if not all(day.token.is_plain for day in listed):
        return False
    is_counted = len(listed) == 1 and IN_A_MONTH.fullmatch(row.text, listed[0].end, month.start)
    before = max(0, listed[0].start - LONGEST_NUMBERED)
    return bool(is_counted or NUMBERED.search(row.text, before, listed[0].start))
