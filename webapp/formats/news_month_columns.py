"""Months and their days in two cells of a table: "May | Tue 6", or columns "May", "June"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from webapp.formats.news_calendar import WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_months import month_of
from webapp.formats.news_source import Line

_DAY = r"(?:[A-Z][a-z]{2,8}\.?,? ?)?(?:the )?\d{1,2}(?:st|nd|rd|th)?"
# Nothing but days, before a remark about them.
DAYS = re.compile(
    rf"\s*{_DAY}(?:\s?(?:,|&|/|\+|and|or)\s?{_DAY}){{0,8}}"
    r"(?=\s*(?:$|[(*])|\s+(?i:full|fully|new|online|teams|zoom)\b)"
)
EACH = re.compile(r"(?:([A-Z][a-z]{2,8})\.?,? ?)?(?:the )?(\d{1,2})(?:st|nd|rd|th)?")

Columns = Sequence[Mention | None]


def months(line: Line, before: Columns) -> Columns:
    """The months that head the columns from this line on; `before`: those so far."""
    heads = [month_of(line, *cell) for cell in line.cells]
    if sum(head is not None for head in heads) > 1:
        return heads
    # Empty cells at the end of a row may be missing.
    return before if 1 < len(heads) <= len(before) else ()


def days(line: Line, columns: Columns) -> list[Mention]:
    """The days in the cells under months, or right of one."""
    if columns:
        under = zip(line.cells, columns, strict=False)
        return [day for cell, head in under if head for day in _in_cell(line, cell, head)]
    found = list[Mention]()
    for cell, after in pairwise(line.cells):
        head = month_of(line, *cell)
        found += _in_cell(line, after, head) if head else ()
    return found


def _in_cell(line: Line, cell: tuple[int, int], head: Mention) -> Iterator[Mention]:
    first, last = cell[0] - line.start, cell[1] - line.start
    said = DAYS.match(line.text, first, last)
    for day in EACH.finditer(line.text, *said.span()) if said else ():
        number, named = int(day[2]), WEEKDAY_OF.get((day[1] or "").lower())
        if 1 <= number <= 31 and (named is not None or not day[1]):
            start, end = line.start + day.start(), line.start + day.end()
            yield Mention(start, end, number, head.month, head.year, named, day[1], 0)
