"""Where one announcement on a page ends and the next begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from webapp.formats.news_headings import ENDS_LIKE_PROSE, is_heading, is_part, names_days, names_nothing
from webapp.formats.news_rows import LETTERS, TIME_LABEL, Row, heads_a_day
from webapp.formats.news_source import Line, Source
from webapp.formats.news_standing import labels_away

STAMP = re.compile(
    r"(?:\b|(?<=[a-z)])(?-i:(?=[A-Z])))(?:published|posted|date posted|date published|publication date|last updated|last reviewed"
    r"|last modified|updated|added|uploaded|created|page updated|news date|date added|issued|sent|submitted|written)"
    r"(?: on| by [^|\d]{0,40}| in)?\s*[:\-–|]?\s*$",
    re.IGNORECASE,
)
# Says when the page was put in order, not when something was announced on it.
OF_THE_PAGE = re.compile(r"\b(?:updated|reviewed|modified)\b", re.IGNORECASE)
# "The review was published on 8 March" is no stamp.
SAID_OF_SOMETHING = re.compile(
    r"\b(?:was|were|is|are|be|been|and|it|as|being|will|first|last)\s*$", re.IGNORECASE
)
# What may stand beside a date that says by itself when an announcement was put on the page.
BYLINE = re.compile(
    r"^[\s|•·,:–-]*(?:by [\w.' ]{2,40}|news|training|events?|latest news|blog|category[: ]\w+"
    r"|(?:(?:posted|published|filed) )?(?:in|under|by) [\w &'|,.-]{2,60}|\d{1,2}:\d\d(?::\d\d)?|[|•·,:–-]|\s)*$",
    re.IGNORECASE,
)
BACK = re.compile(
    r"^(?:back to (?:the )?(?:list|top|news|all)\b.*|return to (?:list|news|top)\b.*|read more[.…]*"
    r"|back|top of page|share this (?:page|story).*|previous|next|[-_=*•~]{3,})$",
    re.IGNORECASE,
)
LONGEST_TITLE = 320
# So many lines under a day that heads them.
MOST_OF_A_DAY = 40
TITLE_OF_A_LETTER = re.compile(
    r"\b(?:newsletter|bulletin|circular|e-?circular|update|briefing|news|digest|round-?up|edition"
    r"|issue|heads up|e-?news|noticeboard)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stamp:
    """When something was announced: the day, the words that say so, and whether of a whole page."""

    day: date
    start: int
    end: int
    is_of_page: bool


@dataclass(frozen=True)
class Block:
    """An announcement as far as layout tells: its title where it has one, and its rows."""

    title: Line | None
    rows: tuple[Row, ...]
    stamp: Stamp | None
    # The headings above, the outermost first.
    above: tuple[Line, ...]


def cut(source: Source, rows: Sequence[Row]) -> tuple[tuple[Block, ...], Stamp | None]:
    """The announcements in the page's order, and when the whole page is from, where it says so."""
    rows = [row for row in rows if not row.line.is_aside]
    lines = source.lines
    stamps = {row.index: stamp for row in rows if (stamp := _stamp(row, rows, lines))}
    own = {index: stamp for index, stamp in stamps.items() if not stamp.is_of_page}
    of_page = next((stamp for stamp in stamps.values() if stamp.is_of_page), None)
    rows = [row if row.index not in stamps else _without(row, stamps[row.index]) for row in rows]
    if own:
        return tuple(_by_stamps(rows, own, lines)), of_page
    return tuple(_by_headings(rows, lines)), of_page


def _stamp(row: Row, rows: Sequence[Row], lines: Sequence[Line]) -> Stamp | None:
    if len(row.days) == 0:
        return None
    text, at = row.line.text, row.line.start
    for mention in row.days:
        before = text[: mention.start - at]
        if mention.year is None or not (said := STAMP.search(before)):
            continue
        day = _day(mention.year, mention.month, mention.day)
        if day is None:
            continue
        lead, tail = before[: said.start()], text[mention.end - at :]
        if len(lead.split()) > 14 or len(tail) > 60 or SAID_OF_SOMETHING.search(lead):
            continue
        if row.line.is_bullet and lead.strip():
            continue
        return Stamp(day, at + said.start(), mention.end, bool(OF_THE_PAGE.search(said.group())))
    first = row.days[0]
    if glued := _glued(row):
        return glued
    if len(row.days) == 1 and first.year and (day := _day(first.year, first.month, first.day)):
        is_alone = BYLINE.match(text[: first.start - at]) and BYLINE.match(text[first.end - at :])
        if is_alone and _is_byline(row, rows, lines):
            return Stamp(day, row.line.start, row.line.end, False)
        if _is_title_of_letter(row, first.start - at):
            return Stamp(day, first.start, first.end, True)
    return None


