"""Times of day in a text as people write them: when something starts and, mostly, when it ends.

Where "am" and "pm" are missing: what is written at one end holds for the other, if the end then
comes after the start ("2.30 - 5pm"), else the other half of the day does ("10 - 12.30pm"). With
none written, a start from 8 to 11 is in the morning, from 12 to 6 after noon, and at 7 in the
evening, unless it lasts for most of a day; and an end is the first such hour after its start.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from webapp.formats.news_clocks import HALF_DAY, Clock, clocks, counts_things, is_length
from webapp.formats.news_time_words import is_an_end, is_number, leads_to, sorted_out

MINUTES = 60
FINISH = re.compile(r" (?:finish|end|close)\b", re.IGNORECASE)
START = re.compile(r"(?: prompt)? start,? (?:and )?", re.IGNORECASE)
# "0930" and "1630" in two cells of a table.
COLUMNS = re.compile(r"[ \t]{0,3}[|\t ][ \t]{0,3}")
AFTER_COLUMN = re.compile(r" ?\||\t| {0,3}(?:$|\n|[A-Za-z])")
AND = re.compile(r" (?:and|&) ")
BETWEEN = re.compile(r"\bbetween(?: the hours of)?[: ]{1,2}$", re.IGNORECASE)
# "9.15 for 9.30am": the first is for tea.
FOR = re.compile(r" for(?: an?)? ", re.IGNORECASE)
LONGEST_TEA = 60
LONGEST, LATEST = 10 * MINUTES, 22 * MINUTES
# "10:00 - 10:00" does not end in the evening.
LONGEST_DAY = 10 * MINUTES
# What starts at seven and lasts longer starts in the morning.
LONGEST_EVENING = 4 * MINUTES


@dataclass(frozen=True)
class Slot:
    """A time as written. `is_bare`: two plain numbers, which may be something else ("9 - 4").
    `lasts`: where it is said how long it lasts, if the end was reckoned from that.
    `is_aside`: nothing starts then: people arrive, or something ends.
    """

    start: int
    end: int
    starts: time
    ends: time | None
    as_written: str
    is_bare: bool
    lasts: tuple[int, int] | None = None
    is_aside: bool = False


def times(
    text: str, taken: Sequence[tuple[int, int]] = (), *, evening: bool = False
) -> tuple[Slot, ...]:
    """Every time outside the places that are taken, in order.

    `evening`: the text is known to speak of one, so 5 to 9 are after noon.
    """
    free, asides = sorted_out(text, _free(clocks(text), taken))
    found = [_aside(text, clock) for clock in asides if clock.stands_alone]
    at, tea = 0, None
    while at < len(free):
        first = free[at]
        second = free[at + 1] if at + 1 < len(free) else None
        at += 1
        if second is not None and _is_for_tea(text, first, second):
            tea = first
            continue
        # Who is asked for seven comes in the evening.
        is_late = evening or (tea is not None and tea.hour == 7)
        if second is not None and _is_pair(text, first, second):
            found.append(_slot(text, first, second, is_late))
            at += 1
        elif first.stands_alone or tea is not None:
            found.append(_slot(text, first, None, is_late))
        tea = None
    return tuple(sorted(found, key=lambda slot: slot.start))


def _aside(text: str, clock: Clock) -> Slot:
    return replace(_slot(text, clock, None, evening=False), is_aside=True)


def _is_for_tea(text: str, first: Clock, second: Clock) -> bool:
    """ "9.15 for 9.30am", not "2.30pm for 3 hours"."""
    if not FOR.fullmatch(text, first.end, second.start) or is_length(text, second):
        return False
    return 0 < (second.face - first.face) % HALF_DAY <= LONGEST_TEA


def _free(found: Sequence[Clock], taken: Sequence[tuple[int, int]]) -> list[Clock]:
    spans = sorted(taken)
    ends = [end for _, end in spans]
    free = []
    for clock in found:
        after = bisect_left(ends, clock.start + 1)
        if after == len(spans) or clock.end <= spans[after][0]:
            free.append(clock)
    return free


def _is_pair(text: str, first: Clock, second: Clock) -> bool:
    is_between = AND.fullmatch(text, first.end, second.start) and BETWEEN.search(
        text, max(0, first.start - 24), first.start
    )
    if first.is_army and second.is_army and COLUMNS.fullmatch(text, first.end, second.start):
        return AFTER_COLUMN.match(text, second.end) is not None and not _is_odd(first, second)
    is_finish = START.fullmatch(text, first.end, second.start) and FINISH.match(text, second.end)
    if not (is_between or is_finish or leads_to(text, first.end, second.start)):
        return False
    if is_number(text, first, second.start):
        return False
    if first.is_army != second.is_army and not (first.half or second.half):
        return False
    if first.is_army and not (first.is_sure or second.is_sure):
        # "2017-2018" are years, "0900-1300" are hours.
        return not (first.looks_like_year and second.looks_like_year)
    if first.is_bare and second.is_bare:
        return _may_be_hours(first, second) and not counts_things(text, first, second)
    return True


def _is_odd(first: Clock, second: Clock) -> bool:
    """Whether they are years or telephone numbers rather than hours to meet."""
    if first.looks_like_year or second.looks_like_year:
        return True
    return bool(first.face % 5 or second.face % 5 or (first.at or 0) >= (second.at or 0))


def _may_be_hours(first: Clock, second: Clock) -> bool:
    """Whether two plain numbers are hours that anybody would meet for: not "5-11" or "1-1"."""
    start, end = _reckoned(first, second, evening=False)
    lasts = (end or start) - start
    return min(first.hour, second.hour) > 0 and 0 < lasts <= LONGEST and start + lasts <= LATEST


def _slot(text: str, first: Clock, second: Clock | None, evening: bool) -> Slot:
    start, end = _reckoned(first, second, evening)
    last = second or first
    return Slot(
        first.start,
        last.end,
        _time(start),
        _time(end) if end is not None and start < end < 2 * HALF_DAY else None,
        text[first.start : last.end],
        first.is_bare and last.is_bare,
        is_aside=second is None and is_an_end(text, first.start),
    )


def _reckoned(first: Clock, second: Clock | None, evening: bool) -> tuple[int, int | None]:
    """Start and end in minutes after midnight."""
    if first.at is not None:
        start = first.at
    elif second is not None and second.at is not None and not second.is_24:
        start = _before(first.face, second.at)
    else:
        start = _unmarked(first, second, evening)
    if second is None:
        return start, None
    if second.at is not None:
        return start, second.at
    if first.hour > 12:
        # On a clock of 24 hours "14:00 - 10:00" is a slip; "13.30 - 3.30" is on two clocks.
        return start, second.face + (HALF_DAY if second.hour < 8 else 0)
    lasts = (second.face - start) % HALF_DAY
    return start, start + lasts if 0 < lasts <= LONGEST_DAY else None


def _before(face: int, end: int) -> int:
    """A start without am or pm whose end has one: in the same half, else in the other."""
    same, other = (face + HALF_DAY, face) if end >= HALF_DAY else (face, face + HALF_DAY)
    return same if same < end else other


def _unmarked(first: Clock, second: Clock | None, evening: bool) -> int:
    after_noon, hour = first.face + HALF_DAY, first.face // MINUTES
    if hour == 7 and not evening and second is not None:
        lasts = (second.face - first.face) % HALF_DAY
        return first.face if lasts > LONGEST_EVENING or second.is_24 else after_noon
    return after_noon if hour <= 7 or (evening and hour <= 9) else first.face


def _time(minutes: int) -> time:
    return time(*divmod(minutes, MINUTES))
