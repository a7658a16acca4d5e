"""What the words above a list of trainings, and below it, say of all of them."""

import re
from collections.abc import Sequence
from datetime import date

from webapp.formats.announcements import Session
from webapp.formats.news_other_signs import STALL
from webapp.formats.news_rows import Row
from webapp.formats.news_setting import Part
from webapp.formats.news_vocabulary import OVER, PAST, words

# More of the same is still to come.
AGAIN = re.compile(r"\b(?:more|further|next|again|new|following|below)\b", re.IGNORECASE)
# What those of a list are called, right above it: "Register for any of these free webinars".
CALLED = words(
    r"""webinars | webcasts | courses | trainings | workshops | briefings | seminars
        master-? ?classes | refreshers | inductions | e-?learning modules
        (?:training|learning|briefing|information) (?:sessions|days|events|opportunities)
        (?:virtual|online|twilight) sessions | lunch (?:and|&) learns"""
)
# "Both are on Teams."
OF_ALL = re.compile(
    r"(?:both|all)(?: (?:of them|(?:two |three )?(?:sessions|courses|workshops)|of these))?"
    r" (?:are|will|take|run|last|start|cost)\b",
    re.IGNORECASE,
)
# As much of the words above a list as what stands in it needs.
LONGEST_LEAD_IN = 400
# A line of more characters below the last of several trainings is said of all.
LONGEST_OWN = 60


def is_of_all(row: Row, place: int, last: Part) -> bool:
    """Whether this line, so many below the last training, begins what is said of all."""
    line = row.line
    if line.gap == 0 and not row.said and OF_ALL.match(line.text):
        return True
    # What says its day again is told of it alone.
    own = {(day.month, day.day) for day in last.days}
    if row.days and own.issuperset((day.month, day.day) for day in row.days):
        return False
    is_prose = not line.is_bullet and len(line.text) > LONGEST_OWN
    return line.gap > 1 or (line.gap == 1 and (place > 0 or is_prose))


def told_of_all(parts: Sequence[Part], sessions: Sequence[Session], published: date | None) -> str:
    """What the words before the first of several trainings say of all, or nothing: that they are
    past, that anybody may meet a team there, or, right above them, what all are called.

    What is on after the page was made is not past, whatever was held before.
    """
    if len(parts) < 2:
        return ""
    is_to_come = any(one.day and published and one.day >= published for one in sessions)
    first = parts[1].rows[0].index
    above = [row.line.text for row in parts[0].rows if row.index < first and not row.said]
    past = (OVER.search(text) for text in above if not (is_to_come or AGAIN.search(text)))
    met = (STALL.search(text) for text in above)
    return next((said[0] for said in (*past, *met) if said), "") or _called(above[-1:])


def _called(nearest: Sequence[str]) -> str:
    found = (text for text in nearest if CALLED.search(text) and not PAST.search(text))
    return next((text[:LONGEST_LEAD_IN] for text in found), "")
