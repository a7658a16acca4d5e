"""Lists of news in which the day of each stands over its title or words, or right before them."""

import re
from collections.abc import Sequence
from datetime import date
from operator import ge

from webapp.formats.news_headings import looks_like_a_title
from webapp.formats.news_rows import LETTERS, Row
from webapp.formats.news_stamps import Stamp, day_of, is_prose

# Between a day and the title behind it.
PARTS = re.compile(r"\s*[-\u2013\u2014:|]\s*(?=[A-Z\u2018\u201c])")


def over_titles(rows: Sequence[Row], published: date | None) -> dict[int, Stamp]:
    """The days of a list of news that stand each over its title or its words, or before its title
    on its line, the newest first, by place."""
    found = dict[int, Stamp]()
    for place, row in enumerate(rows[:-1]):
        day = day_of(row.days[0]) if len(row.days) == 1 and _may_begin(row) else None
        end = _end(row, rows[place + 1 : place + 3]) if day else None
        if day and end:
            found[place] = Stamp(day, row.line.start, end, False, is_over_title=True)
        elif day and row.is_bare and is_prose(rows[place + 1]):
            found[place] = Stamp(day, row.line.start, row.line.end, is_of_page=False)
    days = [published or date.max, *(stamp.day for stamp in found.values())]
    goes_back = days[-1] < days[min(1, len(found))] and all(map(ge, days, days[1:]))
    return found if goes_back else {}


def _may_begin(row: Row) -> bool:
    is_first = row.index == 0 or row.line.gap > 0
    return is_first and not (row.times or row.line.cells) and row.days[0].start == row.line.start


def _end(row: Row, below: Sequence[Row]) -> int | None:
    """Where the day ends, with what parts it from its title, if it has one and is told of."""
    before_title = PARTS.match(row.line.text, row.days[0].end - row.line.start)
    if not LETTERS.search(row.rest):
        is_told = len(below) > 1 and _is_title(below[0]) and _tells(below[1])
        return row.line.end if is_told else None
    if before_title is None or not looks_like_a_title(row.line.text[before_title.end() :]):
        return None
    return row.line.start + before_title.end() if _tells(below[0]) else None


def _is_title(row: Row) -> bool:
    return not row.said and (row.line.level is not None or looks_like_a_title(row.line.text))


def _tells(row: Row) -> bool:
    """Whether it is prose, or has a day of its own."""
    return is_prose(row) or bool(row.days)
