"""Which times belong to which days, on a line and from line to line."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import TIME_LABEL, Row
from webapp.formats.news_standing import are_office_hours
from webapp.formats.news_times import Slot

# The doors open before it begins.
BEFORE_IT = re.compile(
    r"\b(?:registration|arrivals?|refreshments|coffee|doors open|networking|lunch)\b", re.IGNORECASE
)
SHORT = 60
OR = re.compile(r"\b(?:or|and|then|repeated|again|plus)\b|[/&,;+]", re.IGNORECASE)
OR_ALONE = re.compile(r"\bor\b", re.IGNORECASE)
FARTHEST_OR = 30
SAME = re.compile(r"\bsame time", re.IGNORECASE)
# Alternative times of a day stand on lines as near as this.
CLOSE = 3


@dataclass(frozen=True)
class Dated:
    """A day with the times that are its own: several are alternatives, none were written."""

    row: Row
    mention: Mention
    slots: tuple[Slot, ...]


def usable_times(row: Row, away: Sequence[tuple[int, int]] = ()) -> tuple[Slot, ...]:
    """The times on this line that may be a session's: no agenda, no office hours, no mere numbers."""
    if are_office_hours(row):
        return ()
    slots = [slot for slot in row.times if not any(a <= slot.start < b for a, b in away)]
    is_about_time = bool(row.days) or bool(TIME_LABEL.match(row.line.text)) or bool(row.line.cells)
    return tuple(slot for slot in slots if not slot.is_bare or (is_about_time and slot.ends))


def only_times(row: Row, away: Sequence[tuple[int, int]]) -> tuple[Slot, ...]:
    """The times on this line that have an end: one, or those to choose from."""
    return tuple(_meant(row, [slot for slot in usable_times(row, away) if slot.ends]))


def pair(
    rows: Sequence[Row], wanted: Iterable[Mention], away: Sequence[tuple[int, int]] = ()
) -> list[Dated]:
    """Every wanted day of these rows with its times, in the page's order."""
    chosen = {(mention.start, mention.end) for mention in wanted}
    days = {row.index: [m for m in row.days if (m.start, m.end) in chosen] for row in rows}
    times = {row.index: usable_times(row, away) for row in rows}
    found: list[Dated] = []
    waiting: list[tuple[Row, list[Mention]]] = []
    timed: list[tuple[Row, tuple[Slot, ...]]] = []
    for row in rows:
        if days[row.index] and times[row.index]:
            found += _on_one_line(row, days[row.index], times[row.index])
        elif days[row.index]:
            waiting.append((row, days[row.index]))
        elif times[row.index] and _may_serve(row):
            timed.append((row, times[row.index]))
    found += _across_lines(waiting, timed, bool(found))
    return _same_times(sorted(found, key=lambda dated: dated.mention.start))


def _same_times(dated: Sequence[Dated]) -> list[Dated]:
    """Where a day is said to be at the same time as the one before."""
    found: list[Dated] = []
    for one in dated:
        is_same = not one.slots and found and SAME.search(one.row.line.text)
        found.append(replace(one, slots=found[-1].slots) if is_same else one)
    return found


def _may_serve(row: Row) -> bool:
    """A time for days on other lines stands in a short line or under a label, not in a story."""
    return bool(TIME_LABEL.match(row.line.text)) or len(row.rest) <= SHORT or bool(row.line.cells)


def _on_one_line(row: Row, days: Sequence[Mention], slots: Sequence[Slot]) -> Iterable[Dated]:
    tokens = sorted([*days, *slots], key=lambda token: token.start)
    runs = [
        (is_day, list(run)) for is_day, run in groupby(tokens, lambda t: isinstance(t, Mention))
    ]
    last: Sequence[Slot] = ()
    is_time_first = not runs[0][0]
    for number, (is_day, run) in enumerate(runs):
        if not is_day:
            last = _meant(row, run)
            continue
        after = runs[number + 1][1] if number + 1 < len(runs) else None
        own = last if is_time_first or after is None else _meant(row, after)
        yield from (Dated(row, mention, tuple(own)) for mention in run)


