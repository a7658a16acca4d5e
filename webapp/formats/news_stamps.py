"""When an announcement was made: the day under its title, before it, or stuck to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import is_heading
from webapp.formats.news_place_words import is_place
from webapp.formats.news_rows import LETTERS, Row
from webapp.formats.news_source import Line
from webapp.formats.news_vocabulary import either

# Right before the day; a capital may be stuck to what stands before it.
STAMP = re.compile(
    r"(?:\b|(?<=[a-z)])(?-i:(?=[A-Z])))"
    + either(
        r"""publish(?:ed)? date | published | posted | date posted | date published
            publication date | page saved | saved | printed | last updated
            last reviewed | last modified | updated | added | uploaded | created | page updated
            news date | date added | issued | sent | submitted | written"""
    )
    + r"(?: on| by [^|\d]{0,40}| in| at)?\s{0,9}[:\-\u2013|]?\s{0,9}(?:\d\d?[:.]\d\d,?\s{0,9})?$",
    re.IGNORECASE,
)
LONGEST_STAMP = 100
# Says when the page was put in order, not when something was announced on it.
OF_THE_PAGE = re.compile(r"\b(?:updated|reviewed|modified|saved|printed)\b", re.IGNORECASE)
# "The review was published on 8 March" is no stamp.
SAID_OF_SOMETHING = re.compile(
    r"\b(?:was|were|is|are|be|been|and|it|as|being|will|first|last)\s{0,9}$", re.IGNORECASE
)
# More words before it, or characters after it, than this, and it stands in a story.
MOST_BEFORE, LONGEST_AFTER = 14, 60
# What may stand beside a date that says by itself when an announcement was put on the page: who
# wrote it and where it was filed, of which any beginning may be meant, and other short remarks.
FILED = re.compile(
    r"(?:(?:posted|published|filed) )?(?:in|under|by) (?P<what>[\w &'|,.-]{2,60})", re.IGNORECASE
)
BESIDE = re.compile(
    r"latest news|news|training|events?|blog|category[: ]\w+|policy|policies|vacanc(?:y|ies)|jobs?"
    r"|guidance|resources?|learning|publications?|reports?|reviews|campaigns?|press release"
    r"|announcements?|updates?|articles?|courses?|webinars?|consultations?"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]m\b)?"
    r"|[\s|\u2022\u00b7,:\u2013-]",
    re.IGNORECASE,
)
A_YEAR = re.compile(r"\d{4}|[/.\u2019'-]\d\d\b")
LONGEST_BYLINE = 200
# The names of letters, whose day is that of everything in them.
LETTER = re.compile(
    r"\b"
    + either(
        r"""newsletter | bulletin | circular | e-?circular | update | briefing | news | digest
            round-?up | edition | issue | heads up | e-?news | noticeboard"""
    )
    + r"\b",
    re.IGNORECASE,
)
# A title of which only that is said: "Safeguarding Partnership: Monthly Digest (May 2024)".
NAMES_A_LETTER = re.compile(
    r"\b(?:newsletter|(?:e-)?bulletin|digest|(?:e-)?circular|round-?up|e-?news|noticeboard)\b"
    r"(?:\W{1,3}(?:(?:issue|edition|no|number|volume)\W{1,2})?(?:[a-z]{3,9} )?[\d/ ]{1,9}\)?)?$",
    re.IGNORECASE,
)
TOP_LINES = 3
# A body's name and a day with its year, with a stroke between them.
BODY_AND_DAY = re.compile(r"(?P<who>[A-Z][\w &'\u2019.,-]{2,60}?)\s*\|[^|]*\d{4}")
# Where something is held and how long: such lines are told of a session, so far below its day.
OF_A_SESSION = re.compile(r"^(?:location|venue|where|duration|length|tutor|trainer)s?\s?:", re.I)
DETAILS = 5
# A title that a day is stuck to has so many characters, and a line so long is prose.
SHORTEST_TITLE, SHORTEST_PROSE = 8, 60


@dataclass(frozen=True)
class Stamp:
    """When something was announced: the day, the words that say so, and whether of a whole page."""

    day: date
    start: int
    end: int
    is_of_page: bool
    # Right below it stands the title.
    is_over_title: bool = False


def stamp_of(
    rows: Sequence[Row], place: int, lines: Sequence[Line], published: date | None
) -> Stamp | None:
    """What the row at this place says of when something was announced: not after the page was."""
    row = rows[place]
    if not row.days:
        return None
    found = _labelled(row) or _glued(row) or _alone(rows, place, lines)
    if found is None and published:
        found = _of_a_body(rows, place, lines) or _over_its_day(rows, place)
    return None if found and published and found.day > published else found


def _of_a_body(rows: Sequence[Row], place: int, lines: Sequence[Line]) -> Stamp | None:
    """Who wrote it, and when, between a title and its prose: "Marsham Council | 30 April 2025"."""
    row = rows[place]
    found = BODY_AND_DAY.fullmatch(row.line.text) if len(row.days) == 1 else None
    if not found or row.times or is_place(found["who"]) or not 0 < place < len(rows) - 1:
        return None
    is_between = is_heading(lines, rows[place - 1].index) and is_prose(rows[place + 1])
    day = day_of(row.days[0])
    return (
        Stamp(day, row.line.start, row.line.end, is_of_page=False) if day and is_between else None
    )


def _over_its_day(rows: Sequence[Row], place: int) -> Stamp | None:
    """A day with its year, alone under a title, and below it a later day with hours."""
    row, after = rows[place], rows[place + 1] if place + 1 < len(rows) else None
    day = day_of(row.days[0]) if len(row.days) == 1 and row.is_bare and not row.times else None
    if day is None or place == 0 or after is None or rows[place - 1].said:
        return None
    later = after.days[0] if after.days and any(slot.ends for slot in after.times) else None
    if (
        later is None
        or (later.year or day.year, later.month, later.day) <= tuple(day.timetuple())[:3]
    ):
        return None
    return Stamp(day, row.line.start, row.line.end, is_of_page=False)


def _labelled(row: Row) -> Stamp | None:
    """ "Published on 8 March 2025", and little else on the line."""
    text, at = row.line.text, row.line.start
    for mention in row.days:
        before = max(0, mention.start - at - LONGEST_STAMP)
        said = STAMP.search(text, before, mention.start - at) if mention.year else None
        if said is None or (day := day_of(mention)) is None:
            continue
        lead = text[: said.start()]
        if len(lead.split()) > MOST_BEFORE or (row.line.is_bullet and lead.strip()):
            # Still more stands before any other day of the line.
            return None
        is_story = len(text) - (mention.end - at) > LONGEST_AFTER
        if is_story or SAID_OF_SOMETHING.search(lead[-LONGEST_STAMP:]):
            continue
        return Stamp(day, at + said.start(), mention.end, bool(OF_THE_PAGE.search(said.group())))
    return None


def _glued(row: Row) -> Stamp | None:
    """A title that its day was stuck to: "Neglect strategy agreed13 Feb 2023"."""
    last, text = row.days[-1], row.line.text
    at = last.start - row.line.start
    is_at_end = last.year is not None and last.end == row.line.end and not row.times
    if not is_at_end or at < SHORTEST_TITLE or not text[at - 1].isalpha():
        return None
    day = day_of(last)
    return Stamp(day, last.start, last.end, is_of_page=False) if day else None


def _alone(rows: Sequence[Row], place: int, lines: Sequence[Line]) -> Stamp | None:
    """The one day of a line that is a byline, or the title of a letter."""
    row = rows[place]
    only = row.days[0]
    has_year = A_YEAR.search(row.line.text, max(0, only.start - row.line.start)) is not None
    day = day_of(only) if len(row.days) == 1 and has_year else None
    if day is None:
        return None
    before = row.line.text[: only.start - row.line.start]
    after = row.line.text[only.end - row.line.start :]
    if _is_beside(before) and _is_beside(after) and _is_byline(rows, place, lines):
        return Stamp(day, row.line.start, row.line.end, is_of_page=False)
    if row.index < TOP_LINES and not row.times and LETTER.search(f"{before} {row.rest}"):
        return Stamp(day, only.start, only.end, is_of_page=True)
    return None


def _is_beside(text: str) -> bool:
    """Whether it is nothing but what may stand beside the day of an announcement.

    A name may end anywhere and the next remark begin there: the places that can be reached are
    marked from left to right, so that no text is gone through more than once.
    """
    if len(text) > LONGEST_BYLINE:
        return False
    is_reached = [True] + [False] * len(text)
    for at in range(len(text)):
        if is_reached[at] and (filed := FILED.match(text, at)):
            for end in range(filed.start("what") + 2, filed.end() + 1):
                is_reached[end] = True
        if is_reached[at] and (beside := BESIDE.match(text, at)):
            is_reached[beside.end()] = True
    return is_reached[-1]


def _is_byline(rows: Sequence[Row], place: int, lines: Sequence[Line]) -> bool:
    """A date with a year alone on its line, between a title and prose in which nothing is timed."""
    row = rows[place]
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    if before and before.line.level is not None and row.is_bare:
        # Its hours on the next line are those of a session.
        return not (after and after.times and after.is_bare and not after.days)
    follows_title = before is not None and is_heading(lines, before.index)
    # At the top of a page that has other days: the day it was put there.
    is_timed_below = after is not None and bool(after.times)
    is_at_top = row.index <= TOP_LINES and any(each.days for each in rows[place + 1 :])
    is_at_top = is_at_top and not is_timed_below
    is_above_prose = after is not None and is_prose(after)
    is_filed = "|" in row.rest and bool(LETTERS.search(row.rest) or not row.times)
    is_stamp = is_filed or (follows_title and (is_above_prose or is_at_top))
    is_of_session = any(slot.ends for slot in row.times) or (
        row.times and any(each.says(OF_A_SESSION) for each in rows[place + 1 : place + DETAILS])
    )
    return is_stamp and not is_of_session


def is_prose(row: Row) -> bool:
    """Prose that is no further day or time."""
    text = row.line.text
    if row.is_bare or (row.times and len(text) <= SHORTEST_PROSE):
        return False
    return len(text) > SHORTEST_PROSE or text.endswith((".", ":", "!"))


def day_of(mention: Mention) -> date | None:
    """The day it says, if it says a year and there is such a day."""
    try:
        return date(mention.year, mention.month, mention.day) if mention.year else None
    except ValueError:
        return None
