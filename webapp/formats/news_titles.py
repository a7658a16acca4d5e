"""What a session is called where its own line does not say: a line above, or inside a sentence."""

import re
from collections.abc import Sequence
from dataclasses import replace

from webapp.formats.announcements import Sure, Words
from webapp.formats.news_heading_words import BIDS, FINITE, LABELLED
from webapp.formats.news_headings import (
    ENDS_LIKE_PROSE,
    IN_BRACKETS,
    MOST_CHARACTERS,
    WORD,
    is_heading,
    is_part,
    is_under_a_day,
    names_days,
    names_nothing,
)
from webapp.formats.news_own_titles import is_sentence, on_line
from webapp.formats.news_rows import LETTERS, TIME_LABEL, Row
from webapp.formats.news_sentence_titles import of_lead
from webapp.formats.news_source import Line
from webapp.formats.news_title_words import (
    ARRANGED,
    BOOKED,
    LABEL,
    NAMED_KIND,
    NUMBERED,
    OF_MANY,
    OFFERED,
    QUOTED,
    REMARK,
    STATUS,
)
from webapp.formats.news_vocabulary import SUBJECT
from webapp.formats.news_where import Span, has_place

# No more of an announcement's first words are its title.
LONGEST = 150
# One in a cell of its own may be as long as a heading.
MOST_IN_A_CELL = 20
# What a long title quotes is the training's own name, unless it is as short as a word or two.
SHORTEST_QUOTED = 20
QUOTATION = re.compile(r"[\u2018\u201c\"'](?!.*[\u2019\u201d\"'])")
# "Author: Ann Lee", "Audience: all heads", "Dear colleagues," are not what a paper is called.
NAMES_NO_PAPER = re.compile(
    rf"{LABELLED.pattern}|[A-Z][\w/& ]{{1,25}}:\s?(?:\S+\s+){{0,11}}\S+$|Dear\b[^.!?]{{0,40}}$",
    re.IGNORECASE,
)
# "We will hold briefings this winter" names nothing that has its day beside it.
SOME_DAY = re.compile(r"\b(?:this|next|in the) (?:winter|spring|summer|autumn|term|year)\b", re.I)
TITLE_LABEL = re.compile(r"(?:(?:course|event)(?: title| name)?|title)\s?:\s*(?=\S)", re.IGNORECASE)
FIRST_STOP = re.compile(r"[.!?](?:\s|$)")


def is_of_many(title: str) -> bool:
    """Whether a title is of a list of trainings, or of something else altogether."""
    return not NAMED_KIND.search(title) or lists_many(title)


def lists_many(title: str) -> bool:
    """Whether a title says that it is of several: "Spring courses", "Training calendar"."""
    return bool(OF_MANY.search(title))


def is_numbered(row: Row) -> bool:
    """Whether the line begins as a part of one training: "Module 2: Hearing a disclosure"."""
    return row.says(NUMBERED)


def above(rows: Sequence[Row], lines: Sequence[Line]) -> Words | None:
    """The nearest title upwards in these rows, given in the page's order."""
    return next((found for row in reversed(rows) if (found := heads(row, lines))), None)


def heads(row: Row, lines: Sequence[Line]) -> Words | None:
    """The title that this line is, or has, for the days below it."""
    text = row.line.text
    if row.is_bare or LABEL.match(row.rest) or STATUS.match(text):
        return None
    if row.line.level is None and (row.days or row.times):
        return _beside_a_time(row)
    is_title = is_heading(lines, row.index) or is_under_a_day(lines, row.index)
    if is_title and not (is_part(text) or names_nothing(text) or names_days(text)):
        return Words(text, row.line.start, row.line.end)
    return None


def _beside_a_time(row: Row) -> Words | None:
    """ "Neglect (half day, 1pm - 4pm)" above its days."""
    has_end = any(slot.ends for slot in row.times)
    if row.days or not has_end or row.line.is_bullet or row.says(TIME_LABEL):
        return None
    own = on_line(row, ())
    return own.words if own and own.is_first else None


def right_above(row: Row, before: Sequence[Row], places: Sequence[Span]) -> Words | None:
    """In a table that lost its lines: the cell above a day that stands alone."""
    # "Multiple dates" says no more than the day below it.
    cell = next((each for each in reversed(before) if not names_days(each.line.text)), None)
    is_alone = row.is_bare or LABEL.match(row.rest)
    if not is_alone or cell is None or row.line.gap > 1:
        return None
    line = cell.line
    if cell.days or cell.times or has_place(unbracketed(line), places):
        return None
    if not line.text[:1].isupper() or not _may_be_a_cell(line.text):
        return None
    return Words(line.text, line.start, line.end)


def unbracketed(line: Line) -> Line:
    """The line without what it says in brackets at its end: "Chairing (online)" is no place."""
    return replace(line, end=line.start + len(IN_BRACKETS.sub("", line.text)))