def _meant(row: Row, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Of several times in a row, those of the session itself, each once."""
    whole = [slot for slot in slots if slot.ends]
    if not whole and len(slots) > 1:
        return slots[-1:] if BEFORE_IT.search(row.line.text) else slots[:1]
    slots = _alternatives(row, whole) or slots
    return [
        slot for number, slot in enumerate(slots) if _times(slot) not in map(_times, slots[:number])
    ]


def _alternatives(row: Row, slots: Sequence[Slot]) -> Sequence[Slot]:
    """The first, and those that are joined to the one before by an "or" or the like."""
    kept = list(slots[:1])
    for before, slot in pairwise(slots):
        between = row.line.text[before.end - row.line.start : slot.start - row.line.start]
        if len(between) > FARTHEST_OR or not OR.search(between):
            break
        kept.append(slot)
    return kept


def _times(slot: Slot) -> tuple[object, object]:
    return slot.starts, slot.ends


def _across_lines(
    waiting: Sequence[tuple[Row, list[Mention]]],
    timed: Sequence[tuple[Row, tuple[Slot, ...]]],
    has_own: bool,
) -> Iterable[Dated]:
    """Days on lines without a time: the time comes once for all, in turn, or in a second list."""
    if not timed or not waiting:
        return _each(waiting, [()] * len(waiting))
    flat = [mention for _, mentions in waiting for mention in mentions]
    if (
        len(timed) == 1
        and len(flat) == sum(1 for slot in timed[0][1] if slot.ends) == len(timed[0][1]) > 1
        and not OR_ALONE.search(timed[0][0].line.text)
    ):
        in_turn = iter(timed[0][1])
        return [
            Dated(row, mention, (next(in_turn),))
            for row, mentions in waiting
            for mention in mentions
        ]
    if len(timed) == 1:
        row, slots = timed[0]
        is_theirs = (
            not has_own or TIME_LABEL.match(row.line.text) or row.index < waiting[0][0].index
        )
        only = tuple(_meant(row, slots)) if is_theirs else ()
        return _each(waiting, [only] * len(waiting))
    first_after = timed[0][0].index > waiting[-1][0].index if waiting else False
    if first_after and len(timed) == len(flat) > 1:
        turn = iter(timed)
        return [Dated(row, m, next(turn)[1]) for row, mentions in waiting for m in mentions]
    timed = [(row, tuple(_meant(row, slots))) for row, slots in timed]
    return _each(waiting, _nearest([row.index for row, _ in waiting], timed))


def _each(
    waiting: Sequence[tuple[Row, list[Mention]]], slots: Sequence[tuple[Slot, ...]]
) -> list[Dated]:
    pairs = zip(waiting, slots, strict=True)
    return [Dated(row, mention, own) for (row, mentions), own in pairs for mention in mentions]


def _nearest(
    days: Sequence[int], timed: Sequence[tuple[Row, tuple[Slot, ...]]]
) -> list[tuple[Slot, ...]]:
    """For the days on these lines the times that follow, before the next day's; where times come
    first, those before."""
    lines = [row.index for row, _ in timed]
    if lines[0] < days[0] and lines[-1] < days[-1]:
        return [timed[bisect_left(lines, index) - 1][1] for index in days]
    found = []
    for index in days:
        first = bisect_right(lines, index)
        if first == len(lines):
            found.append(timed[-1][1])
            continue
        # Further times up to the next day are alternatives; those after it are that day's.
        following = bisect_right(days, lines[first])
        until = days[following] if following < len(days) else lines[first] + CLOSE
        until = min(until, lines[first] + CLOSE)
        near = timed[first : bisect_left(lines, until)]
        found.append(tuple(slot for _, slots in near for slot in slots))
    return found
