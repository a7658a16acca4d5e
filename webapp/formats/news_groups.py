"""Which days are one occurrence: the days of a course of several, or dates to choose from."""

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from webapp.formats.announcements import Session
from webapp.formats.news_pairs import Dated
from webapp.formats.news_rows import Row
from webapp.formats.news_vocabulary import either

# Words that make several days one training, which everybody comes to in full.
OF_SEVERAL = re.compile(
    r"\b"
    + either(
        r"""(?:two|three|four|five|six|[2-6])[- ](?:full |half |separate |consecutive )?\
            (?:days?|parts?|sessions?|modules?|workshops?|mornings?|afternoons?)
            both (?:days|sessions|workshops|dates|parts|modules|must)
            (?:attend|free for|come to|needed for|complete) (?:both|all)
            all (?:two|three|four|five|six|\d)(?=\ ) | each day | consecutive days | over \w+ days
            modules? (?:1|one) | day (?:1|one)\b"""
    ),
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"\b(?:or|choice|choose|one of|repeated|again|alternative|either)\b", re.IGNORECASE
)
NUMBERED = re.compile(
    r"^\W{0,9}(?:day|module|part|session|workshop|week)\s*(\d|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NEXT_DAY = timedelta(days=1)


def grouped(dated: Sequence[Dated], sessions: Sequence[Session], said: str) -> list[str | None]:
    """For each session the name of its occurrence; None where it is one of its own.

    `said` is everything the item says. The lists run side by side.
    """
    is_of_several = bool(OF_SEVERAL.search(said))
    groups: list[str | None] = [None] * len(sessions)
    number = last_part = 0
    both = list(zip(dated, sessions, strict=True))
    for place, (before, after) in enumerate(pairwise(both), 1):
        last_part = _part(before[0].row) or last_part
        follows = is_of_several and 0 < last_part == _part(after[0].row) - 1
        if not follows and not _is_next(before, after, is_of_several):
            continue
        if _is_same_day(before[1], after[1]):
            continue
        if groups[place - 1] is None:
            number += 1
            groups[place - 1] = str(number)
        groups[place] = groups[place - 1]
    return groups


def _part(row: Row) -> int:
    """Which part of a training the line begins with, as in "Module 2"; 0 where with none."""
    found = NUMBERED.match(row.line.text) if row.says(NUMBERED) else None
    return (NUMBERS.get(found[1].lower()) or int(found[1])) if found else 0


def _is_same_day(one: Session, other: Session) -> bool:
    return one.day is not None and one.day == other.day


def _is_next(
    before: tuple[Dated, Session], after: tuple[Dated, Session], is_of_several: bool
) -> bool:
    """Days written on one line, with a reason to think that they belong together."""
    (first, earlier), (then, later) = before, after
    if first.row.index != then.row.index or then.row.says(CHOICE):
        return False
    if is_of_several:
        return True
    is_one_expression = first.mention.group == then.mention.group
    if earlier.day is None or later.day is None:
        return False
    return is_one_expression and later.day - earlier.day == NEXT_DAY
