"""The sheet a marked-up page is laid out on: lines, with the gaps, cells and boxes around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from webapp.formats import news_day_rows, news_text

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ASIDES = {"footer", "aside"}
ASIDE_ROLES = {"contentinfo", "complementary"}
# Blocks with an empty line before and after, and those that only begin a new line.
APART = {"p", "ul", "ol", "dl", "table", "blockquote", "pre", "form", "fieldset", "figure", "hr"}
APART |= {"div", "article", "section", "main", "header", "address", "details", *HEADINGS, *ASIDES}
BLOCKS = APART | {"div", "li", "dt", "dd", "tr", "td", "th", "caption", "figcaption", "summary"}
# What may be the box of one item, where several of its kind stand side by side.
BOXES = {"article", "section", "div", "li", "td"}
NO_HEADING = 7
BETWEEN_CELLS = " | "
MOST_COLUMNS = 40
# Between the paragraphs of a cell, and a space to whoever reads it as one line.
PARAGRAPH = "\f"


@dataclass
class Box:
    """An element that may be the box of one item, and what stands in it."""

    tag: str
    outer: int
    highest: int = NO_HEADING
    headings: int = 0
    lines: int = 0


@dataclass
class Drawn:
    """A line of the page; the offsets of its cells are into its own text."""

    text: str
    level: int | None
    is_bullet: bool
    cells: tuple[tuple[int, int], ...]
    gap: int
    part: int
    is_aside: bool


@dataclass
class Row:
    cells: list[str] = field(default_factory=list)
    # The paragraphs of each, for a row that is not to be one line.
    paragraphs: list[list[str]] = field(default_factory=list)
    # Of the cell we are in: how many rows and columns it takes.
    rows: int = 1
    columns: int = 1


@dataclass
class Sheet:
    lines: list[Drawn] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=lambda: [Box("page", 0)])
    box: int = 0
    said: list[str] = field(default_factory=list)
    gap: int = 0
    level: int | None = None
    is_bullet: bool = False
    # How deep we are in list items, in what stands aside, in text whose spaces count.
    items: int = 0
    asides: int = 0
    kept_spaces: int = 0
    # The cells so far of the row we are in, if it is a row of data.
    row: Row | None = None
    # By column: how many more rows a cell stands in, and what it says.
    tall: dict[int, tuple[int, str]] = field(default_factory=dict)
    # Whether the table has shown that its rows are days with what is on in them.
    has_days: bool = False

    def say(self, text: str) -> None:
        if self.kept_spaces and self.row is None:
            *whole, text = text.split("\n")
            for line in whole:
                self.said.append(line)
                self.end_line(0 if "".join(self.said).strip() else 1)
        self.said.append(text)

    def end_line(self, gap: int = 0) -> None:
        if self.row is not None:
            self.said.append(PARAGRAPH)
            return
        text = _words(self.said)
        self.said.clear()
        if text:
            self._draw(text, ())
        self.gap = max(self.gap, gap)

    def _draw(self, text: str, cells: tuple[tuple[int, int], ...]) -> None:
        is_bullet = self.is_bullet and self.level is None
        aside = self.asides > 0
        self.lines.append(Drawn(text, self.level, is_bullet, cells, self.gap, self.box, aside))
        self.boxes[self.box].lines += 1
        if self.level:
            self.boxes[self.box].headings += 1
            self.boxes[self.box].highest = min(self.boxes[self.box].highest, self.level)
        self.gap, self.is_bullet = 0, False

    def break_line(self) -> None:
        """<br>: a new line, or an empty one; in a heading or a cell only a space."""
        if self.row is not None or self.level:
            self.said.append(PARAGRAPH)
        else:
            self.end_line(0 if "".join(self.said).strip() else 1)

    def begin(self, tag: str) -> None:
        self.end_line(self._gap_around(tag))
        if tag in BOXES and self.row is None:
            self.boxes.append(Box(tag, self.box))
            self.box = len(self.boxes) - 1
        self.level = HEADINGS.get(tag, self.level)
        self.kept_spaces += tag == "pre"
        if tag == "table":
            self.tall.clear()
            self.has_days = False

    def end(self, tag: str) -> None:
        self.end_line(self._gap_around(tag))
        if tag in BOXES and self.row is None:
            self.box = self.boxes[self.box].outer
        if tag in HEADINGS:
            self.level = None
        self.kept_spaces -= tag == "pre"

    def _gap_around(self, tag: str) -> int:
        if tag in HEADINGS:
            return 1
        return int(tag in APART and not self.items)

    def begin_row(self) -> None:
        self.end_line()
        self.row = Row()

    def begin_cell(self, rows: int, columns: int) -> None:
        """A cell of the row; what reaches down from a row above stands in this row too."""
        if self.row is not None:
            self._reach_down(self.row)
            self.row.rows, self.row.columns = rows, min(columns, MOST_COLUMNS)

    def _reach_down(self, row: Row) -> None:
        while (column := len(row.cells)) in self.tall:
            more, text = self.tall.pop(column)
            row.cells.append(text)
            if more > 1:
                self.tall[column] = more - 1, text

    def end_cell(self) -> None:
        row = self.row
        if row is not None:
            written = "".join(self.said).split(PARAGRAPH)
            row.paragraphs.append([said for each in written if (said := _words([each]))])
            text = _words(self.said)
            self.said.clear()
            if row.rows > 1:
                self.tall[len(row.cells)] = row.rows - 1, text
            row.cells += [text] + [""] * (row.columns - 1)

    def end_row(self) -> None:
        written: list[str] = []
        if self.row is not None:
            self._reach_down(self.row)
            written = self.row.cells[:MOST_COLUMNS]
            if self._is_day(self.row.paragraphs):
                self._draw_day(self.row.paragraphs)
                written = []
        while written and not written[-1]:
            written.pop()
        self.row = None
        self.said.clear()
        cells, at = [], 0
        for text in written:
            cells.append((at, at + len(text)))
            at += len(text) + len(BETWEEN_CELLS)
        if written:
            self._draw(BETWEEN_CELLS.join(written), tuple(cells))

    def _is_day(self, cells: list[list[str]]) -> bool:
        self.has_days = self.has_days or news_day_rows.is_of_many(cells)
        return self.has_days and news_day_rows.is_day(cells)

    def _draw_day(self, cells: list[list[str]]) -> None:
        """The day as a heading of all that is on."""
        self.gap = 1
        for text in (said for cell in cells for said in cell):
            self._draw(text, ())

    def finished(self) -> list[Drawn]:
        """The lines, each with the number of the innermost box that is one item's."""
        for box in reversed(self.boxes[1:]):
            outer = self.boxes[box.outer]
            outer.highest = min(outer.highest, box.highest)
            outer.headings += box.headings
            outer.lines += box.lines
        part_of = self._parts()
        numbers = {0: 0}
        for line in self.lines:
            line.part = numbers.setdefault(part_of[line.part], len(numbers))
        return self.lines

    def _parts(self) -> list[int]:
        """For each box the box whose item it belongs to: an article, or one of several alike."""
        alike = Counter((box.outer, box.tag, box.highest) for box in self.boxes)
        spoken = Counter[tuple[int, str, int]]()
        for box in self.boxes:
            spoken[box.outer, box.tag, box.highest] += box.lines > box.headings
        parts = [0]
        in_article = [False]
        for number, box in enumerate(self.boxes[1:], start=1):
            kind = (box.outer, box.tag, box.highest)
            is_article = box.tag == "article"
            has_own = box.highest < NO_HEADING and alike[kind] > 1 and spoken[kind] == alike[kind]
            is_part = is_article or (has_own and not in_article[box.outer])
            parts.append(number if is_part else parts[box.outer])
            in_article.append(is_article or in_article[box.outer])
        return parts


def _words(said: list[str]) -> str:
    return " ".join(news_text.tidied("".join(said)).split())