def _glued(row: Row) -> Stamp | None:
    """A title that its day was stuck to: "Neglect strategy agreed13 Feb 2023"."""
    last, text = row.days[-1], row.line.text
    at = last.start - row.line.start
    if (
        last.year is None
        or last.end != row.line.end
        or at < 8
        or not text[at - 1].isalpha()
        or row.times
    ):
        return None
    day = _day(last.year, last.month, last.day)
    return Stamp(day, last.start, last.end, is_of_page=False) if day else None


def _is_byline(row: Row, rows: Sequence[Row], lines: Sequence[Line]) -> bool:
    """A date with a year alone on its line, between a title and prose in which nothing is timed."""
    place = next(number for number, each in enumerate(rows) if each.index == row.index)
    if place > 0 and rows[place - 1].line.level is not None and row.is_bare:
        return True
    after = rows[place + 1 : place + 2]
    has_other_words = bool(row.rest) and "|" in row.rest
    if any(each.times or (each.days and each.is_bare) for each in after) and not has_other_words:
        return False
    follows_title = place > 0 and is_heading(lines, rows[place - 1].index)
    is_prose_below = bool(after) and (
        len(after[0].line.text) > 60 or after[0].line.text.endswith((".", ":", "!"))
    )
    timed = [slot for slot in row.times if slot.ends]
    return (has_other_words or (follows_title and is_prose_below)) and not timed


