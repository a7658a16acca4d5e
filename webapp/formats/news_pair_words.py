"""How pages say which times are for which days: alternatives, the same again, not known yet."""

import re

from webapp.formats.news_vocabulary import PICTURE

# When people come, or have a break, on a line of its own.
BEFORE_IT = re.compile(
    r"^\W*(?:registration|arriv|refreshments|coffee|doors|lunch|break|tea)\w*\b", re.IGNORECASE
)
# Between alternative times of a day stands one of these, and little else.
OR = re.compile(r"\b(?:or|and|then|repeated|again|plus)\b|[/&,;+]", re.IGNORECASE)
OR_ALONE = re.compile(r"\b(?:or|repeated|again)\b", re.IGNORECASE)
OF_EACH = re.compile(r"\b(?:all|each|every|both|minutes|one hour|an hour)\b", re.IGNORECASE)
SAME = re.compile(r"\bsame time", re.IGNORECASE)
# Nobody knows yet when on that day: "Time: TBC".
TIME_TO_FOLLOW = re.compile(
    rf"(?:\btimes?\b|{PICTURE})[\s:-]{{0,3}}(?:is |are |still )?"
    r"(?:t\.?b\.?[ca]\b|to be (?:confirmed|announced|agreed))",
    re.IGNORECASE,
)
# "Times: 10am, 1pm" has one for each of the dates above it.
TIMES = re.compile(r"^\W*times\b", re.IGNORECASE)
