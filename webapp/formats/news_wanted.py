"""Which days of an announcement are to come to, which are off, and which are of the paper alone."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from webapp.formats.announcements import Session, Status
from webapp.formats.news_dates import Mention
from webapp.formats.news_evidence import Evidence
from webapp.formats.news_moves import OF_THOSE_ABOVE
from webapp.formats.news_rows import Row
from webapp.formats.news_sections import Block
from webapp.formats.news_sessions import off
from webapp.formats.news_standing import Standing, is_of_range, of_label, of_title, standing
from webapp.formats.news_standing_words import WEEK
from webapp.formats.news_titles import lists_many
from webapp.formats.news_years import Settled

DATE_LABEL = re.compile(r"^\W*(?:dates?|when|date and time|day)\b\W{0,3}", re.IGNORECASE)
# "Each day has a theme", or the head of a table with a column of them: there what has no hours is
# no session.
THEMES = re.compile(
    r"\b(?:each|every) day (?:has|had) (?:a|its own) theme\b|\bdaily themes?\b"
    r"|\bdifferent (?:\w+ )?themes?(?: for| on)? (?:each|every) day\b"
    r"|\b(?:each|every) day\b.{0,40}\bdifferent (?:\w+ )?theme\b"
    r"|^date\W+themes?\b|^themes?\W+date\b",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    r"\W*(?:now )?(?:postponed|rescheduled|re-?arranged|moved|put back|deferred)"
    r" (?:to|until|for)\b",
    re.IGNORECASE,
)
OF_THIS = re.compile(
    r"\W*(?:please note:? )?(?:that )?this (?:\w+ ){1,2}(?:is|was|has been) (?:now )?"
    r"(?:cancelled|postponed|on hold)\b",
    re.IGNORECASE,
)
# A line of more words says nothing about the day below it, unless it ends in a colon.
LABEL_WORDS = 6
# A day that a line speaks of again stands no more days above it.
MOST_ABOVE = 40


@dataclass(frozen=True)
class _Paper:
    """What tells the days of the paper from those of the training: where its title stands, the
    days that are said again below it, and the first line on which a day is called "Date"."""

    title: int
    again: frozenset[tuple[int, int]]
    labelled: int
    # The rows below which stand hours.
    timed: frozenset[int]

    def has(self, row: Row, mention: Mention, settled: Settled) -> bool:
        """Whether the day says nothing of a session. One that has a time does."""
        if row.times:
            return False
        if row.line.start == self.title and _day_of(mention) in self.again:
            return True
        # "Bulletin No. 31 September 2016" names no day.
        is_none = settled.day is None and bool(settled.readings)
        is_above = row.index < self.labelled and row.is_bare
        return is_none or (is_above and row.index not in self.timed)


def sorted_out(block: Block, evidence: Evidence) -> tuple[list[Mention], list[Session]]:
    """The days to come to, and the sessions that are off."""
    wanted: list[Mention] = []
    is_off: list[Session] = []
    of_all = of_title(block.title.text) if block.title else None
    paper = _paper(block)
    is_week = block.title is not None and bool(WEEK.search(block.title.text))
    dated: Row | None = None
    is_themed = False
    for row, header, label in _labelled(block):
        is_themed = _has_themes(row, is_themed)
        below = dated and _of_day_above(row)
        while dated and below and wanted and wanted[-1].start >= dated.line.start:
            is_off.append(off(dated, wanted.pop(), evidence, below))
        dated = row if row.days else dated
        for mention in row.days:
            settled = evidence.settle(mention)
            if paper.has(row, mention, settled) or (is_week and is_of_range(row, mention)):
                continue
            if is_themed and not row.times:
                continue
            day = None if settled.readings else settled.day
            above = _column(mention, row, header) or label
            stands = standing(row, mention, day, evidence.published, above)
            status = _status(stands, of_label(label) or of_all)
            if stands.is_session and status in {None, Status.FULL}:
                wanted.append(mention)
            elif status:
                is_off.append(off(row, mention, evidence, status))
                _give_up(wanted, row, mention, status)
    return wanted, is_off


def _give_up(wanted: list[Mention], row: Row, mention: Mention, status: Status) -> None:
    """ "The 6 March session will now take place on 20 March", below a list with 6 March: the day
    told nearest above is none to come to, either."""
    if status is Status.MOVED and OF_THOSE_ABOVE.match(row.line.text):
        near = range(len(wanted) - 1, max(-1, len(wanted) - 1 - MOST_ABOVE), -1)
        above = (place for place in near if _day_of(wanted[place]) == _day_of(mention))
        if (place := next(above, None)) is not None:
            del wanted[place]


def _has_themes(row: Row, before: bool) -> bool:
    """Whether the days from here on have but themes: up to "Learning events and training"."""
    if row.said:
        return before
    is_list = len(row.line.text.split()) <= LABEL_WORDS and lists_many(row.line.text)
    return bool(THEMES.search(row.line.text)) or (before and not is_list)


def _of_day_above(row: Row) -> Status | None:
    """What a line below a day makes of it: "Postponed to 13 January", "This session is cancelled".

    Of several days on their lines it speaks of the nearest.
    """
    if row.days:
        return Status.MOVED if MOVED_TO.match(row.line.text) else None
    return of_title(row.line.text) if OF_THIS.match(row.line.text) else None


def _status(stands: Standing, of_all: Status | None) -> Status | None:
    """What is said of the day, unless the title says that everything is off."""
    is_all_off = of_all in {Status.CANCELLED, Status.POSTPONED}
    return of_all if is_all_off and stands.is_session else stands.status


def _labelled(block: Block) -> Iterator[tuple[Row, Row | None, str]]:
    """Each row with the head of its table, and with the words above that may say what it is."""
    header: Row | None = None
    label = block.title.text if block.title else ""
    for row in block.rows:
        yield row, header, label
        label = row.line.text if _may_label(row) else ""
        if row.line.cells and not row.said:
            header = row


def _may_label(row: Row) -> bool:
    is_short = len(row.line.text.split()) <= LABEL_WORDS and not row.times
    return is_short or row.line.text.endswith(":")


def _column(mention: Mention, row: Row, header: Row | None) -> str:
    """What heads the column of a day in a table."""
    if header is None or not row.line.cells:
        return ""
    place = bisect_right(row.line.cells, mention.start, key=lambda cell: cell[0]) - 1
    if not 0 <= place < len(header.line.cells) or mention.start >= row.line.cells[place][1]:
        return ""
    first, last = header.line.cells[place]
    return header.line.text[first - header.line.start : last - header.line.start]


def _paper(block: Block) -> _Paper:
    title = block.title.start if block.title else -1
    below = (row for row in block.rows if row.line.start != title)
    again = frozenset(_day_of(mention) for row in below for mention in row.days)
    timed = (above.index for above, row in pairwise(block.rows) if row.times and not row.days)
    return _Paper(title, again, _first_labelled(block), frozenset(timed))


def _first_labelled(block: Block) -> int:
    """The line of the first day that is called "Date", on its own line or on the one above."""
    label = ""
    for row in block.rows:
        if row.days and (DATE_LABEL.match(label) or row.says(DATE_LABEL)):
            return row.index
        label = row.line.text
    return 0


def _day_of(mention: Mention) -> tuple[int, int]:
    return mention.month, mention.day
