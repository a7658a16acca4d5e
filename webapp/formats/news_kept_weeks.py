"""A week that is kept, as an awareness week is: its days have themes, which are no trainings."""

import re
from collections.abc import Sequence

from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line
from webapp.formats.news_times import Slot
from webapp.formats.news_title_words import NAMED_KIND
from webapp.formats.news_vocabulary import BOOKING, TRAINING

IS_KEPT = re.compile(r"\b(?:week|fortnight|month|\d+ days of)\b", re.IGNORECASE)
DAYS_OF = re.compile(r"\bdays?\b", re.IGNORECASE)
# Fewer days are no list; and what is told of the last of them ends so many lines below it.
FEWEST, LONGEST = 3, 8
# What says so below a day may be gone to, whatever the day's theme is.
TO_GO_TO = re.compile(
    rf"{BOOKING.pattern}|\b(?:join (?:us|the|our)|(?:via|on) (?:ms |microsoft )?(?:teams|zoom)"
    r"|tickets?|register|come along|drop[- ]in|hosted by|led by|delivered by)\b",
    re.IGNORECASE,
)


def themes(
    lines: Sequence[Line], days: Sequence[Sequence[Mention]], times: Sequence[Sequence[Slot]]
) -> Sequence[int]:
    """The places of lines that begin with a day of the week that the page says is kept, and say but
    its theme: no day of it has hours, and none of it can be gone to or booked."""
    weeks = [found for line, found in zip(lines, days, strict=True) if _is_kept(line, found)]
    heads = [
        place
        for place, (line, found) in enumerate(zip(lines, days, strict=True))
        if len(found) == 1 and found[0].start == line.start and _is_in(found[0], weeks)
    ]
    if len(heads) < FEWEST or any(times[heads[0] : heads[-1] + LONGEST]):
        return ()
    ends = [*heads[1:], heads[-1] + LONGEST]
    for first, last in zip(heads, ends, strict=True):
        below = (line.text for line in lines[first:last])
        if TRAINING.search(lines[first].text) or any(map(TO_GO_TO.search, below)):
            return ()
    return heads


def names_kept(text: str) -> bool:
    """Whether it names a week or month that is kept, and no training: "Safeguarding Week"."""
    return bool(IS_KEPT.search(text)) and not NAMED_KIND.search(DAYS_OF.sub("", text))


def _is_kept(line: Line, days: Sequence[Mention]) -> bool:
    """Whether it says from when to when a week is kept: "Safeguarding Week, 17-21 November"."""
    return len(days) == 2 and days[1].until and names_kept(line.text)


def _is_in(day: Mention, weeks: Sequence[Sequence[Mention]]) -> bool:
    at = (day.month, day.day)
    return any((a.month, a.day) <= at <= (b.month, b.day) for a, b in weeks)
