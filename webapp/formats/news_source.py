"""A page as the reader sees it: its text, and the lines in it, however it was marked up."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from webapp.errors import Refused
from webapp.formats import (
    news_flattened,
    news_html,
    news_offered,
    news_quoted,
    news_run_on,
    news_text,
    news_told,
    news_wrapped,
)
from webapp.formats.announcements import Words

NO_WORDS = "There are no words on this page."
ONLY_PICTURES = (
    "This page has only pictures, no words to read. Type or paste what they say instead."
)
# A page may have much besides its text. So much of that, and in so many lines, is read at once.
MOST_TEXT, MOST_LINES = 250_000, 10_000
TOO_MUCH_TEXT = "This page has more than 250,000 characters of text. Take the part with the news."
TOO_MANY_LINES = "This page has more than 10,000 lines. Take the part with the news."

IMAGE = re.compile("<img|!\\[", re.IGNORECASE)
ENTITY = re.compile("&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
STRONG = re.compile(r"\*\*([^*\n]{1,300})\*\*|__([^_\n]{1,300})__")
LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
QUOTED = re.compile("(?:> ?){1,5}")
HEADING = re.compile("(#{1,6}) +(?=[^ #])")
# Arrows, boxes, stars and ticks, and what the fonts of word processors have in their stead.
BULLET = re.compile(
    "(?:[•‣\u2043∙·\u2190-\u21ff\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2700-\u27bf\ue000-\uf8ff]"
    "|[-\u2013\u2014*+§»\u203aØü](?=\\s)|o(?=\t))\\s*"
)
LONGEST_HEADING = 100
# A line drawn with characters, or under the head of a table.
RULE = re.compile("[-\u2013\u2014=_*~#.|:+ \t]{3,}|[|]")
UNDERLINE = re.compile("={3,}|-{3,}")
CELL = re.compile(r"[^|\t]+")


@dataclass(frozen=True)
class Line:
    """One line, without its marks; every offset is into the text of the whole source."""

    start: int
    end: int
    text: str
    # Of a heading: 1 to 6.
    level: int | None = None
    is_bullet: bool = False
    # Where each cell of a table's row starts and ends; a cell may be empty.
    cells: tuple[tuple[int, int], ...] = ()
    # How many empty lines stand before it.
    gap: int = 0
    # Lines of one number stand in one box of the page that is for one item; 0 is no box.
    part: int = 0
    # Of a paragraph that tells of several trainings: what it says of one.
    is_offered: bool = False
    # At the foot or the side of the page.
    is_aside: bool = False


@dataclass(frozen=True)
class Source:
    text: str
    lines: tuple[Line, ...]
    is_marked_up: bool
    title: Words | None = None


def read(page: bytes | str) -> Source:
    """The page's lines. Refused, with a sentence, where there is nothing to read, or too much."""
    text = news_text.characters(page)
    source = _marked_up(text) if news_html.looks_like_it(text) else _plain(text)
    if not source.lines:
        raise Refused(ONLY_PICTURES if IMAGE.search(text) else NO_WORDS)
    if len(source.text) > MOST_TEXT:
        raise Refused(TOO_MUCH_TEXT)
    if len(source.lines) > MOST_LINES:
        raise Refused(TOO_MANY_LINES)
    return source


def _marked_up(page: str) -> Source:
    title, drawn = news_html.lines(page)
    written = [title, "\n"] if title else []
    at = len(title) + 1 if title else 0
    lines: list[Line] = []
    for line in drawn:
        gap = line.gap if at else 0
        written.append("\n" * gap + line.text + "\n")
        start = at + gap
        at = start + len(line.text) + 1
        # A list may be drawn with its marks and line ends alone.
        mark = None if line.level or line.cells else BULLET.match(line.text)
        first = mark.end() if mark and mark.end() < len(line.text) else 0
        lines.append(
            Line(
                start + first,
                at - 1,
                line.text[first:],
                level=line.level,
                is_bullet=line.is_bullet or first > 0,
                cells=tuple((start + first, start + last) for first, last in line.cells),
                gap=line.gap if lines else 0,
                part=line.part,
                is_aside=line.is_aside,
            )
        )
    words = Words(title, 0, len(title)) if title else None
    return Source("".join(written), tuple(_apart(lines)), is_marked_up=True, title=words)


