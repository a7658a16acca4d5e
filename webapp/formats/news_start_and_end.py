"""A start here and its end there: "Start time: 09:30", then "End time: 15:30"; or in two cells."""

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
# The end stands at most so many lines below the start.
NEAR = 4


def joined(
    lines: Sequence[Line], days: Sequence[Sequence[Mention]], times: list[list[Slot]]
) -> list[list[Mention]]:
    """Give a start that is labelled so its end, in `times`; the days, without one said twice."""
    kept = [list(each) for each in days]
    times[:] = [_in_cells(line, slots) for line, slots in zip(lines, times, strict=True)]
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
