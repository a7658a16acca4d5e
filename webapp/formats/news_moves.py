"""Days that were moved: which was given up, and which has taken its place."""

import re
from bisect import bisect_right

from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import Row
from webapp.formats.news_vocabulary import either, words

# Right before a day that was given up for another one.
ONCE_DUE = re.compile(
    either(
        r"""\b(?:was|were|had been|previously|originally)\b\
            [\w ,]{0,40}\b(?:due|planned|scheduled|to be held|to take place|to have been held|\
            to run|arranged|advertised|on|for)\b[\w ,]{0,25}$
            \b(?:moved|rescheduled|changed|postponed|brought forward|put back|rearranged|\
            re-arranged) from\b(?:(?!\bto\b)[\w ,]){0,20}$
            \b(?:instead of|rather than|in place of|replaces (?:the )?[\w ]{0,30})\b[\w ,]{0,20}$
            \bnot(?: on| the){0,2}\s*$ | \bwas:?\s*$"""
    ),
    re.IGNORECASE,
)
# And with what is said right after it: "planned for 8 May has been moved".
PLANNED = re.compile(
    r"\b(?:due|planned|scheduled|advertised|arranged)(?: for| on)(?: the)?\s*$", re.IGNORECASE
)
WAS_MOVED = re.compile(
    r"\W*(?:has|have|had|is|are|was|were|will)\b[\w ]{0,20}\b(?:moved|rescheduled|re-?arranged"
    r"|changed|brought forward|put back|postponed)\b",
    re.IGNORECASE,
)
# Right before the day that takes its place, in a sentence that speaks of moving.
NOW_ON = re.compile(
    r"\b"
    + either(
        r"""(?<!not )now(?![\w ]{0,30} until\b) | instead | new date | rearranged (?:for|to)
            re-arranged (?:for|to) | rescheduled (?:for|to)
            moved to | postponed to | to | (?<!not )(?<!not now )take place on
            (?:moved|rescheduled|postponed|deferred|put back|on hold)[\w ]{0,20} until
            been added | added | extra date | additional date"""
    )
    + r"\b[\w :,\u2013-]{0,30}$",
    re.IGNORECASE,
)
MOVING = words(
    r"""moved | rescheduled | re-?arranged | postponed | deferred | put back | brought forward
        changed | instead | new date | extra date | cancelled | now"""
)
# No more words stand between two such days.
FAR = 90
# Between the day that was given up and the one right behind that has taken its place: "the 6 March
# session will now take place on 20 March".
IS_NOW = re.compile(
    r"(?: [\w\u2019'-]+){0,5}? (?:(?:will|is|are|has|have) )?(?:now|instead|been)\b"
    r"(?: (?:to|be|been|held|run|running|go|going|ahead|take|takes|taking|place|moved|changed"
    r"|rescheduled|re-?arranged|postponed|put|back|brought|forward|for|until|on|the)){1,6}\s+",
    re.IGNORECASE,
)
# Such a sentence has no title of its own, and speaks of days told above it.
OF_THOSE_ABOVE = re.compile(r"\W*(?:please note:? )?(?:that )?(?:the|our|this)\b", re.IGNORECASE)


def is_given_up(row: Row, mention: Mention, near: str, after: str) -> bool:
    """Whether another day has taken the place of this one: `near` is what its sentence says right
    before it, `after` what follows."""
    is_planned = PLANNED.search(near) and WAS_MOVED.match(after)
    return bool(ONCE_DUE.search(near) or is_planned) or _leads_to_the_next(row, mention)


def takes_its_place(near: str, sentence: str) -> bool:
    """Whether it is the new day of what was moved."""
    return bool(NOW_ON.search(near) and MOVING.search(sentence))


def _leads_to_the_next(row: Row, mention: Mention) -> bool:
    place = bisect_right(row.days, mention.start, key=lambda day: day.start)
    if place == len(row.days) or row.days[place].start - mention.end > FAR:
        return False
    at = row.line.start
    return IS_NOW.fullmatch(row.line.text, mention.end - at, row.days[place].start - at) is not None
