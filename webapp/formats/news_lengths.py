"""How long a session lasts, where that is said and its end is not: "2pm, for an hour and a half".

The end is then reckoned from the start, and whoever shows it can tell that it was.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import islice

from webapp.formats.news_pairs import Dated
from webapp.formats.news_source import Line
from webapp.formats.news_times import MINUTES, Slot
from webapp.formats.news_vocabulary import either

NUMBERS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50},
    **{"sixty": 60, "ninety": 90},
}
# Nobody meets for less, nor teaches longer in one go, nor until later.
SHORTEST, LONGEST, LATEST = 20, 8 * MINUTES, 22 * MINUTES
_NUMBER = rf"\d{{1,3}}(?:\.\d{{1,2}})?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
LENGTH = re.compile(
    rf"""(?<![\w.:£/-])(?:
        (?P<half>half[ -](?:an?[ -])?hour)
      | (?P<number>{_NUMBER})(?P<more>\ ?(?:\u00bd|1/2|(?:and|&)\ a\ half))?[ -]?
        (?P<unit>hours?|hrs?|minutes?|mins?)(?![a-z])(?P<later>\ and\ a\ half)?
        (?:,?\ (?:and\ )?(?P<minutes>[1-5]\d)[ -]?(?:minutes?|mins?)\b)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What counts something else than the session, before the length and after it.
NOT_BEFORE = re.compile(
    r"\b"
    + either(
        r"""first | (?:the|our|its|their) last | (?-i:Last)
            next | minimum(?: of)? | least | up to | every | within | per | after
            total(?: of)?:? | counts? as | worth | equals? | equivalent to | of these | than"""
    )
    + r"[: ]{1,2}(?:about |an? |the )?$"
    r"|\b"
    + either(
        r"""modules? | e-?learning | surveys? | forms? | questionnaires? | videos? | films? | quiz
            recordings? | parking | journey | breaks? | lunch | walk | drive | assessments?"""
    )
    + r"\b[^.;:|]{0,40}$",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r"[ -]{0,2}(?:of )?(?:\w{1,12} )?"
    + either(
        r"""late | before | beforehand | prior | early | after | ago | walk | drive | away
            from the | breaks? | lunch | notice | cpd | per | a (?:day|week|month) | journey
            videos? | films? | e-?learning | modules? | reads? | recordings? | slots? | total
            in total | in all | altogether | guides? | papers? | counts? | towards | over \w+ days
            for (?:the|your|questions|parking|travel|registration|networking)"""
    )
    + r"\b",
    re.IGNORECASE,
)
SAYS_LASTS = re.compile(
    r"\b(?:last(?:s|ing)?|takes?|taking|allow|duration|length|is|are|be)[:. ]{1,2}"
    r"(?:just |only )?$",
    re.IGNORECASE,
)
SESSION_OF = re.compile(
    r"\b(?:(?:session|workshop|webinar|course|briefing|event)s? of|for) $", re.IGNORECASE
)
MEETING = re.compile(
    r"[ -]{1,2}(?:long )?(?:\w{1,14} ){0,3}"
    + either(
        r"""sessions? | workshops? | webinars? | briefings? | courses? | training | seminars?
            events? | roadshows? | meetings? | twilights? | refreshers? | talks? | circles?
            masterclass(?:es)? | programmes?"""
    )
    + r"\b",
    re.IGNORECASE,
)
# How far around the length is looked; and how far behind the start of what it is the length of.
NEAR, CLOSE = 40, 12
# A line of more lengths is a table of something else.
MOST = 40
# What stands before an entry of a list.
MARKS = " -\u2013\u2022"


@dataclass(frozen=True)
class Length:
    """So many minutes, said there."""

    start: int
    end: int
    minutes: int
    # It is said that something lasts so long; or what is so long is called a session.
    is_told: bool
    is_named: bool


def lengths(text: str) -> Iterator[Length]:
    """How long something is said to take, wherever it can be a session."""
    for found in LENGTH.finditer(text):
        start, end = found.span()
        minutes, before = _minutes(found), text[max(0, start - NEAR) : start]
        is_one = SHORTEST <= minutes <= LONGEST and not NOT_BEFORE.search(before)
        if is_one and not NOT_AFTER.match(text, end, end + NEAR):
            is_told = bool(SAYS_LASTS.search(before)) or _is_apart(text, start, end)
            is_named = SESSION_OF.search(before) or MEETING.match(text, end, end + NEAR)
            yield Length(start, end, minutes, is_told, bool(is_named))


def _minutes(found: re.Match[str]) -> int:
    if found["half"]:
        return MINUTES // 2
    said = found["number"].lower()
    number = NUMBERS.get(said) or float(said)
    number += 0.5 if found["more"] or found["later"] else 0
    in_hours = found["unit"].lower().startswith("h")
    return int(number * (MINUTES if in_hours else 1)) + int(found["minutes"] or 0)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether it stands in brackets by itself, or begins an entry: "Thirty minutes, 12.30"."""
    if text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")":
        return True
    return text[end : end + 1] in "," and not text[max(0, start - NEAR) : start].strip(MARKS)


class Lengths:
    """The lengths that the lines of a page speak of, each line read once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._on: dict[int, list[Length]] = {}

    def told(self, lines: Iterable[Line]) -> list[Length]:
        """How long it is said on these lines that something lasts."""
        return [one for line in lines for one in self._of(line) if one.is_told]

    def named(self, line: Line | None) -> list[Length]:
        """How long what is called so takes: "Private fostering: half-hour briefings"."""
        said = self._of(line) if line else []
        return [one for one in said if one.is_told or one.is_named]

    def at(self, offset: int) -> Line:
        """The line of the page that this stands on."""
        place = bisect_right(self._lines, offset, key=lambda line: line.start)
        return self._lines[max(place - 1, 0)]

    def with_ends(self, dated: Sequence[Dated], of_all: Sequence[Length]) -> list[Dated]:
        """The days, each start alone with the end that follows from how long it lasts.

        That is said beside it, or of all.
        """
        return [
            replace(one, slots=tuple(self._ended(slot, one, of_all) for slot in one.slots))
            for one in dated
        ]

    def _ended(self, slot: Slot, one: Dated, of_all: Sequence[Length]) -> Slot:
        """With an end, unless it has one, or several lengths are told."""
        said = [] if slot.ends else self._beside(slot, one) or of_all
        if len({one.minutes for one in said}) != 1:
            return slot
        end = slot.starts.hour * MINUTES + slot.starts.minute + said[0].minutes
        if end > LATEST:
            return slot
        return replace(slot, ends=time(*divmod(end, MINUTES)), lasts=(said[0].start, said[0].end))

    def _beside(self, slot: Slot, one: Dated) -> Sequence[Length]:
        """The one right after the start, else those that its line or that of the day names."""
        line = self.at(slot.start)
        said = self._of(line)
        place = bisect_right(said, slot.start, key=lambda each: each.start)
        if place < len(said) and said[place].start - slot.end <= CLOSE:
            return said[place : place + 1]
        return self.named(line) or self.named(one.row.line)

    def _of(self, line: Line) -> list[Length]:
        if line.start not in self._on:
            said = islice(lengths(line.text), MOST)
            self._on[line.start] = [
                replace(one, start=one.start + line.start, end=one.end + line.start) for one in said
            ]
        return self._on[line.start]
