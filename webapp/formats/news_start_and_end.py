"""A start here and its end there: "Start time: 09:30", then "End time: 15:30"; or in two cells; or,
on the page of one day, in two lines that have lost their labels."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from webapp.formats.news_dates import Mention
from webapp.formats.news_source import Line
from webapp.formats.news_times import Slot

_REST = r"\b(?: (?:date|time|at|and))*\W*"
STARTS = re.compile(rf"^\W*(?:start(?:s|ing)?|begins?|from|opens?){_REST}", re.IGNORECASE)
ENDS = re.compile(rf"^\W*(?:end(?:s|ing)?|finish(?:es)?|until|to|close){_REST}", re.IGNORECASE)
LETTER, AT = re.compile(r"[^\W\d_]"), re.compile(r"\bat\b", re.IGNORECASE)
# The end stands at most so many lines below the start.
NEAR = 4


def joined(
    lines: Sequence[Line], days: Sequence[Sequence[Mention]], times: list[list[Slot]]
) -> list[list[Mention]]:
    """Give a start that is labelled so its end, in `times`; the days, without one said twice."""
    kept = [list(each) for each in days]
    times[:] = [_in_cells(line, slots) for line, slots in zip(lines, times, strict=True)]
    if pair := _of_one_day(lines, kept, times):
        begun, ended = pair
        times[begun] = [replace(times[begun][0], ends=times[ended][0].starts)]
        times[ended], kept[ended] = [], []
    for start in range(len(lines)):
        if not _is_one(lines, times, start, STARTS):
            continue
        for end in range(start + 1, min(start + 1 + NEAR, len(lines))):
            if _is_one(lines, times, end, ENDS) and _on_one_day(kept[start], kept[end]):
                first, last = times[start][0], times[end][0]
                if last.starts > first.starts:
                    times[start] = [replace(first, ends=last.starts)]
                    times[end], kept[end] = [], []
                break
    return kept


def _of_one_day(
    lines: Sequence[Line], days: Sequence[Sequence[Mention]], times: Sequence[Sequence[Slot]]
) -> tuple[int, int] | None:
    """The two lines of a page, one below the other, that have nothing but its only day and an hour:
    "October 3, 2018 - 9:30 am", then "October 3, 2018 - 3:45 pm"."""
    if len({(day.month, day.day) for each in days for day in each}) != 1:
        return None
    timed = [place for place, slots in enumerate(times) if slots and days[place]]
    if len(timed) != 2 or timed[1] - timed[0] != 1:
        return None
    if not all(_says_only_when(lines[at], days[at], times[at]) for at in timed):
        return None
    first, last = timed
    return (first, last) if times[last][0].starts > times[first][0].starts else None


def _says_only_when(line: Line, days: Sequence[Mention], times: Sequence[Slot]) -> bool:
    """Whether it has one day with its year and one hour, and no other word."""
    if len(days) != 1 or len(times) != 1 or times[0].ends or not days[0].year:
        return False
    told = sorted([(days[0].start, days[0].end), (times[0].start, times[0].end)])
    (_, a), (b, end) = told
    words = line.text[: told[0][0] - line.start] + line.text[a - line.start : b - line.start]
    return not LETTER.search(AT.sub("", words + line.text[end - line.start :]))


def _in_cells(line: Line, slots: list[Slot]) -> list[Slot]:
    """A start and an end that are each alone in a cell of a table, one right after the other."""
    if len(slots) != 2 or any(slot.ends for slot in slots):
        return slots
    first, last = slots
    cells = [cell for cell in line.cells if cell[0] < cell[1]]
    are_alone = ((first.start, first.end), (last.start, last.end)) in pairwise(cells)
    if not are_alone or last.starts <= first.starts:
        return slots
    return [replace(first, ends=last.starts, end=last.end)]


def _is_one(
    lines: Sequence[Line], times: Sequence[Sequence[Slot]], place: int, label: re.Pattern[str]
) -> bool:
    """Whether the line has one time without an end, and is labelled, or is under the label."""
    if len(times[place]) != 1 or times[place][0].ends or len(lines[place].text) > 60:
        return False
    if label.match(lines[place].text):
        return True
    above = lines[place - 1].text if place else ""
    found = label.match(above)
    return bool(found) and found is not None and found.end() == len(above)


def _on_one_day(one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    if not one or not other:
        return True
    return (one[0].month, one[0].day) == (other[0].month, other[0].day)
