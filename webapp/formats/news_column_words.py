"""What heads the columns of tables of trainings, and what stands where a day will."""

import re

from webapp.formats.news_heading_words import PART_WORDS
from webapp.formats.news_vocabulary import either, words

_TITLE = either(
    r"""course | training | event | title | topic | workshop | session | subject | module
        briefing | webinar | programme | theme | seminar | what"""
)
# "Course", "Title of event", "Training course": but not "Course date" or "Event type".
TITLE_COLUMN = re.compile(
    rf"\W*(?:(?:name|title) of )?(?:the )?{_TITLE}s?(?: {_TITLE}s?| name)?\W*", re.IGNORECASE
)
DATE_COLUMN = re.compile(
    r"\W*(?:dates?|when|days?)(?: ?(?:and|&|/) ?times?)?\W*",
    re.IGNORECASE,
)
# Who comes or where from: "Area", "Cohort", "Who it is for".
GROUP_COLUMN = re.compile(
    r"\W*(?:area|region|locality|district|team|agency|sector|(?:target )?audience|group|cohort|town"
    r"|venue|location|place|who(?: (?:is )?it(?: is|\u2019s|'s)? for)?)s?\W*",
    re.IGNORECASE,
)
# What heads a column beside the words that head parts of an announcement.
COLUMN_WORDS = PART_WORDS | {
    *("agency", "availability", "available", "briefing", "briefings", "by", "day", "days"),
    *("delivery", "end", "finish", "for", "host", "left", "lead", "length", "method", "mode"),
    *("month", "name", "no", "notes", "of", "platform", "room", "sector", "spaces", "status"),
    *("subject", "term", "theme", "tier", "topic", "type", "webinar", "webinars", "who"),
    *("workforce", "delivered"),
}
# What stands where a day would, until somebody knows it.
TO_FOLLOW = words(
    r"""tbc | tba | (?:to be|not yet|yet to be) (?:confirmed|announced|arranged|set|agreed|fixed)
        to follow | on request | by arrangement"""
)
# A line of so many of them is the head of a table that lost its strokes.
FEWEST_IN_A_HEAD = 4
_COLUMN = re.compile(r"[^\W\d_]+")
_SAYS_WHEN, _SAYS_MORE = {"date", "dates"}, {"time", "times", "venue", "location", "places"}


def heads_columns(text: str) -> bool:
    """Whether a line is the head of a table: "Date Time Duration Location Places Available"."""
    said = [word.lower() for word in _COLUMN.findall(text)]
    is_head = len(said) >= FEWEST_IN_A_HEAD and COLUMN_WORDS.issuperset(said)
    return is_head and not (_SAYS_WHEN.isdisjoint(said) or _SAYS_MORE.isdisjoint(said))
