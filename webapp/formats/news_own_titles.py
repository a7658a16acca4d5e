"""The title on a day's own line, as in "Neglect, 6 May, 10am, Town Hall"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.formats import news_quoted, news_told
from webapp.formats.announcements import Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_heading_words import FINITE
from webapp.formats.news_headings import names_days, names_nothing
from webapp.formats.news_place_words import is_place
from webapp.formats.news_rows import JOINTS, LETTERS, Row
from webapp.formats.news_times import Slot
from webapp.formats.news_title_words import (
    AREA_FIRST,
    ASKS,
    CODE,
    CUT_OFF,
    ENTRY,
    GOES_ON,
    LABEL,
    LED,
    NAMED_KIND,
    NUMBER_FIRST,
    REMARK,
    SEPARATOR,
    STATUS,
    TOLD,
    WAS_OR_IS,
    WEEKDAY_LAST,
    WHEN,
)
from webapp.formats.news_where import Span, spans_on

# With more words than this, or with fewer that are ended like a sentence, a line is prose.
SENTENCE_WORDS, FEWEST_WORDS = 16, 6
# Nothing farther than this from the start of a line is looked at for what begins an entry.
LONGEST_LEAD = 150
# A question of no more words asks for what a form asks for: "Who is it for?"
SHORT_QUESTION = 4
# Between a day and its hours stand no more characters than this.
AFTER_A_DAY = 3
JOINS_HOURS = re.compile(r"[\s,]{0,2}(?:at|from|between|@) ?", re.IGNORECASE)
# And no entry begins with more of them.
MOST_LEADING = 6
# A piece that says what kind of training it is, is as good as one with so many letters more.
KIND_IS_WORTH = 15
DATES = re.compile(r"\bdates?\b", re.IGNORECASE)
# Between a title and where it is held.
LEADS_TO_A_PLACE = re.compile(r"(?<=\w)\s(?:at|in|@)(?: the)? ?$", re.IGNORECASE)
LONGEST_JOINT = 9
OPENS, CLOSES = "\u2018\u201c'\"(", "\u2019\u201d'\")?!"


@dataclass(frozen=True)
class Own:
    """A title, and whether it stands before the days and times of its line."""

    words: Words
    is_first: bool
    # In quotation marks, as no group or place is.
    is_quoted: bool = False


def on_line(row: Row, places: Sequence[Span]) -> Own | None:
    """The title that a line with a day or time has of its own; `places` are the venues' spans."""
    if quoted := news_quoted.named(row.line.text) or _told(row):
        start = row.line.start + quoted.start
        return Own(
            Words(quoted.text, start, start + len(quoted.text)), is_first=True, is_quoted=True
        )
    if is_sentence(row):
        return None
    if _is_long(row) and (begun := led(row)):
        return Own(begun, is_first=False)
    if numbered := _numbered(row):
        return numbered
    if AREA_FIRST.match(row.line.text):
        return None
    text, at = row.line.text, row.line.start
    said = [(max(0, each.start - at), each.end - at) for each in row.said]
    said += [(_led_to(text, start - at), end - at) for start, end in spans_on(row.line, places)]
    told = [found.span() for found in TOLD.finditer(text)]
    found = _weighed(text, [*said, *told]) or _weighed(text, said)
    if not found:
        return None
    if is_entry(row) and not row.line.cells:
        found = found[:1]
    _, gap = max(found, key=lambda each: each[0])
    start, end = widened(text, gap)
    first = min((start for start, _ in said), default=0)
    return Own(Words(text[start:end], at + start, at + end), start < first)


def _weighed(text: str, marks: Iterable[Span]) -> list[tuple[int, Span]]:
    """The gaps between the marks with how much each may be the title; of several as heavy, the
    first comes first."""
    gaps = _between(0, len(text), sorted(marks))
    return [(_weight(text, piece), gap) for gap in gaps for piece in _subjects(text, gap)]


def _told(row: Row) -> Words | None:
    """What running prose names beside the day; an entry of a list has other ways to do that."""
    if not row.days or row.line.cells or is_entry(row) or NUMBER_FIRST.match(row.line.text):
        return None
    return news_told.named(row.line.text)


def _numbered(row: Row) -> Own | None:
    """Of "RADA17 Seeing Neglect Monday 10am 6/5/25", a row of a table without its lines, the words
    in between."""
    text, at = row.line.text, row.line.start
    number = NUMBER_FIRST.match(text)
    first = min((each.start for each in row.said), default=at) - at
    if number is None or first - number.end() > LONGEST_LEAD or first < number.end():
        return None
    title = WEEKDAY_LAST.sub("", text[number.end() : first].rstrip())
    if SEPARATOR.search(title) or not is_subject(title):
        return None
    start = at + number.end()
    return Own(Words(title, start, start + len(title)), is_first=True)


