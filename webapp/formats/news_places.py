"""Where training is held: venues and online platforms, in the very words of the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.formats import news_dates, news_times
from webapp.formats.news_place_words import (
    BUILDING,
    COLUMN,
    DAY_LABEL,
    EDGES,
    ENDS,
    GENERIC,
    HOUSE,
    IN_PROSE,
    LABEL,
    LABEL_ALONE,
    NOT_THERE,
    ONLINE,
    ONLINE_IN_PROSE,
    PART,
    POSTCODE,
    SENTENCE,
    SHORT,
    WEAK,
    end_of,
    head,
    is_place,
    is_titled,
    pieces,
)
from webapp.formats.news_rows import LETTERS
from webapp.formats.news_source import Line, Source

# So far below a day or a time a line of its own is still where that is.
NEAR = 3
MOST_ON_LINE, MOST_CELLS = 40, 60


@dataclass(frozen=True)
class Place:
    """`line` counts in the lines that were given; offsets are the page's."""

    start: int
    end: int
    text: str
    is_online: bool
    line: int


@dataclass(frozen=True)
class _Found:
    place: Place
    # A word in passing, which counts only where nothing better is said.
    is_weak: bool = False


def places(lines: Sequence[Line], source: Source) -> tuple[Place, ...]:
    """In the page's order, none within another."""
    found = sorted(_Reader(lines).places(), key=lambda each: (each.is_weak, each.place.line))
    kept: dict[int, list[Place]] = {}
    has_strong = bool(found) and not found[0].is_weak
    for is_weak, place in ((each.is_weak, each.place) for each in found):
        on_line = kept.setdefault(place.line, [])
        if (is_weak and has_strong) or len(on_line) >= MOST_ON_LINE:
            continue
        if not any(_overlap(place, other) for other in on_line):
            on_line.append(place)
    return tuple(sorted((place for some in kept.values() for place in some), key=lambda p: p.start))


