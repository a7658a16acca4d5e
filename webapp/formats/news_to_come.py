"""Lines that head what is to come, below what is over or is no training."""

import re
from collections.abc import Sequence

from webapp.formats.news_rows import Row
from webapp.formats.news_source import Line
from webapp.formats.news_standing_words import PAST
from webapp.formats.news_training import speaks_against
from webapp.formats.news_vocabulary import SUBJECT, TRAINING, either

TRAINING_DATES = re.compile(
    r"(?:training|course|workshop|webinar)s? (?:dates|sessions|opportunities)", re.IGNORECASE
)
TO_COME = re.compile(
    r"(?:(?:and|also|still|what(?:['\u2019]?s| is)) ){0,3}"
    + either(
        r"""coming (?:up|soon) | (?:to come|next|up next|next up) | looking ahead
            dates for (?:your|the) diar(?:y|ies)
            (?:upcoming|forthcoming|future|next) (?:training|events|courses|sessions|workshops)"""
    )
    + r"(?: (?:this|next|in) \w{3,9}){0,2}\W{0,3}",
    re.IGNORECASE,
)
# As much of a line as tells that it is a story.
LONGEST_TOLD = 400


def is_shelf_below(title: Line, row: Row) -> bool:
    """ "Training dates" under what is no training heads others than that."""
    is_no_training = not (SUBJECT.search(title.text) or TRAINING.search(title.text))
    return is_no_training and not row.said and bool(TRAINING_DATES.fullmatch(row.line.text))


def ends_a_story(title: Line | None, body: Sequence[Row], row: Row) -> bool:
    """Whether the line, such as "Coming up:", leads from what is over to what is to come."""
    if title is None or row.said or not body or not TO_COME.fullmatch(row.line.text):
        return False
    told = [each.line.text[:LONGEST_TOLD] for each in body]
    return speaks_against(title.text[:LONGEST_TOLD]) or any(map(PAST.search, told))
