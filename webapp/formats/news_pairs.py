"""Which times belong to which days, on a line and from line to line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from webapp.formats.news_dates import Mention
from webapp.formats.news_pair_words import (
    BEFORE_IT,
    OF_EACH,
    OR,
    OR_ALONE,
    SAME,
    TIME_TO_FOLLOW,
    TIMES,
)
from webapp.formats.news_rows import TIME_LABEL, Row
from webapp.formats.news_standing import are_office_hours
from webapp.formats.news_time_keys import by_keys, is_exception
from webapp.formats.news_times import Slot
from webapp.formats.news_turns import turns

# A line of more characters beside its days and times is a story.
SHORT = 60
FARTHEST_OR = 30
# Nobody offers more times to choose from on one day.
MOST_TIMES = 12
# Alternative times of a day stand on lines as near as this.
CLOSE = 3

# The spans of agendas, in order.
Away = Sequence[tuple[int, int]]
# A row with days that have no time of their own on it; and one with times that may be theirs.
Waiting = tuple[Row, list[Mention]]
Timed = tuple[Row, tuple[Slot, ...]]


@dataclass(frozen=True)
class Dated:
    """A day with the times that are its own: several are alternatives, none were written."""

    row: Row
    mention: Mention
    slots: tuple[Slot, ...]


def usable_times(row: Row, away: Away = ()) -> tuple[Slot, ...]:
    """The times on this line that may be a session's: no agenda, no office hours, no numbers."""
    if not row.times or are_office_hours(row):
        return ()
    is_about_time = bool(row.days or row.line.cells or row.is_bare) or row.says(TIME_LABEL)
    return tuple(
        slot
        for slot in row.times
        if not (slot.is_aside or is_within(slot.start, away))
        and (not slot.is_bare or (is_about_time and (slot.ends or row.days)))
    )


def is_within(offset: int, away: Away) -> bool:
    """Whether this is of an agenda."""
    place = bisect_right(away, offset, key=lambda span: span[0]) - 1
    return place >= 0 and offset < away[place][1]


def only_times(rows: Sequence[Row], away: Away) -> tuple[Slot, ...]:
    """The one time with an end, or the same few to choose from, that these rows say; or none."""
    said = []
    for row in rows:
        if slots := _meant(row, [slot for slot in usable_times(row, away) if slot.ends]):
            said.append((_of_each(row), tuple(slots)))
    for only in (said, [one for one in said if one[0]]):
        if len({tuple(map(_hours, slots)) for _, slots in only}) == 1:
            return only[0][1]
    starts = {
        slot.starts: slot for row in rows for slot in usable_times(row, away) if _of_each(row)
    }
    return tuple(starts.values()) if len(starts) == 1 and not said else ()


def _of_each(row: Row) -> bool:
    """Whether a line without a day says when each begins: "All start at 12.30pm"."""
    return not row.days and row.says(OF_EACH)


def pair(rows: Sequence[Row], wanted: Iterable[Mention], away: Away = ()) -> list[Dated]:
    """Every wanted day of these rows with its times, in the page's order."""
    chosen = {(mention.start, mention.end) for mention in wanted}
    found: list[Dated] = []
    waiting, timed = list[Waiting](), list[Timed]()
    for row in rows:
        days = [mention for mention in row.days if (mention.start, mention.end) in chosen]
        is_of_others = row.days and not days and not is_exception(row)
        times = () if is_of_others else usable_times(row, away)
        if times and (not days or is_exception(row)):
            timed.append((row, times))
        elif times:
            told = list(_on_one_line(row, days, times))
            found += [one for one in told if one.slots]
            # "4 and 11 June (11 June 1-4pm)": the others' time stands elsewhere.
            days = [one.mention for one in told if not one.slots]
        elif row.says(TIME_TO_FOLLOW):
            found += [Dated(row, mention, ()) for mention in days]
            continue
        if days:
            waiting.append((row, days))
    waiting = list(_once(waiting))
    found += _by_keys(waiting, timed) or _across_lines(waiting, timed, bool(found))
    return _same_times(sorted(found, key=lambda dated: dated.mention.start))


def _once(waiting: Iterable[Waiting]) -> Iterable[Waiting]:
    """The days without those that are only said again as exceptions."""
    kept = list(waiting)
    listed = {_day(day) for row, days in kept if not is_exception(row) for day in days}
    for row, days in kept:
        own = [day for day in days if not is_exception(row) or _day(day) not in listed]
        if own:
            yield row, own


def _day(mention: Mention) -> tuple[int, int]:
    return mention.month, mention.day


def _by_keys(waiting: Sequence[Waiting], timed: Sequence[Timed]) -> list[Dated]:
    """The days with the times that are told of each kind of them; empty where none are."""
    flat = [(row, mention) for row, mentions in waiting for mention in mentions]
    times = by_keys(timed, flat)
    return [Dated(*one, own) for one, own in zip(flat, times, strict=bool(times))]


def _same_times(dated: Iterable[Dated]) -> list[Dated]:
    """Where a day is said to be at the same time as the one before, wherever that is told."""
    found: list[Dated] = []
    for one in dated:
        is_same = bool(found) and one.row.says(SAME)
        if is_same and not found[-1].slots:
            found[-1] = replace(found[-1], slots=one.slots)
        found.append(replace(one, slots=one.slots or found[-1].slots) if is_same else one)
    return found