def _plain(page: str) -> Source:
    page = news_text.tidied(ENTITY.sub(lambda entity: html.unescape(entity[0]), page))
    page = LINK.sub(r"\1", STRONG.sub(lambda strong: strong[1] or strong[2], page))
    page = news_flattened.restored(news_wrapped.mended(page))
    # A tab is a space to whoever reads the line, once its cells are known.
    return Source(page.replace("\t", " "), tuple(_apart(_lines(page))), is_marked_up=False)


def _apart(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines; a paragraph that tells of several trainings as one for each of them."""
    for line in lines:
        pieces, is_offered = ([], False) if line.cells else _pieces(line.text)
        if len(pieces) < 2:
            yield line
            continue
        for first, last in pieces:
            start, end, text = line.start + first, line.start + last, line.text[first:last]
            gap = 0 if first else line.gap
            yield replace(line, start=start, end=end, text=text, gap=gap, is_offered=is_offered)


def _pieces(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Where a paragraph is to be cut, and whether it offers trainings that have no names."""
    for room in (news_run_on, news_quoted, news_told):
        pieces = list(room.apart(text))
        if len(pieces) > 1:
            return pieces, False
    return list(news_offered.apart(text)), True


def _lines(page: str) -> list[Line]:
    """Each line that says something, with what stands between it and the one before."""
    lines: list[Line] = []
    at = gap = 0
    is_bullet = False
    for written in page.split("\n"):
        line = _line(written, at)
        at += len(written) + 1
        if line is None:
            if gap == 0 and lines and UNDERLINE.fullmatch(written.strip()):
                lines[-1] = _underlined(lines[-1], 1 if "=" in written else 2)
            # Some programs leave the mark of a bullet on a line of its own.
            is_bullet = is_bullet or bool(BULLET.fullmatch(written.strip() + "\t"))
            gap += not is_bullet and ("|" not in written or written.strip() == "|")
            continue
        lines.append(replace(line, gap=gap, is_bullet=line.is_bullet or is_bullet))
        gap, is_bullet = 0, False
    return [_in_table(lines, index) for index in range(len(lines))]


def _underlined(line: Line, level: int) -> Line:
    is_heading = not line.is_bullet and not line.cells and not line.text.endswith((".", ",", ";"))
    return replace(line, level=level) if is_heading and len(line.text) <= LONGEST_HEADING else line


def _in_table(lines: list[Line], index: int) -> Line:
    """The line, whose cells are none where it is the only one to have any."""
    line = lines[index]
    above = index > 0 and line.gap == 0 and bool(lines[index - 1].cells)
    below = index + 1 < len(lines) and lines[index + 1].gap == 0 and bool(lines[index + 1].cells)
    return line if above or below or len(line.cells) > 2 else replace(line, cells=())


def _line(written: str, at: int) -> Line | None:
    """The line without its marks, or None where it says nothing."""
    if RULE.fullmatch(written.strip()) or not written.strip():
        return None
    first = len(written) - len(written.lstrip())
    level = None
    if quoted := QUOTED.match(written, first):
        first = quoted.end()
    if heading := HEADING.match(written, first):
        level, first = len(heading[1]), heading.end()
    bullet = BULLET.match(written, first)
    first = bullet.end() if bullet else first
    body = written[first:].strip()
    if level:
        body = body.rstrip("# ")
    if body.startswith("|") or body.endswith("|"):
        body = body.strip("| \t")
    if not body:
        return None
    start = at + written.index(body, first)
    return Line(
        start,
        start + len(body),
        body.replace("\t", " "),
        level=level,
        is_bullet=bool(bullet),
        cells=tuple(_cells(body, start)),
    )


def _cells(body: str, at: int) -> Iterator[tuple[int, int]]:
    """The cells of a row that is written with upright strokes or tabs."""
    if "\t" not in body and " | " not in body:
        return
    for cell in CELL.finditer(body):
        text = cell[0].strip()
        start = at + cell.start() + (cell[0].index(text) if text else 0)
        yield start, start + len(text)
