"""Tables that lost their lines when they were copied, one cell to a line, put back into rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.formats import news_dates
from webapp.formats.news_column_words import (
    COLUMN_WORDS,
    DATE_COLUMN,
    TITLE_COLUMN,
    TO_FOLLOW,
)

WORD = re.compile(r"[^\W\d_]+")
# Fewer columns are no table, and no head or cell is longer.
FEWEST_COLUMNS = 3
MOST_COLUMNS = 10
LONGEST_HEAD, LONGEST_CELL = 30, 120
# What may stand beside the day in its cell: words that join, and hours.
BEFORE_A_DAY, BESIDE_A_DAY = 1, 3
BETWEEN = " | "


@dataclass(frozen=True)
class _Line:
    """A line that says something: where it is among all, and what it says."""

    place: int
    text: str


@dataclass(frozen=True)
class _Head:
    """The head of a table: between which lines, and in which columns titles and days stand."""

    first: int
    last: int
    title: int
    day: int

    @property
    def columns(self) -> int:
        return self.last - self.first


def restored(page: str) -> str:
    """The page with each such table in rows, whose cells stand between upright strokes."""
    written = page.split("\n")
    lines = [_Line(place, text.strip()) for place, text in enumerate(written) if text.strip()]
    found, at = list[str](), 0
    for first, last, rows in _tables(lines):
        found += [*written[at : lines[first].place], "", *rows, ""]
        at = lines[last - 1].place + 1
    return "\n".join([*found, *written[at:]]) if at else page


def _tables(lines: Sequence[_Line]) -> Iterator[tuple[int, int, list[str]]]:
    """Where each table begins and ends among these lines, and its rows."""
    at = 0
    while at < len(lines):
        head = _head(lines, at)
        starts = _rows(lines, head) if head else []
        if head is None or len(starts) < 2:
            at += 1
            continue
        end = _end(lines, head, starts[-1])
        bounds = zip([head.first, *starts], [*starts, end], strict=True)
        yield at, end, [BETWEEN.join(each.text for each in lines[a:b]) for a, b in bounds]
        at = end


def _head(lines: Sequence[_Line], at: int) -> _Head | None:
    """The head of a table that begins on this line."""
    last = at
    while last < min(len(lines), at + MOST_COLUMNS) and _heads_a_column(lines[last].text):
        last += 1
    heads = [line.text for line in lines[at:last]]
    titles = [place for place, text in enumerate(heads) if TITLE_COLUMN.fullmatch(text)]
    days = [place for place, text in enumerate(heads) if DATE_COLUMN.fullmatch(text)]
    is_head = len(heads) >= FEWEST_COLUMNS and titles and days
    return _Head(at, last, titles[0], days[0]) if is_head else None


def _heads_a_column(text: str) -> bool:
    words = [word.lower() for word in WORD.findall(text[: LONGEST_HEAD + 1])]
    return len(text) <= LONGEST_HEAD and bool(words) and all(map(COLUMN_WORDS.__contains__, words))


def _rows(lines: Sequence[_Line], head: _Head) -> list[int]:
    """On which lines the rows begin: as far before each day as the head says."""
    starts = list[int]()
    day = head.last + head.day
    while day < len(lines) and _is_cell(lines[day].text) and _has_day(lines[day].text):
        start = day - head.day
        # A cell before the title, said once for several rows, may be missing.
        if starts and start < starts[-1] + head.columns:
            start = day - head.day + min(head.title, head.day)
        starts.append(start)
        # Or one behind the title: "23 June", "No session".
        missing = min(head.title, head.day) or 1
        near = range(day + head.columns - missing, day + head.columns + 2)
        exact = day + head.columns
        order = sorted(near, key=lambda place: abs(place - exact))
        day = next((at for at in order if at < len(lines) and _has_day(lines[at].text)), len(lines))
    return starts


def _end(lines: Sequence[_Line], head: _Head, start: int) -> int:
    """Where the last row ends: with its columns, its paragraph, or before a sentence."""
    end = start + 1
    while end < min(len(lines), start + head.columns) and _is_cell(lines[end].text):
        end += 1
    is_paragraph = lines[start].place > lines[start - 1].place + 1
    while is_paragraph and end < len(lines) and lines[end].place == lines[end - 1].place + 1:
        end += 1
    return end


def _is_cell(text: str) -> bool:
    return len(text) <= LONGEST_CELL and not text.endswith(".")


def _has_day(text: str) -> bool:
    """Whether the line says a day, or that it is to follow, and little besides."""
    if len(text) > LONGEST_CELL:
        return False
    if TO_FOLLOW.search(text):
        return True
    days = news_dates.days(text)
    if not days or len(WORD.findall(text[: days[0].start])) > BEFORE_A_DAY:
        return False
    in_days = (len(WORD.findall(text[day.start : day.end])) for day in days)
    return len(WORD.findall(text)) - sum(in_days) <= BESIDE_A_DAY