def _may_serve(row: Row) -> bool:
    """A time for days on other lines stands in a short line or under a label, not in a story."""
    return row.says(TIME_LABEL) or len(row.rest) <= SHORT or bool(row.line.cells)


def _on_one_line(row: Row, days: Sequence[Mention], slots: Sequence[Slot]) -> Iterable[Dated]:
    """Each day with the times after it, or before it where the line begins with a time."""
    last: tuple[Slot, ...] = ()
    for turn in turns(row, days, slots):
        mentions, times = turn.days, turn.slots
        # Two cells of a table with as many lines in each.
        if row.line.cells and 1 < len(mentions) == len(times) and all(slot.ends for slot in times):
            yield from (Dated(row, *one) for one in zip(mentions, zip(times), strict=True))
            continue
        # The last days of a line that ends with days are at the times before them.
        last = tuple(_meant(row, times)) if times else last
        yield from (Dated(row, mention, last) for mention in mentions)


def _meant(row: Row, slots: Sequence[Slot]) -> Sequence[Slot]:
    """Of several times in a row, those of the session itself, each once."""
    whole = [slot for slot in slots if slot.ends]
    if not whole and len(slots) > 1:
        return slots[:1]
    once: dict[object, Slot] = {}
    for slot in _alternatives(row, whole) or slots:
        once.setdefault(_hours(slot), slot)
    return list(once.values())[:MOST_TIMES]


def _alternatives(row: Row, slots: Sequence[Slot]) -> Sequence[Slot]:
    """The first, and those that are joined to the one before by an "or" or the like."""
    kept = list(slots[:1])
    for before, slot in pairwise(slots):
        between = row.line.text[before.end - row.line.start : slot.start - row.line.start]
        if len(between) > FARTHEST_OR or not (OR.search(between) or between.isspace()):
            break
        kept.append(slot)
    return kept


def _hours(slot: Slot) -> tuple[object, object]:
    return slot.starts, slot.ends


def _across_lines(
    waiting: Sequence[Waiting], timed: Sequence[Timed], has_own: bool
) -> Iterable[Dated]:
    """Days on lines without a time: the time comes once for all, in turn, or in a second list."""
    timed = [(row, slots) for row, slots in timed if _may_serve(row)]
    timed = [one for one in timed if not one[0].says(BEFORE_IT)] or timed
    if not timed or not waiting:
        return _each(waiting, [()] * len(waiting))
    flat = [(row, mention) for row, mentions in waiting for mention in mentions]
    in_turn = _in_turn(waiting, timed)
    if len(in_turn) == len(flat) > 1:
        return [Dated(row, mention, own) for (row, mention), own in zip(flat, in_turn, strict=True)]
    meant = [(row, tuple(_meant(row, slots))) for row, slots in timed]
    if len(meant) > 1:
        return _each(waiting, _nearest([row.index for row, _ in waiting], meant))
    row, slots = meant[0]
    is_theirs = not has_own or row.says(TIME_LABEL) or row.index < waiting[0][0].index
    return _each(waiting, [slots if is_theirs else ()] * len(waiting))


def _in_turn(waiting: Sequence[Waiting], timed: Sequence[Timed]) -> list[tuple[Slot, ...]]:
    """The times of a list that may be one for each day: on one line, or on lines below them."""
    row, slots = timed[0]
    if len(timed) == 1:
        are_whole = all(slot.ends for slot in slots) or row.says(TIMES)
        is_list = are_whole and not row.says(OR_ALONE)
        return [(slot,) for slot in slots] if is_list else []
    is_below = row.index > waiting[-1][0].index
    return [slots for _, slots in timed] if is_below else []


def _each(waiting: Sequence[Waiting], slots: Sequence[tuple[Slot, ...]]) -> list[Dated]:
    pairs = zip(waiting, slots, strict=True)
    return [Dated(row, mention, own) for (row, mentions), own in pairs for mention in mentions]


def _nearest(days: Sequence[int], timed: Sequence[Timed]) -> list[tuple[Slot, ...]]:
    """For the days on these lines the times that follow; where times come first, those before."""
    lines = [row.index for row, _ in timed]
    # With none between the days, a time below them that is no label heads what comes next.
    is_around = bisect_left(lines, days[0]) == bisect_left(lines, days[-1]) and len(days) > 1
    is_next = is_around and not timed[-1][0].says(TIME_LABEL)
    if lines[0] < days[0] and (lines[-1] < days[-1] or is_next):
        return [timed[bisect_left(lines, index) - 1][1] for index in days]
    found = []
    for index in days:
        first = bisect_right(lines, index)
        if first == len(lines):
            found.append(timed[-1][1])
            continue
        # Further times up to the next day are alternatives.
        following = bisect_right(days, lines[first])
        until = min([lines[first] + CLOSE, *days[following : following + 1]])
        near = timed[first : bisect_left(lines, until)]
        found.append(tuple(slot for _, slots in near for slot in slots))
    return found
