"""Rows of a table that are days, each with all that is on in one cell: "Mon 6 May | Fraud | Talk,
10am; Film, 2pm"."""

import re
from collections.abc import Sequence

from webapp.formats import news_dates, news_times

WORD = re.compile(r"[^\W\d_]{2,}")
# Words before its hours from which on a paragraph of a cell is called something: those of
# "Afternoon session, 2pm" are too few.
FEWEST_WORDS = 3


def is_of_many(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of this row, given as its paragraphs, tells of more than one thing, at least
    one of them with a name and hours."""
    return any(len(cell) > 1 for cell in cells[1:]) and is_day(cells)


def is_day(cells: Sequence[Sequence[str]]) -> bool:
    """Whether the row begins with a day alone, and has what is on with its hours in one cell."""
    has_own = any(_is_named(said) for cell in cells[1:] for said in cell)
    return has_own and len(cells[0]) == 1 and _is_day_alone(cells[0][0])


def _is_day_alone(text: str) -> bool:
    days = news_dates.days(text)
    return len(days) == 1 and not WORD.search(text[: days[0].start] + text[days[0].end :])


def _is_named(text: str) -> bool:
    days = [(day.start, day.end) for day in news_dates.days(text)]
    slots = news_times.times(text, days)
    if days or not any(slot.ends for slot in slots):
        return False
    return len(WORD.findall(text[: slots[0].start])) >= FEWEST_WORDS