def is_sentence(row: Row) -> bool:
    """Prose in which a day is spoken of, not an entry of a list or a table."""
    if row.line.cells:
        return False
    if is_entry(row):
        return False
    return _is_long(row) and led(row) is None


def _is_long(row: Row) -> bool:
    """Of as many words as prose, or ended like it."""
    if row.words > SENTENCE_WORDS:
        return True
    is_ended = row.line.text.endswith((".", "!", ";")) or ". " in row.rest
    return row.words > FEWEST_WORDS and is_ended and bool(FINITE.search(row.rest))


def led(row: Row) -> Words | None:
    """The title of an entry that begins with its day or hours, whatever is told after it:
    "06/05/26 Seeing Neglect - you can bring a friend"."""
    text, at = row.line.text, row.line.start
    begin = 0
    said: list[Mention | Slot] = [*row.days[:MOST_LEADING], *row.times[:MOST_LEADING]]
    for one in sorted(said, key=lambda each: each.start):
        between = text[begin : max(begin, one.start - at)]
        if len(between) > AFTER_A_DAY and not JOINS_HOURS.fullmatch(between):
            break
        begin = max(begin, one.end - at)
    found = LED.match(text, begin) if begin else None
    what = found["what"] if found else ""
    goes_on = found is not None and found.end() + 1 < len(text)
    is_question = found is not None and (
        text.startswith("?", found.end()) or (goes_on and bool(ASKS.match(what)))
    )
    if (
        not found
        or (FINITE.search(what) and not is_question)
        or is_place(what)
        or not is_subject(what)
    ):
        return None
    return Words(what, at + found.start("what"), at + found.end("what"))


def is_entry(row: Row) -> bool:
    """Words, then a dash or a colon, then the day or time, however much follows."""
    first = min((each.start for each in row.said), default=row.line.end) - row.line.start
    lead = WAS_OR_IS.sub("", row.line.text[: min(first, LONGEST_LEAD)])
    return bool(ENTRY.search(lead)) and not FINITE.search(lead) and ". " not in lead


def ends_a_sentence(row: Row) -> bool:
    """Whether a sentence has ended right before the line's first day or time."""
    first = min((each.start for each in row.said), default=row.line.start) - row.line.start
    return row.line.text[:first].rstrip().endswith((".", "!"))


def is_subject(words: str) -> bool:
    """Whether the words can be what a training is called."""
    words = words.strip(" \t-\u2013\u2014|:;,.()[]")
    if any(said.match(words) for said in (LABEL, STATUS, GOES_ON)) or CUT_OFF.search(words):
        return False
    # "Self-neglect: when does choice become risk?" asks, and remarks nothing.
    if REMARK.match(words) and not (words.endswith("?") and len(words.split()) > SHORT_QUESTION):
        return False
    # "Forthcoming session dates" are no more than their days.
    if names_days(words) or (DATES.search(words) and names_nothing(words)):
        return False
    said = CODE.sub("", WHEN.sub("", JOINTS.sub("", words)))
    return bool(LETTERS.search(said)) and sum(map(str.isalpha, said)) >= 4


def _led_to(text: str, start: int) -> int:
    """Where what leads to the place that starts there begins: "Seeing Neglect | at the Mill"."""
    found = LEADS_TO_A_PLACE.search(text, max(0, start - LONGEST_JOINT), start)
    return found.start() if found else start


def _subjects(text: str, gap: Span) -> Iterator[Span]:
    """What can be a title between two days, times or places."""
    cuts = (found.span() for found in SEPARATOR.finditer(text, *gap))
    for start, end in _between(*gap, cuts):
        if is_subject(text[start:end]):
            yield start, end


def _weight(text: str, piece: Span) -> int:
    """The fuller a piece is, the likelier it is the title."""
    said = JOINTS.sub("", text[piece[0] : piece[1]])
    return sum(map(str.isalpha, said)) + (KIND_IS_WORTH if NAMED_KIND.search(said) else 0)


def _between(first: int, last: int, marks: Iterable[Span]) -> Iterator[Span]:
    """What lies between these marks, which are in order, and may overlap."""
    at = first
    for start, end in marks:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < last:
        yield at, last


def widened(text: str, gap: Span) -> Span:
    """From the first to the last words in the gap that can be of a title: "NVR (Level 1)"."""
    said = list(_subjects(text, gap))
    start, end = said[0][0], said[-1][1]
    while start < end and not text[start].isalnum() and text[start] not in OPENS:
        start += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in CLOSES:
        end -= 1
    # A bracket that was opened is part of it, unless a day stands in it.
    opened = text.rfind("(", start, end)
    if opened > start and text.find(")", opened, end) < 0:
        end = end + 1 if text[end : end + 1] == ")" else len(text[:opened].rstrip())
    return start, end