def _is_title_of_letter(row: Row, at: int) -> bool:
    """The name of a newsletter or circular with its day, at the top of the page."""
    return (
        row.index < 3
        and not row.times
        and bool(TITLE_OF_A_LETTER.search(row.line.text[:at] + " " + row.rest))
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without(row: Row, stamp: Stamp) -> Row:
    """The row with nothing dated or timed of its stamp; the words of a title stay."""
    days = tuple(day for day in row.days if not stamp.start <= day.start < stamp.end)
    is_whole = stamp.start == row.line.start
    times = (
        () if is_whole else tuple(t for t in row.times if not stamp.start <= t.start < stamp.end)
    )
    return replace(row, days=days, times=times)


def _by_stamps(
    rows: Sequence[Row], stamps: dict[int, Stamp], lines: Sequence[Line]
) -> Iterable[Block]:
    """Each announcement has its day: under its title, before it, or glued to it."""
    places = {row.index: place for place, row in enumerate(rows)}
    starts: list[tuple[int, int | None, Stamp]] = []
    for index, stamp in stamps.items():
        place = places[index]
        floor = starts[-1][0] + 1 if starts else 0
        starts.append((*_title_place(rows, place, floor, stamp, lines), stamp))
    if starts[0][0] > 0:
        yield from _by_headings(rows[: starts[0][0]], lines)
    ends = [start for start, _, _ in starts[1:]] + [len(rows)]
    for (start, title, stamp), end in zip(starts, ends, strict=True):
        body = [row for row in rows[start:end] if not BACK.match(row.line.text)]
        kept = [row for row in body if title is None or row.index != rows[title].index or row.days]
        kept = [row for row in kept if not _is_only_stamp(row, stamp)]
        yield from _by_level(Block(_title(rows, title, stamp), tuple(kept), stamp, ()))


def _by_level(block: Block) -> Iterable[Block]:
    """Where one heading has the day of an announcement and the next of its rank has none."""
    level = block.title.level if block.title else None
    title, body = block.title, list[Row]()
    for row in block.rows:
        if level is None or row.line.level != level:
            body.append(row)
            continue
        yield replace(block, title=title, rows=tuple(body), stamp=block.stamp if title is block.title else None)
        title, body = row.line, []
    yield replace(block, title=title, rows=tuple(body), stamp=block.stamp if title is block.title else None)


def _title_place(
    rows: Sequence[Row], place: int, floor: int, stamp: Stamp, lines: Sequence[Line]
) -> tuple[int, int | None]:
    """Where the announcement begins, and which row is its title."""
    row = rows[place]
    if stamp.start - row.line.start >= 8:
        return place, place
    if place > floor - 1 and place > 0 and place - 1 >= floor - (floor > 0):
        before = rows[place - 1]
        if not BACK.match(before.line.text) and (
            is_heading(lines, before.index) or _is_long_title(before)
        ):
            return place - 1, place - 1
    after = rows[place + 1] if place + 1 < len(rows) else None
    if after and after.line.level is not None:
        return place, place + 1
    return place, None


def _is_long_title(row: Row) -> bool:
    """Above the day of an announcement a title may run on into what it is about."""
    text = row.line.text
    is_alone = bool(row.line.gap) and not row.line.is_bullet and not row.line.cells
    return is_alone and len(text) < LONGEST_TITLE and not text.endswith(ENDS_LIKE_PROSE)


def _title(rows: Sequence[Row], place: int | None, stamp: Stamp) -> Line | None:
    if place is None:
        return None
    line = rows[place].line
    if not line.start <= stamp.start < line.end:
        return line
    words = line.text[: stamp.start - line.start].rstrip(" |-–:,(")
    return replace(line, text=words, end=line.start + len(words))


def _is_only_stamp(row: Row, stamp: Stamp) -> bool:
    is_here = row.line.start <= stamp.start < row.line.end
    return is_here and len(row.line.text) - (stamp.end - stamp.start) < 40


def _timetabled(rows: Sequence[Row], lines: Sequence[Line]) -> frozenset[int]:
    """The rows of a list of days with what is on at which time under each: there headings are the
    titles of sessions, not of announcements."""
    heads = [place for place, row in enumerate(rows) if heads_a_day(row)]
    days: list[range] = []
    for number, head in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(rows)
        timed = [
            place for place in range(head + 1, min(end, head + MOST_OF_A_DAY)) if rows[place].times
        ]
        titled = [place for place in timed if _is_titled(rows, head, place, lines)]
        if titled:
            # What belongs to the last of them goes on to the next heading.
            last = timed[-1] + 1
            stop = end if number + 1 < len(heads) else len(rows)
            while last < stop and not _begins_block(rows[last], lines):
                last += 1
            days.append(range(head, end if number + 1 < len(heads) else last))
    if len(days) < 2:
        return frozenset()
    return frozenset(rows[place].index for place in range(days[0].start, days[-1].stop))


def _is_titled(rows: Sequence[Row], head: int, place: int, lines: Sequence[Line]) -> bool:
    """Whether this time has a title of its own: on its line, or between it and the day's heading."""
    if any(row.days for row in rows[head + 1 : place + 1]):
        return False
    if len(LETTERS.findall(rows[place].rest)) > 1 and not TIME_LABEL.match(rows[place].line.text):
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
    for row in rows:
        if BACK.match(row.line.text):
            continue
        is_guess = only_own and row.line.level is None
        if is_guess or row.index in timetabled or not _begins_block(row, lines):
            body.append(row)
            continue
        if title is not None or body:
            yield Block(title, tuple(body), None, tuple(above))
        above = _path(above, title, row.line)
        title, body = row.line, [row] if row.days or row.times else []
    if title is not None or body:
        yield Block(title, tuple(body), None, tuple(above))


def _has_own_headings(lines: Sequence[Line]) -> bool:
    """Whether the page itself says what its headings are, so that nobody need guess."""
    return sum(1 for line in lines if (line.level or 0) > 1) > 1


def _begins_block(row: Row, lines: Sequence[Line]) -> bool:
    text = row.line.text
    if row.line.level is None and (row.times or row.days):
        return False
    if row.is_bare or is_part(text) or names_days(text) or labels_away(text) or text.endswith("?"):
        return False
    return is_heading(lines, row.index)


def _path(above: list[Line], title: Line | None, new: Line) -> list[Line]:
    """The headings over `new`: those of a higher level, or, where nobody says, what was named last
    and the shelves since."""
    path = [*above, title] if title is not None else list(above)
    if new.level is not None:
        return [line for line in path if line.level is not None and line.level < new.level]
    if names_nothing(new.text):
        return path[-3:]
    return [line for line in path if line.level is not None or names_nothing(line.text)][-3:]
