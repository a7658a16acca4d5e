"""Where one announcement on a page ends and the next begins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from webapp.formats.news_headings import (
    ENDS_LIKE_PROSE,
    is_heading,
    looks_like_a_title,
    names_nothing,
)
from webapp.formats.news_rows import Row
from webapp.formats.news_sections import BACK, Block, begins_block, by_headings
from webapp.formats.news_source import Line, Source
from webapp.formats.news_stamps import (
    LETTER,
    NAMES_A_LETTER,
    TOP_LINES,
    Stamp,
    stamp_of,
)
from webapp.formats.news_stamps_over import over_titles
from webapp.formats.news_vocabulary import SUBJECT, TRAINING

# Above the day of an announcement a title is no longer than this; a shorter one may be before the
# day on its own line.
LONGEST_TITLE, SHORTEST_TITLE = 320, 8
# The end of the announcement before, in a list that leads on to each.
TEASER = re.compile(r"[.!?\u2026]\s{1,3}(?:read|find out|learn|see) more\W{0,5}$", re.IGNORECASE)
# Beside its day a line of fewer characters says nothing more.
ONLY_STAMP = 40
# The name of a body on a line of its own; the letter under it has more headings than this.
LETTERHEAD = re.compile(
    r"^(?!.*\b(?:meet|news|minutes|update|agenda)\w*\b)[A-Z][^.!?:]{3,80}\b"
    r"(?:board|partnership|council|trust|network|hub|team|service|committee|association|forum"
    r"|(?-i:[A-Z]{0,4}(?:SCP|SCB|SAB|SAPB|CVS|CSP)))s?$",
    re.IGNORECASE,
)
FEWEST_HEADS = 2


def cut(
    source: Source, rows: Sequence[Row], published: date | None = None
) -> tuple[tuple[Block, ...], Stamp | None]:
    """The announcements in the page's order, and when the whole page is from, where it says so."""
    rows = [row for row in rows if not row.line.is_aside]
    lines = source.lines
    found = [stamp_of(rows, place, lines, published) for place in range(len(rows))]
    over = over_titles(rows, published)
    found = [over.get(place, stamp) for place, stamp in enumerate(found)]
    of_page = next((stamp for stamp in found if stamp and stamp.is_of_page), None)
    rows = [_without(row, stamp) for row, stamp in zip(rows, found, strict=True)]
    own = {place: stamp for place, stamp in enumerate(found) if stamp and not stamp.is_of_page}
    kept = [row for row, stamp in zip(rows, found, strict=True) if not _says_only_when(row, stamp)]
    if len(own) == 1 and _is_letter(kept, *next(iter(own.items())), lines):
        place, stamp = next(iter(own.items()))
        own_line = rows[place].index if _is_only_stamp(rows[place], stamp) else None
        kept = [row for row in kept if row.index != own_line]
        return tuple(by_headings(kept, lines)), stamp
    blocks = _by_stamps(rows, own, lines) if own else by_headings(kept, lines)
    return tuple(blocks), of_page


