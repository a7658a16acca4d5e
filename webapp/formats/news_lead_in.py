"""What the words above a list of trainings say of all of them."""

import re
from collections.abc import Sequence
from datetime import date

from webapp.formats.announcements import Session
from webapp.formats.news_setting import Part
from webapp.formats.news_vocabulary import OVER

# More of the same is still to come.
AGAIN = re.compile(r"\b(?:more|further|next|again|new|following|below)\b", re.IGNORECASE)


def told_as_past(parts: Sequence[Part], sessions: Sequence[Session], published: date | None) -> str:
    """The words before the first of several trainings that tell of all as past, or nothing.

    What is on after the page was made is not past, whatever was held before.
    """
    if len(parts) < 2 or any(one.day and published and one.day >= published for one in sessions):
        return ""
    first = parts[1].rows[0].index
    above = (row.line.text for row in parts[0].rows if row.index < first and not row.said)
    found = (OVER.search(text) for text in above if not AGAIN.search(text))
    return next((said[0] for said in found if said), "")
