"""Where one announcement on a page ends and the next begins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from webapp.formats.news_headings import (
    ENDS_LIKE_PROSE,
    is_heading,
    is_part,
    names_days,
    names_nothing,
)
from webapp.formats.news_rows import LETTERS, TIME_LABEL, Row, heads_a_day
from webapp.formats.news_source import Line, Source
from webapp.formats.news_stamps import LETTER, TOP_LINES, Stamp, stamp_of
from webapp.formats.news_standing import labels_away
from webapp.formats.news_vocabulary import either

# Between announcements: ways back, and lines drawn with characters.
BACK = re.compile(
    "^"
    + either(
        r"""back to (?:the )?(?:list|top|news|all)\b.* | return to (?:list|news|top)\b.*
            read more[.\u2026]* | back | top of page | share this (?:page|story).* | previous
            next | [-_=*\u2022~]{3,}"""
    )
    + "$",
    re.IGNORECASE,
)
# Above the day of an announcement a title is no longer than this; a shorter one may be before the
# day on its own line.
LONGEST_TITLE, SHORTEST_TITLE = 320, 8
# Beside its day a line of fewer characters says nothing more.
ONLY_STAMP = 40
# So many lines under a day that heads them.
MOST_OF_A_DAY = 40
# As much of a heading as those below it need.
LONGEST_ABOVE = 400


@dataclass(frozen=True)
class Block:
    """An announcement as far as layout tells: its title where it has one, and its rows."""

    title: Line | None
    rows: tuple[Row, ...]
    stamp: Stamp | None
    # The headings above, the outermost first.
    above: tuple[Line, ...]


def cut(
    source: Source, rows: Sequence[Row], published: date | None = None
) -> tuple[tuple[Block, ...], Stamp | None]:
    """The announcements in the page's order, and when the whole page is from, where it says so."""
    rows = [row for row in rows if not row.line.is_aside]
    lines = source.lines
    found = [stamp_of(rows, place, lines, published) for place in range(len(rows))]
    of_page = next((stamp for stamp in found if stamp and stamp.is_of_page), None)
    rows = [_without(row, stamp) for row, stamp in zip(rows, found, strict=True)]
    own = {place: stamp for place, stamp in enumerate(found) if stamp and not stamp.is_of_page}
    kept = [row for row, stamp in zip(rows, found, strict=True) if not _says_only_when(row, stamp)]
    if len(own) == 1 and _is_letter(kept, *next(iter(own.items())), lines):
        place, stamp = next(iter(own.items()))
        own_line = rows[place].index if _is_only_stamp(rows[place], stamp) else None
        kept = [row for row in kept if row.index != own_line]
        return tuple(_by_headings(kept, lines)), stamp
    blocks = _by_stamps(rows, own, lines) if own else _by_headings(kept, lines)
    return tuple(blocks), of_page


def _says_only_when(row: Row, stamp: Stamp | None) -> bool:
    return stamp is not None and stamp.is_of_page and _is_only_stamp(row, stamp)


def _is_letter(rows: Sequence[Row], place: int, stamp: Stamp, lines: Sequence[Line]) -> bool:
    """Whether the one stamp of a page, at this place, is that of a newsletter, whose headings part
    its items."""
    above = [line.text[: max(0, stamp.start - line.start)] for line in lines[: place + 1]]
    if place >= TOP_LINES or not any(map(LETTER.search, above)):
        return False
    heads = [number for number, row in enumerate(rows) if _begins_block(row, lines)]
    bounds = zip(heads, [*heads[1:], len(rows)], strict=False)
    return sum(1 for first, last in bounds if any(row.days for row in rows[first:last])) > 1


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
    yield from _by_headings(rows[: starts[0][0]], lines)
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
    if place >= max(1, floor) and _heads_a_stamp(rows[place - 1], lines):
        return place - 1, place - 1
    if place + 1 < len(rows) and rows[place + 1].line.level is not None:
        return place, place + 1
    return place, None


def _heads_a_stamp(row: Row, lines: Sequence[Line]) -> bool:
    """Whether it is a title above the day of an announcement, where one may run on."""
    line = row.line
    if BACK.match(line.text):
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
    words = line.text[: stamp.start - line.start].rstrip(" |-\u2013:,(")
    return replace(line, text=words, end=line.start + len(words))


def _is_only_stamp(row: Row, stamp: Stamp) -> bool:
    is_here = row.line.start <= stamp.start < row.line.end
    return is_here and len(row.line.text) - (stamp.end - stamp.start) < ONLY_STAMP


def _timetabled(rows: Sequence[Row], lines: Sequence[Line]) -> frozenset[int]:
    """The places of lists of days with what is on at which time under each: there headings are
    the titles of sessions, not of announcements."""
    heads = [place for place, row in enumerate(rows) if heads_a_day(row)]
    lists: list[list[range]] = []
    for head, end in zip(heads, [*heads[1:], len(rows)], strict=False):
        day = _day(rows, head, end, lines)
        if day is None:
            continue
        if lists and lists[-1][-1].stop == head:
            lists[-1].append(day)
        else:
            lists.append([day])
    days = (day for each in lists if len(each) > 1 for day in each)
    return frozenset(place for day in days for place in day)


