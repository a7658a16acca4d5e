"""Pages that lost their empty lines on the way: where those stood."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from webapp.formats import news_dates, news_times
from webapp.formats.news_heading_words import BIDS, LABELLED
from webapp.formats.news_headings import (
    ENDS_A_SENTENCE,
    WORD,
    is_part,
    looks_like_a_title,
    names_days,
    names_nothing,
)
from webapp.formats.news_place_words import is_place
from webapp.formats.news_source import Line, Source

# With fewer lines a page may be one announcement; with an empty one for so many, it has them all.
FEWEST, OF_ALL = 6, 12
# A sentence has no fewer characters.
SHORTEST_PROSE = 50
LABEL = re.compile(r"([A-Z][\w/& ]{1,25}):(?:\s|$)")
# Of more characters no line is looked at for days.
LONGEST = 200
# Beside days and hours stand no more words than these where nothing else is told.
FEW_WORDS = 2


@dataclass(frozen=True)
class _Looks:
    """What a line is by its looks alone."""

    may_head: bool
    # Nothing but a day, or hours.
    is_bare: bool
    # It ends what was said before, or tells of what is headed above it.
    ends: bool
    tells: bool


def restored(source: Source) -> Source:
    """The page with an empty line before what seems to head what follows, if it has none."""
    lines = source.lines
    gaps = sum(bool(line.gap) for line in lines)
    if len(lines) < FEWEST or gaps * OF_ALL > len(lines):
        return source
    # What stands before a colon again and again is a label, and else it may be half a title.
    labels = (LABEL.match(line.text) for line in lines)
    said = Counter(label[1] for label in labels if label)
    looks = [_looks(line, said) for line in lines]
    begins = [_begins(looks, at) for at in range(len(lines))]
    found = (
        replace(line, gap=1) if is_new and not line.gap else line
        for line, is_new in zip(lines, begins, strict=True)
    )
    return replace(source, lines=tuple(found))


def _looks(line: Line, labels: Mapping[str, int]) -> _Looks:
    text = line.text
    short = text[:LONGEST]
    days = news_dates.days(short)
    times = news_times.times(short, [(day.start, day.end) for day in days], evening=False)
    spans = [(one.start, one.end) for one in days] + [(one.start, one.end) for one in times]
    told = sum(len(WORD.findall(short, *span)) for span in spans)
    is_said = bool(spans)
    is_bare = is_said and len(WORD.findall(short)) - told <= FEW_WORDS
    label = LABEL.match(text)
    is_label = bool(LABELLED.match(text)) or (label is not None and labels[label[1]] > 1)
    is_listed = line.is_bullet or bool(line.cells)
    is_other = is_part(text) or names_nothing(text) or is_label or is_listed or is_said
    is_title = looks_like_a_title(text) and not is_other and not text.startswith("(")
    is_prose = len(text) >= SHORTEST_PROSE and text.endswith(ENDS_A_SENTENCE)
    is_aside = bool(BIDS.match(text)) or is_place(text) or names_nothing(text)
    return _Looks(
        may_head=line.level is None and is_title,
        is_bare=is_bare and not is_listed,
        ends=is_listed or is_label or is_said or is_aside or text.endswith(ENDS_A_SENTENCE),
        tells=bool(label) or is_label or is_said or is_prose or names_days(text),
    )


def _begins(looks: Sequence[_Looks], at: int) -> bool:
    """Whether this line heads what follows, or is the day above what does."""
    if at == 0 or at + 1 >= len(looks):
        return False
    before, one, after = looks[at - 1 : at + 2]
    if one.is_bare:
        return before.ends and not before.may_head and after.may_head
    return one.may_head and before.ends and after.tells
