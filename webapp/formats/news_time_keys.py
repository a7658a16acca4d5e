"""Times that are told once, with which days each is for: "Day 1 is 9.30-4, Day 2 is 9.30-1"; "All
are 10-12 except the one in July, which is 7-9pm"; "10-12 on the 1st and the 8th; 2-4 on the 3rd".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from webapp.formats.news_calendar import MONTHS, WEEKDAY_OF
from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import Row
from webapp.formats.news_times import Slot

# What tells one day from the others: its date, a part of it, its number, a mark beside it.
Key = tuple[str, int | str | tuple[int, int] | None]

EXCEPT = re.compile(r"\b(?:except(?:ing)?|apart from|other than|unless|save for)\b", re.IGNORECASE)
PART = "day|session|module|part|workshop|week|cohort"
KEY = re.compile(
    rf"""
    \b(?P<part>{PART})s?\ (?P<numbers>\d\b(?:(?:,|\ and|\ &|,\ and)\ \d\b){{0,8}})
  | \b(?P<ordinal>\d{{1,2}})(?:st|nd|rd|th)\b
  | \b(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b
  | \b(?P<month>{"|".join(MONTHS)})\b
  | \b(?P<half>morning|afternoon|evening|twilight|lunch)(?:s|time|times)?\b
  | \b(?P<noon>[ap])\.?m\b
  | (?P<mark>\*|\bstarred\b|\basterisk)
  | \b(?P<others>all|each|every|others?|the\ rest|remaining|both)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
PARTS = frozenset(PART.split("|"))
NUMBER = re.compile(r"\d")
# How the line of a day, or one right above it, says the same of it.
NUMBERED = re.compile(rf"\b({PART})s? (\d|one|two|three|four|five|six)\b", re.IGNORECASE)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# "2019 amor February 28thpm" has lost its spaces.
HALF = re.compile(
    r"\b(?:(morning|afternoon|evening|twilight|lunch)|([ap])\.?m(?:or)?\b)", re.IGNORECASE
)
HALVES = {"a": "morning", "p": "afternoon"}
MARK = re.compile(r"\*")
# A line that is longer, or has more times, tells a story.
LONGEST, MOST_TIMES = 400, 8
# Nobody tells more kinds of days apart.
MOST_KEYED = 20


@dataclass
class Told:
    """Times, and the keys of the days that they are for; without keys, of those that are left."""

    keys: set[Key] = field(default_factory=set)
    slots: list[Slot] = field(default_factory=list)


def is_exception(row: Row) -> bool:
    """Whether the line's days are but those that are not like the rest: "except 3 May"."""
    said = EXCEPT.search(row.line.text) if row.days and row.says(EXCEPT) else None
    first = min((slot.start for slot in row.times), default=row.line.end)
    return said is not None and first < said.end() + row.line.start <= row.days[0].start


def by_keys(
    timed: Sequence[tuple[Row, Sequence[Slot]]], waiting: Sequence[tuple[Row, Mention]]
) -> list[tuple[Slot, ...]]:
    """The times of each waiting day, where the lines with times tell the days apart; or none."""
    told = [one for row, slots in timed for one in _told(row, slots)]
    keyed = [one for one in told if one.keys]
    if not 0 < len(keyed) <= MOST_KEYED or len({_hours(one) for one in told}) < 2:
        return []
    days = _numbered([_keys(row, mention) for row, mention in waiting], keyed)
    # Keys that no day has tell something else.
    if any(not any(one.keys & keys for keys in days) for one in keyed):
        return []
    left = [slot for one in told if not one.keys for slot in one.slots]
    found = []
    for keys in days:
        own = [slot for one in keyed if one.keys & keys for slot in one.slots]
        found.append(tuple(own or left))
    return found


def _numbered(days: list[set[Key]], keyed: Sequence[Told]) -> list[set[Key]]:
    """The keys of the days: where they are not numbered, but as many numbers told, by place."""
    told = {key for one in keyed for key in one.keys if key[0] in PARTS}
    if not told or any(key[0] in PARTS for keys in days for key in keys):
        return days
    named, last = next(iter(told))[0], max(int(str(number)) for _, number in told)
    if last != len(days):
        return days
    return [keys | {(named, place)} for place, keys in enumerate(days, 1)]


def _hours(one: Told) -> tuple[object, ...]:
    return tuple((slot.starts, slot.ends) for slot in one.slots)


def _told(row: Row, slots: Sequence[Slot]) -> Iterator[Told]:
    """What a line tells, in turns: each time with the days before it, or after it."""
    if len(row.line.text) > LONGEST or len(slots) > MOST_TIMES:
        return
    found = EXCEPT.search(row.line.text)
    cut = row.line.start + found.start() if found else row.line.end
    said: list[tuple[int, Key | Slot]] = [*_said(row), *((slot.start, slot) for slot in slots)]
    for is_exception in (False, True):
        half = [one for at, one in sorted(said, key=_first) if (at > cut) is is_exception]
        yield from _turns(half)


def _first(one: tuple[int, object]) -> int:
    return one[0]


def _turns(said: Sequence[Key | Slot]) -> Iterator[Told]:
    turn = Told()
    is_slot_first = bool(said) and isinstance(said[0], Slot)
    for one in said:
        is_slot = isinstance(one, Slot)
        if is_slot is is_slot_first and (turn.keys if is_slot else turn.slots):
            if turn.slots:
                yield turn
            turn = Told()
        if isinstance(one, Slot):
            turn.slots.append(one)
        elif one[0] != "others":
            turn.keys.add(one)
    if turn.slots:
        yield turn


def _said(row: Row) -> Iterator[tuple[int, Key]]:
    """The keys on a line, and where they stand."""
    for mention in row.days:
        yield mention.start, ("date", (mention.month, mention.day))
    taken = sorted((one.start, one.end) for one in row.said)
    for found in KEY.finditer(row.line.text):
        at = found.start() + row.line.start
        place = bisect_right(taken, found.end() + row.line.start - 1, key=_first) - 1
        if place < 0 or at >= taken[place][1]:
            yield from ((at, key) for key in _key(found))


def _key(found: re.Match[str]) -> Iterator[Key]:
    kind, said = str(found.lastgroup), found[0].lower()
    if kind == "numbers":
        for number in NUMBER.findall(found["numbers"]):
            yield found["part"].lower(), int(number)
    elif kind == "ordinal":
        yield kind, int(found["ordinal"])
    elif kind == "weekday":
        yield kind, WEEKDAY_OF[found["weekday"].lower()]
    elif kind == "month":
        yield kind, MONTHS.index(said) + 1
    elif kind == "half":
        yield kind, found["half"].lower()
    elif kind == "noon":
        yield "half", HALVES[found["noon"].lower()]
    else:
        yield kind, None


def _keys(row: Row, mention: Mention) -> set[Key]:
    """By what this day may be known."""
    keys: set[Key] = {
        ("date", (mention.month, mention.day)),
        ("ordinal", mention.day),
        ("weekday", mention.weekday),
        ("month", mention.month),
    }
    keys |= {("mark", None)} if MARK.search(row.line.text) else set()
    for part, number in NUMBERED.findall(row.line.text[:LONGEST]):
        keys.add((part.lower(), NUMBERS.get(number.lower()) or int(number)))
    for half, letter in HALF.findall(_beside(row, mention)):
        keys.add(("half", half.lower() or HALVES[letter.lower()]))
    return keys


def _beside(row: Row, mention: Mention) -> str:
    """What the line says of the day: of several days what follows each, as in "6 May am or 8 May
    pm"."""
    after = next((day.start for day in row.days if day.start > mention.start), row.line.end)
    at = row.line.start
    own = row.line.text[mention.end - at : after - at][:LONGEST]
    return own if len(row.days) > 1 and HALF.search(own) else row.rest[:LONGEST]
