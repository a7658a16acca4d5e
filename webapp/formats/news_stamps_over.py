"""Lists of news in which the day of each stands over its title."""

from collections.abc import Sequence
from datetime import date
from operator import ge

from webapp.formats.news_headings import looks_like_a_title
from webapp.formats.news_rows import LETTERS, Row
from webapp.formats.news_stamps import Stamp, day_of, is_prose


def over_titles(rows: Sequence[Row], published: date | None) -> dict[int, Stamp]:
    """The days of a list of news that stand each over its title, the newest first, by place."""
    found = dict[int, Stamp]()
    for place, row in enumerate(rows[:-2]):
        day = day_of(row.days[0]) if len(row.days) == 1 and _is_day_alone(row) else None
        if day and _is_told(*rows[place + 1 : place + 3]):
            found[place] = Stamp(day, row.line.start, row.line.end, False, is_over_title=True)
    days = [published or date.max, *(stamp.day for stamp in found.values())]
    goes_back = days[-1] < days[min(1, len(found))] and all(map(ge, days, days[1:]))
    return found if goes_back else {}


def _is_day_alone(row: Row) -> bool:
    is_first = row.index == 0 or row.line.gap > 0
    return is_first and not (row.times or row.line.cells) and not LETTERS.search(row.rest)


def _is_told(title: Row, below: Row) -> bool:
    """Whether a title stands there with prose, or a day of its own, below it."""
    if title.said or not (title.line.level or looks_like_a_title(title.line.text)):
        return False
    return is_prose(below) or bool(below.days)