def _may_be_a_cell(text: str) -> bool:
    if text.endswith(ENDS_LIKE_PROSE) or len(WORD.findall(text)) > MOST_IN_A_CELL:
        return False
    if is_part(text) or names_nothing(text):
        return False
    return not (LABEL.match(text) or REMARK.match(text) or BIDS.match(text))


def nearest(title: Line | None, above: Sequence[Line], said: Sequence[Row]) -> Words | None:
    """The nearest heading that names something, else what the words name, else any."""
    for line in (title, *reversed(above)):
        if line and not names_nothing(line.text):
            return shortened(Words(line.text, line.start, line.end))
    return in_prose(said) or of_line(title) or opening(said)


def of_line(line: Line | None) -> Words | None:
    return Words(line.text, line.start, line.end) if line else None


def unlabelled(title: Words) -> Words:
    """Without the word for what it is: "Course: Seeing Neglect"."""
    found = TITLE_LABEL.match(title.text)
    if found is None:
        return title
    return replace(title, text=title.text[found.end() :], start=title.start + found.end())


def shortened(title: Words) -> Words:
    """A title that runs on and quotes the training's own is that: "… presents 'Seeing Neglect'"."""
    found = QUOTED.search(title.text) if len(title.text) > MOST_CHARACTERS else None
    if found is None or len(found["what"]) < SHORTEST_QUOTED:
        return title
    start = title.start + found.start("what")
    return Words(found["what"], start, start + len(found["what"]))


def in_prose(rows: Sequence[Row]) -> Words | None:
    """What is announced in running text: what is to be booked, else offered, else quoted."""
    return to_book(rows) or _offered(rows) or _quoted(rows)


def to_book(rows: Sequence[Row]) -> Words | None:
    """What these rows say is to be booked."""
    return next((found for row in rows if (found := booked(row))), None)


def _offered(rows: Sequence[Row]) -> Words | None:
    for row in rows:
        found = ARRANGED.search(row.line.text) or OFFERED.search(row.line.text)
        what = found["what"] if found else ""
        if found and NAMED_KIND.search(what) and not (FINITE.search(what) or SOME_DAY.search(what)):
            return _guess(row, found)
    return None


def _quoted(rows: Sequence[Row]) -> Words | None:
    for row in rows:
        found = QUOTED.search(row.line.text)
        if found and row.says(NAMED_KIND):
            return _guess(row, found)
    return None


def announced(rows: Sequence[Row]) -> Words | None:
    """What the nearest of these paragraphs says is to be booked: "Here are the next dates for
    Safer Sleep …", where headings were lost."""
    # "To book on to Safer Sleep, reply" is said of the days above it.
    prose = (row for row in reversed(rows) if not (row.said or BIDS.match(row.line.text)))
    return next((found for row in prose if (found := booked(row))), None)


def booked(row: Row) -> Words | None:
    """The title in a line that only says how to book it."""
    found = BOOKED.search(row.line.text)
    return _guess(row, found) if found else None


def _guess(row: Row, found: re.Match[str]) -> Words:
    # "your place at “Seeing Neglect.”": of a pair of marks one is none of the title.
    mark = QUOTATION.match(found["what"])
    text = found["what"][mark.end() if mark else 0 :].rstrip()
    # "SP-EEK sessions (explore, enquire, keep safe)" is no name up to its first comma.
    text = text[: text.rfind("(")].rstrip() if "(" in text and ")" not in text else text
    start = row.line.start + found.start("what") + (mark.end() if mark else 0)
    return Words(text, start, start + len(text), Sure.GUESSED)


def opening(rows: Sequence[Row]) -> Words | None:
    """The first words of the announcement, where nothing names it."""
    named = [row for row in rows if not NAMES_NO_PAPER.match(row.line.text)]
    first = next((row for row in named if not BIDS.match(row.line.text)), None)
    if first and is_part(first.line.text):
        # "Course code", "Course types": a form whose answers were lost, above what it is about.
        leads = (of_lead(row) for row in named if is_sentence(row))
        about = (lead for lead in leads if lead and NAMED_KIND.search(lead.text))
        if found := next((lead for lead in about if SUBJECT.search(lead.text)), None):
            return found
    told = [row for row in (*named, *rows) if row.says(LETTERS)]
    # Words that bid somebody to do something name nothing, unless they say when it is, too.
    for row in sorted(told, key=lambda row: bool(BIDS.match(row.line.text))):
        if row.days or not BIDS.match(row.line.text):
            text = row.line.text[:LONGEST]
            stop = FIRST_STOP.search(text)
            text = text[: stop.start()] if stop else text
            return Words(text, row.line.start, row.line.start + len(text), Sure.GUESSED)
    return None