def _says_only_when(row: Row, stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.is_of_page and _is_only_stamp(row, stamp)


def _is_letter(rows: Sequence[Row], place: int, stamp: Stamp, lines: Sequence[Line]) -> bool:
    """Whether the one stamp of a page, at this place, is that of a newsletter, whose headings part
    its items."""
    if place >= TOP_LINES:
        return False
    above = [line.text[: max(0, stamp.start - line.start)] for line in lines[: place + 1]]
    # "Marsham Safeguarding Children Board", then the day: a letter has its sender at its head.
    is_headed = place == 1 and bool(LETTERHEAD.search(above[0]))
    is_called_so = is_headed or any(map(LETTER.search, above))
    heads = [number for number, row in enumerate(rows) if begins_block(row, lines)]
    below = rows[place + 1 : place + 1 + TOP_LINES]
    names = [row for row in below if NAMES_A_LETTER.search(row.line.text)]
    if names and is_heading(lines, names[0].index):
        return sum(rows[number].index > names[0].index for number in heads) > 1
    bounds = zip(heads, [*heads[1:], len(rows)], strict=False)
    dated = [rows[first] for first, last in bounds if any(row.days for row in rows[first:last])]
    # What has no such name is one where several of its headings are those of trainings.
    named = dated if is_called_so else [row for row in dated if _names_training(row.line.text)]
    return len(named) > 1 or (is_headed and len(heads) > FEWEST_HEADS and bool(named))


def _names_training(text: str) -> bool:
    return bool(TRAINING.search(text) or SUBJECT.search(text))


def _without(row: Row, stamp: Stamp | None) -> Row:
    """The row with nothing dated or timed of its stamp; the words of a title stay."""
    if stamp is None:
        return row
    days = [day for day in row.days if not stamp.start <= day.start < stamp.end]
    times = [slot for slot in row.times if not stamp.start <= slot.start < stamp.end]
    is_whole = stamp.start == row.line.start
    return replace(row, days=tuple(days), times=() if is_whole else tuple(times))


def _by_stamps(
    rows: Sequence[Row], stamps: Mapping[int, Stamp], lines: Sequence[Line]
) -> Iterable[Block]:
    """Each announcement has its day: under its title, before it, or stuck to it."""
    starts: list[tuple[int, int | None, Stamp]] = []
    for place, stamp in stamps.items():
        floor = starts[-1][0] + 1 if starts else 0
        starts.append((*_title_place(rows, place, floor, stamp, lines), stamp))
    yield from by_headings(rows[: starts[0][0]], lines)
    ends = [start for start, _, _ in starts[1:]] + [len(rows)]
    for (start, title, stamp), end in zip(starts, ends, strict=True):
        body = [
            row
            for place, row in enumerate(rows[start:end], start)
            if not BACK.match(row.line.text)
            and (place != title or row.days)
            and not _is_only_stamp(row, stamp)
        ]
        yield from _by_level(Block(_title(rows, title, stamp), tuple(body), stamp, ()))


def _by_level(block: Block) -> Iterable[Block]:
    """Where one heading has the day of an announcement and the next of its rank has none."""
    level = block.title.level if block.title else None
    if level is None:
        yield block
        return
    title, stamp, body = block.title, block.stamp, list[Row]()
    for row in block.rows:
        if row.line.level != level:
            body.append(row)
            continue
        yield Block(title, tuple(body), stamp, ())
        title, stamp, body = row.line, None, []
    yield Block(title, tuple(body), stamp, ())


def _title_place(
    rows: Sequence[Row], place: int, floor: int, stamp: Stamp, lines: Sequence[Line]
) -> tuple[int, int | None]:
    """Where the announcement begins, and which row is its title."""
    if stamp.start - rows[place].line.start >= SHORTEST_TITLE:
        return place, place
    if stamp.is_over_title:
        return place, place + (stamp.end == rows[place].line.end)
    is_alone = _is_only_stamp(rows[place], stamp)
    is_first = rows[place].index == 0 or rows[place].line.gap > 0
    is_below = place + 1 < len(rows) and (
        _is_title_below(rows[place + 1], lines, is_alone=is_alone)
        # "News | 6 May 2026" begins a paragraph, and its title comes next.
        or (is_first and is_alone and looks_like_a_title(rows[place + 1].line.text))
    )
    above = rows[place - 1] if place >= max(1, floor) else None
    if above and _heads_a_stamp(above, lines) and not (is_below and _is_of_list(above.line)):
        return place - 1, place - 1
    if is_below:
        return place, place + 1
    return place, None


def _is_of_list(line: Line) -> bool:
    """Whether it heads a whole list, above the day of the first in it."""
    return line.level is None and names_nothing(line.text)


def _is_title_below(row: Row, lines: Sequence[Line], *, is_alone: bool) -> bool:
    if row.line.level is not None:
        return True
    return is_alone and begins_block(row, lines)


def _heads_a_stamp(row: Row, lines: Sequence[Line]) -> bool:
    """Whether it is a title above the day of an announcement, where one may run on."""
    line = row.line
    if BACK.match(line.text) or TEASER.search(line.text):
        return False
    if is_heading(lines, row.index):
        return True
    is_alone = bool(line.gap) and not line.is_bullet and not line.cells
    return is_alone and len(line.text) < LONGEST_TITLE and not line.text.endswith(ENDS_LIKE_PROSE)


def _title(rows: Sequence[Row], place: int | None, stamp: Stamp) -> Line | None:
    if place is None:
        return None
    line = rows[place].line
    if not line.start <= stamp.start < line.end:
        return line
    if stamp.is_over_title:
        return replace(line, text=line.text[stamp.end - line.start :], start=stamp.end)
    words = line.text[: stamp.start - line.start].rstrip(" |-\u2013:,(")
    return replace(line, text=words, end=line.start + len(words))


def _is_only_stamp(row: Row, stamp: Stamp) -> bool:
    is_here = row.line.start <= stamp.start < row.line.end
    return is_here and len(row.line.text) - (stamp.end - stamp.start) < ONLY_STAMP
