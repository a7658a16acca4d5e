"""Announcements that say nothing of when they were made: each under its heading."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from webapp.formats.news_column_words import heads_columns
from webapp.formats.news_headings import (
    asks,
    is_heading,
    is_part,
    names_days,
    names_nothing,
)
from webapp.formats.news_rows import LETTERS, TIME_LABEL, Row, heads_a_day
from webapp.formats.news_source import Line
from webapp.formats.news_stamps import Stamp
from webapp.formats.news_standing import labels_away
from webapp.formats.news_standing_words import WEEK
from webapp.formats.news_title_words import OF_MANY
from webapp.formats.news_to_come import ends_a_story, is_shelf_below
from webapp.formats.news_vocabulary import SUBJECT, TRAINING, either

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
# A way back to the top ends what was announced, even where its heading is lost.
ENDS = re.compile(r"back to (?:the )?(?:list|top|news)\b|top of page|return to", re.IGNORECASE)
# A day that stands under its label: "Closing date".
DAY_FIRST = re.compile(r"\W*(?:\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b)", re.IGNORECASE)
# "1. Seeing Neglect": the first of several under the heading before it.
NUMBERED = re.compile(r"[1-9][.)]\s+(?=[^\W\d_])")
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


def _timetabled(rows: Sequence[Row], lines: Sequence[Line]) -> frozenset[int]:
    """The places of lists of days with what is on at which time under each: there headings are
    the titles of sessions, not of announcements."""
    heads = [place for place, row in enumerate(rows) if heads_a_day(row)]
    lists: list[list[range]] = []
    for head, end in zip(heads, [*heads[1:], len(rows)], strict=False):
        day = _day(rows, head, end, lines)
        if day is None:
            continue
        if lists and not any(begins_block(row, lines) for row in rows[lists[-1][-1].stop : head]):
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
        end = next((place for place in after if begins_block(rows[place], lines)), other)
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


def by_headings(rows: Sequence[Row], lines: Sequence[Line]) -> Iterable[Block]:
    """No announcement says when it was made: each heading that names something begins one."""
    timetabled = _timetabled(rows, lines)
    only_own = _has_own_headings(lines)
    title: Line | None = None
    above: list[Line] = []
    body: list[Row] = []
    for place, row in enumerate(rows):
        is_over = ends_a_story(title, body, row)
        if is_over or BACK.match(row.line.text):
            if body and (is_over or ENDS.match(row.line.text)):
                yield Block(title, tuple(body), None, tuple(above))
                title, body, above = None, [], [] if is_over else above
            continue
        # A page may begin with a question; further down it heads a part.
        is_first = title is None and not body
        if is_first and row.line.text.endswith("?") and is_heading(lines, row.index):
            title = row.line
            continue
        is_guess = only_own and row.line.level is None
        is_new = title is not None and is_shelf_below(title, row) and is_heading(lines, row.index)
        if is_guess or place in timetabled or not (is_new or begins_block(row, lines)):
            body.append(row)
            continue
        body, led = _parted(title, body, rows, place, lines)
        if title is not None or body:
            yield Block(title, tuple(body), None, tuple(above))
        # A shelf with several days of its own is the heading of those alone.
        is_of_own = row.line.level is None and sum(bool(each.days) for each in body) > 1
        above = _path(above, None if is_of_own else title, row.line)
        title, body = row.line, [*led, row] if row.said else led
    if title is not None or body:
        yield Block(title, tuple(body), None, tuple(above))


def _parted(
    title: Line | None, body: list[Row], rows: Sequence[Row], place: int, lines: Sequence[Line]
) -> tuple[list[Row], list[Row]]:
    """The rows before a heading without those at their end that lead to it; and those."""
    heading = rows[place].line
    if title is None and _is_day_with_hours(body):
        return [], body
    if _is_on_the_day_above(title, body, rows, place, lines):
        return body[:-1], body[-1:]
    is_in_its_box = title is not None and title.part == heading.part
    return (body, []) if is_in_its_box else _led_by(body, heading)


def _is_day_with_hours(body: Sequence[Row]) -> bool:
    """Nothing but a day and its hours, at the top of a page: those of what the heading names."""
    has_hours = any(slot.ends for row in body for slot in row.times)
    return has_hours and any(row.days for row in body) and all(row.is_bare for row in body)


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


def _is_on_the_day_above(
    title: Line | None, body: Sequence[Row], rows: Sequence[Row], place: int, lines: Sequence[Line]
) -> bool:
    """Whether the day right above this heading, below what is no training's own title, is that of
    what the heading names: its hours stand below, and no day."""
    above = body[-1] if body and body[-1].line.gap and body[-1].is_bare else None
    if above is None or not heads_a_day(above) or _is_of_one(title):
        return False
    below = rows[place + 1 :]
    end = next((at for at, row in enumerate(below) if begins_block(row, lines)), len(below))
    dated = next((row for row in below[:end] if row.said), None)
    return dated is not None and not dated.days and any(slot.ends for slot in dated.times)


def _is_of_one(title: Line | None) -> bool:
    """Whether a title is that of one training."""
    if title is None or WEEK.search(title.text) or OF_MANY.search(title.text):
        return False
    return bool(SUBJECT.search(title.text) or TRAINING.search(title.text))


def _has_own_headings(lines: Sequence[Line]) -> bool:
    """Whether the page itself says what its headings are, so that nobody need guess."""
    return sum(1 for line in lines if (line.level or 0) > 1) > 1


def begins_block(row: Row, lines: Sequence[Line]) -> bool:
    """Whether the line is a heading that names something to announce."""
    text = row.line.text
    is_entry = row.line.level is None and row.said and not _is_of_a_week(row)
    if is_entry or row.is_bare or asks(text):
        return False
    below = lines[row.index + 1].text if row.index + 1 < len(lines) else ""
    is_label = (labels_away(text) and DAY_FIRST.match(below)) or heads_columns(text)
    return is_heading(lines, row.index) and not (is_part(text) or names_days(text) or is_label)


def _is_of_a_week(row: Row) -> bool:
    """A week that heads what is on in it: "Safeguarding Week: 17-21 November 2025"."""
    is_range = not row.times and any(day.until for day in row.days)
    return is_range and bool(row.line.gap) and row.says(WEEK)


def _path(above: list[Line], title: Line | None, new: Line) -> list[Line]:
    """The headings over `new`: those of a higher level, or, where nobody says, what was named last
    and the shelves since."""
    path = [*above, _beginning(title)] if title is not None else above
    if new.level is None and (number := NUMBERED.match(new.text)):
        return path[-3:] if number[0].startswith("1") else above
    if new.level is not None:
        return [line for line in path if line.level is not None and line.level < new.level]
    if names_nothing(new.text):
        # "NEWS" ends what stood under "TRAINING".
        is_loud = new.text.isupper()
        return [line for line in path if not (is_loud and line.text.isupper())][-3:]
    return [line for line in path if line.level is not None or names_nothing(line.text)][-3:]


def _beginning(line: Line) -> Line:
    text = line.text[:LONGEST_ABOVE]
    return replace(line, text=text, end=line.start + len(text))