class _Reader:
    """The lines of one announcement, each looked at in every way a place can be told."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.marks = [_marks(line.text) for line in lines]
        self.column: tuple[int, int] | None = None
        self.trailing: list[tuple[int, int, int]] = []

    def places(self) -> Iterator[_Found]:
        skip = 0
        for index, line in enumerate(self.lines):
            if index < skip:
                continue
            skip = index + 1
            labelled = list(self._labelled(index))
            if labelled:
                yield from labelled
                skip = max(each.place.line for each in labelled) + 1
            elif line.cells and len(line.cells) <= MOST_CELLS:
                yield from self._in_cells(index)
            else:
                yield from self._on_line(index)
        yield from self._unlike()

    def _labelled(self, index: int) -> Iterator[_Found]:
        """ "Venue: …", with the value behind it, in the next cell, or on the lines below."""
        text = self.lines[index].text
        label = LABEL.search(text)
        if label:
            end = ENDS.search(text, label.end())
            stop = end.start() if end else len(text)
            stop = self._before_a_day(index, label.end(), stop)
            yield from self._listed(index, label.end(), stop, label["many"] is not None)
        elif LABEL_ALONE.fullmatch(text) and not (
            index and COLUMN.fullmatch(self.lines[index - 1].text)
        ):
            is_many = text.lower().lstrip().startswith(("venues", "locations"))
            for below in range(index + 1, min(len(self.lines), index + 1 + (9 if is_many else 1))):
                line = self.lines[below]
                if (
                    len(line.text) > SHORT
                    or self.marks[below]
                    or (below > index + 1 and line.level)
                ):
                    break
                yield from self._listed(below, 0, end_of(line.text), False)

    def _before_a_day(self, index: int, start: int, stop: int) -> int:
        """Where the value ends when a day follows it: "Mill House, Tuesday 20 June"."""
        text, marks = self.lines[index].text, self.marks[index]
        after = (first for first, _ in marks if start < first < stop)
        return next((first for first in after if LETTERS.search(text, start, first)), stop)

    def _listed(self, index: int, start: int, end: int, is_many: bool) -> Iterator[_Found]:
        """One place, or one for each of several days: "Days 1 and 2 - the Hall; Day 3 - Zoom"."""
        text = self.lines[index].text
        cut = r"[;,/]" if is_many else r";"
        begin = start
        for found in [*re.finditer(cut, text[start:end]), None]:
            stop = start + found.start() if found else end
            day = DAY_LABEL.match(text, begin, stop)
            yield from self._found(index, day.end() if day else begin, stop)
            begin = start + found.end() if found else end

    def _in_cells(self, index: int) -> Iterator[_Found]:
        line = self.lines[index]
        cells = [(start - line.start, end - line.start) for start, end in line.cells]
        said = [line.text[start:end].strip() for start, end in cells]
        for number, each in enumerate(said):
            if LABEL_ALONE.fullmatch(each):
                if len(cells) == 2 and number == 0:
                    yield from self._found(index, *cells[1])
                else:
                    self.column = number, len(cells)
                return
        for number, (start, end) in enumerate(cells):
            in_column = self.column == (number, len(cells)) and not _overlaps(
                self.marks[index], start, end
            )
            if in_column and NOT_THERE.fullmatch(said[number]):
                continue
            if in_column or (self.marks[index] and is_place(said[number])):
                yield from self._found(index, start, end)

    def _on_line(self, index: int) -> Iterator[_Found]:
        text, marks = self.lines[index].text, self.marks[index]
        if marks and len(text) < 2 * SHORT:
            yield from self._beside(index)
        elif self._is_near(index) and is_place(head(text)):
            yield from self._found(index, 0, end_of(text))
            return
        for sentence in SENTENCE.finditer(text):
            yield from self._in_prose(index, sentence.start(), sentence.end())

    def _beside(self, index: int) -> Iterator[_Found]:
        """The rest of a line with a day or a time: "…, 12:00 -13:30 The Woolwich Centre"."""
        text, at = self.lines[index].text, 0
        for start, end in [*self.marks[index], (len(text), len(text))]:
            for piece_start, piece_end in pieces(text, at, start):
                said = text[piece_start:piece_end]
                if is_place(head(said)) or HOUSE.fullmatch(text, at):
                    yield from self._found(index, piece_start, piece_start + end_of(said))
                elif part := next((one for one in PART.finditer(said) if is_place(one[0])), None):
                    first, last = part.span()
                    yield from self._found(index, piece_start + first, piece_start + last)
                elif at and start == len(text) and is_titled(said) and 2 <= len(said.split()) <= 6:
                    self.trailing.append((index, piece_start, piece_start + end_of(said)))
            at = end

    def _unlike(self) -> Iterator[_Found]:
        """A name where the other lines of a list have their place is a place: "Metro Charity"."""
        if not self.trailing:
            return
        known = {index for index, _, _ in self.trailing}
        alike = sum(
            1 for n, each in enumerate(self.marks) if n not in known and each and self._has_tail(n)
        )
        if alike >= max(2, len(known)):
            for index, start, end in self.trailing:
                yield from self._found(index, start, end)

    def _has_tail(self, index: int) -> bool:
        text = self.lines[index].text
        tail = text[self.marks[index][-1][1] :].strip(EDGES)
        return bool(tail) and is_place(head(tail))

    def _in_prose(self, index: int, start: int, end: int) -> Iterator[_Found]:
        text = self.lines[index].text
        if NOT_THERE.search(text, start, end):
            return
        # "Working in the Family Court" is a title.
        is_said = bool(self.marks[index]) or len(text) > SHORT or text.rstrip()[-1:] in ".!?"
        for found in IN_PROSE.finditer(text, start, end):
            name = found["name"]
            is_named = is_said and bool(BUILDING.search(name)) and not GENERIC.fullmatch(name)
            # "12:00 at The Pods": what follows a day or a time is where, whatever its name.
            is_beside = any(0 <= found.start() - end <= 2 for _, end in self.marks[index])
            if found["held"] or is_beside or is_named or POSTCODE.search(name):
                yield from self._found(index, found.start("name"), found.end("name"))
        for found in ONLINE_IN_PROSE.finditer(text, start, end):
            yield from self._found(index, *found.span(found.lastgroup or 0))
        for found in WEAK.finditer(text, start, end):
            yield from self._found(index, found.start(), found.end(), is_weak=True)

    def _is_near(self, index: int) -> bool:
        """Whether a day or a time stands closely above, or an address just before one."""
        above = self.marks[max(0, index - NEAR) : index]
        is_address = "," in head(self.lines[index].text) and any(self.marks[index + 1 : index + 2])
        return (any(above) or is_address) and not self.lines[index].level

    def _found(self, index: int, start: int, end: int, is_weak: bool = False) -> Iterator[_Found]:
        line = self.lines[index]
        while start < end and line.text[start] in EDGES:
            start += 1
        while end > start and line.text[end - 1] in EDGES:
            end -= 1
        end -= line.text.endswith(")", start, end) and line.text.find("(", start, end) < 0
        start += 4 * line.text.startswith("the ", start, end)
        said = line.text[start:end]
        if said and not NOT_THERE.fullmatch(said) and any(map(str.isalpha, said)):
            place = Place(
                line.start + start, line.start + end, said, bool(ONLINE.search(said)), index
            )
            yield _Found(place, is_weak)


def _marks(text: str) -> list[tuple[int, int]]:
    days = [(day.start, day.end) for day in news_dates.days(text)]
    return sorted(days + [(slot.start, slot.end) for slot in news_times.times(text, days)])


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)
