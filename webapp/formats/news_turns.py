"""Which times stand with which days on one line: sentence by sentence, and nearest first."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import Row
from webapp.formats.news_sentences import SENTENCE_END
from webapp.formats.news_times import Slot

# Between a time and the day that it is of: "at 6pm on 5 June".
ON = re.compile(r",? on (?:the )?(?:(?:morning|afternoon|evening) of )?(?:the )?", re.IGNORECASE)
# A day and the time right behind it: "6 May (10am", "6 May at 10am".
CLOSE = 6
OPENS = re.compile(r"\((?:on |but )?(?:the )?$", re.IGNORECASE)


@dataclass
class Turn:
    """Days with the times that are theirs, as far as either is told."""

    days: list[Mention] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    is_time_first: bool = False
    # Whether the time was said to be on its day.
    is_bound: bool = False


def turns(row: Row, days: Sequence[Mention], slots: Sequence[Slot]) -> list[Turn]:
    """The line's days that are to come to, each with its times; the times of others are left out.

    A sentence of times alone is about the days before it, or else about those after it.
    """
    found, pending = list[Turn](), list[Slot]()
    for own_days, own_slots, is_of_others in _sentences(row, days, slots):
        if not own_days:
            if own_slots and not is_of_others:
                (found[-1].slots if found else pending).extend(own_slots)
            continue
        own = _turns(row, own_days, own_slots)
        if pending and not own[0].slots:
            own[0].slots, pending = pending, []
        if found and not found[-1].slots and not own_slots:
            # Days that wait for a time together.
            found[-1].days += own[0].days
        else:
            found += own
    return found


def _sentences(
    row: Row, days: Sequence[Mention], slots: Sequence[Slot]
) -> list[tuple[list[Mention], list[Slot], bool]]:
    """What each sentence says of days to come to and of times, and whether it has other days."""
    at = row.line.start
    ends = [] if row.line.cells else SENTENCE_END.finditer(row.line.text)
    cuts = [at + one.end() for one in ends]
    found = [(list[Mention](), list[Slot](), False) for _ in range(len(cuts) + 1)]
    for day in days:
        found[bisect_right(cuts, day.start)][0].append(day)
    for slot in slots:
        found[bisect_right(cuts, slot.start)][1].append(slot)
    others = {bisect_right(cuts, day.start) for day in row.days}
    return [(*each[:2], place in others) for place, each in enumerate(found)]


def _turns(row: Row, days: Sequence[Mention], slots: Sequence[Slot]) -> list[Turn]:
    """Of one sentence: days with times and days with times again, in whichever order they begin."""
    is_time_first = bool(slots) and slots[0].start < days[0].start
    found = [Turn(is_time_first=is_time_first)]
    said: list[Mention | Slot] = [*days, *slots]
    for one in sorted(said, key=lambda each: each.start):
        if isinstance(one, Mention):
            others = [day for day in found[-1].days if (day.month, day.day) != (one.month, one.day)]
            is_again = 0 < len(others) < len(found[-1].days) and _said_again(row, one, slots)
            if is_again:
                found[-1].days = others
            if is_again or (found[-1].slots and not found[-1].is_time_first):
                found.append(Turn())
            found[-1].days.append(one)
        else:
            _add(found, row, one, is_bound=_is_bound(row, one, days))
    return found


def _said_again(row: Row, mention: Mention, slots: Sequence[Slot]) -> bool:
    """Whether the day stands in brackets with its own time: "4 and 18 June (18 June 1-4pm)"."""
    at = row.line.start
    place = bisect_right(slots, mention.end, key=lambda slot: slot.start)
    is_timed = place < len(slots) and slots[place].start - mention.end <= CLOSE
    return is_timed and OPENS.search(row.line.text, 0, mention.start - at) is not None


def _add(found: list[Turn], row: Row, slot: Slot, *, is_bound: bool) -> None:
    turn = found[-1]
    if is_bound and turn.days:
        found.append(Turn(slots=[slot], is_time_first=True, is_bound=True))
    elif turn.is_time_first and turn.days:
        # "at 6pm on 5 June or on 22 May (10am)"
        is_of_last = turn.is_bound and len(turn.days) > 1
        if is_of_last and slot.start - turn.days[-1].end <= CLOSE:
            found.append(Turn([turn.days.pop()], [slot]))
        else:
            found.append(Turn(slots=[slot], is_time_first=True))
    else:
        turn.slots.append(slot)
        turn.is_bound = is_bound


def _is_bound(row: Row, slot: Slot, days: Sequence[Mention]) -> bool:
    place = bisect_right(days, slot.start, key=lambda day: day.start)
    at = row.line.start
    if place == len(days):
        return False
    return ON.fullmatch(row.line.text, slot.end - at, days[place].start - at) is not None