def _day(rows: Sequence[Row], head: int, end: int, lines: Sequence[Line]) -> range | None:
    """The places of what is on that day, where it is a day of a timetable."""
    near = range(head + 1, min(end, head + MOST_OF_A_DAY))
    timed = [place for place in near if rows[place].times and not rows[place].days]
    if not _is_day_of_many(rows, head, timed):
        return None
    if not any(_is_titled(rows, head, place, lines) for place in timed):
        return None
    # Before another announcement with days of its own, and at the end of the page, what belongs to
    # this day goes on to the next heading.
    other = next((place for place in range(head + 1, end) if rows[place].days), end)
    last = max((place for place in timed if place < other), default=head)
    if other < end or end == len(rows):
        after = range(last + 1, other)
        end = next((place for place in after if _begins_block(rows[place], lines)), other)
    return range(head, end)


def _is_day_of_many(rows: Sequence[Row], head: int, timed: Sequence[int]) -> bool:
    """Not the day of the one thing whose heading, as the page says, follows."""
    if rows[head].line.level is not None or not timed:
        return True
    return all(row.line.level is None for row in rows[head + 1 : timed[0] + 2])


def _is_titled(rows: Sequence[Row], head: int, place: int, lines: Sequence[Line]) -> bool:
    """Whether this time has a title: on its line, or between it and the day's heading."""
    if any(row.days for row in rows[head + 1 : place + 1]):
        return False
    if len(LETTERS.findall(rows[place].rest)) > 1 and not rows[place].says(TIME_LABEL):
        return True
    between = (row for row in rows[head + 1 : place] if not row.times)
    return any(is_heading(lines, row.index) and not is_part(row.line.text) for row in between)


def _by_headings(rows: Sequence[Row], lines: Sequence[Line]) -> Iterable[Block]:
    """No announcement says when it was made: each heading that names something begins one."""
    timetabled = _timetabled(rows, lines)
    only_own = _has_own_headings(lines)
    title: Line | None = None
    above: list[Line] = []
    body: list[Row] = []
    for place, row in enumerate(rows):
        if BACK.match(row.line.text):
            continue
        # A page may begin with a question; further down it heads a part.
        is_first = title is None and not body
        if is_first and row.line.text.endswith("?") and is_heading(lines, row.index):
            title = row.line
            continue
        is_guess = only_own and row.line.level is None
        if is_guess or place in timetabled or not _begins_block(row, lines):
            body.append(row)
            continue
        is_in_its_box = title is not None and title.part == row.line.part
        body, led = (body, list[Row]()) if is_in_its_box else _led_by(body, row.line)
        if title is not None or body:
            yield Block(title, tuple(body), None, tuple(above))
        above = _path(above, title, row.line)
        title, body = row.line, [*led, row] if row.said else led
    if title is not None or body:
        yield Block(title, tuple(body), None, tuple(above))


def _led_by(body: list[Row], heading: Line) -> tuple[list[Row], list[Row]]:
    """Without the rows at its end that stand in the heading's box, above it, as days in listings
    of events do; and those."""
    at = len(body)
    while at and heading.part and body[at - 1].line.part == heading.part:
        at -= 1
    # A tile is drawn over several lines: its day ends where the last of them does.
    for lines in (3, 2):
        tile = body[at - lines] if at >= lines else None
        if tile and tile.days and tile.days[0].end == body[at - 1].line.end:
            return body[: at - lines], body[at - lines :]
    # The same day as a tile beside the box.
    while at and heading.part and body[at - 1].is_bare and heads_a_day(body[at - 1]):
        at -= 1
    return body[:at], body[at:]


def _has_own_headings(lines: Sequence[Line]) -> bool:
    """Whether the page itself says what its headings are, so that nobody need guess."""
    return sum(1 for line in lines if (line.level or 0) > 1) > 1


def _begins_block(row: Row, lines: Sequence[Line]) -> bool:
    text = row.line.text
    if (row.line.level is None and row.said) or row.is_bare or text.endswith("?"):
        return False
    return is_heading(lines, row.index) and not (
        is_part(text) or names_days(text) or labels_away(text)
    )


def _path(above: list[Line], title: Line | None, new: Line) -> list[Line]:
    """The headings over `new`: those of a higher level, or, where nobody says, what was named last
    and the shelves since."""
    path = [*above, _beginning(title)] if title is not None else above
    if new.level is not None:
        return [line for line in path if line.level is not None and line.level < new.level]
    if names_nothing(new.text):
        return path[-3:]
    return [line for line in path if line.level is not None or names_nothing(line.text)][-3:]


def _beginning(line: Line) -> Line:
    text = line.text[:LONGEST_ABOVE]
    return replace(line, text=text, end=line.start + len(text))
