"""A day that a page draws as a tile, one thing under the other: "15", "Mar", "2023"."""

import re
from collections.abc import Iterable, Sequence

from webapp.formats.news_calendar import MONTH_OF, WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line

NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: ?[-\u2013] ?(\d{1,2}))?")
YEAR = re.compile(r"(?:19|20)\d\d")


def tile(lines: Sequence[Line], place: int) -> Iterable[Mention]:
    """The day, or the first and last, of a tile whose number stands on this line."""
    number = NUMBER.fullmatch(lines[place].text)
    if number is None or place + 1 == len(lines) or lines[place + 1].gap:
        return
    month = MONTH_OF.get(lines[place + 1].text.lower().rstrip("."))
    if month is None:
        return
    end = place + 1
    below = lines[place + 2] if place + 2 < len(lines) else None
    has_year = below is not None and not below.gap and YEAR.fullmatch(below.text) is not None
    year = int(below.text) if below is not None and has_year else None
    end += has_year
    above = lines[place - 1].text if place and not lines[place].gap else ""
    weekday = WEEKDAY_OF.get(above.lower().rstrip(".,"))
    named = above.rstrip(".,") if weekday is not None else None
    for which, said in enumerate(number.groups()):
        if said:
            start, stop = lines[place].start, lines[end].end
            day = Mention(start, stop, int(said), month, year, weekday, named, 0, until=which > 0)
            yield day
            weekday, named = None, None
