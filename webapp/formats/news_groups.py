"""Which days are one occurrence: the days of a course of several, or dates to choose from."""

import re
from collections.abc import Sequence
from datetime import timedelta

from webapp.formats.announcements import Session
from webapp.formats.news_pairs import Dated

OF_SEVERAL = re.compile(
    r"\b(?:(?:two|three|four|five|six|[2-6])[- ](?:full |half |separate |consecutive )?(?:days?|parts?|sessions?|modules?|workshops?|mornings?|afternoons?)"
    r"|both (?:days|sessions|workshops|dates|parts|modules|must)|(?:attend|free for|come to|needed for|complete) (?:both|all)|all (?:two|three|four|five|six|\d) |each day"
    r"|consecutive days|over \w+ days|modules? (?:1|one)|day (?:1|one)\b)",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"\b(?:or|choice|choose|one of|repeated|again|alternative|either)\b", re.IGNORECASE
)
NUMBERED = re.compile(
    r"^\W*(?:day|module|part|session|workshop|week)\s*(\d|one|two|three|four|five|six)\b",
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
    number, last_part = 0, 0
    for place, (one, session) in enumerate(zip(dated, sessions, strict=True)):
        part = _part(one.row.line.text)
        before = place - 1
        if before < 0:
            last_part = part
            continue
        with_before = _is_next(dated[before], one, sessions[before], session, is_of_several)
        with_before = with_before or (is_of_several and part == last_part + 1 and last_part > 0)
        last_part = part or last_part
        if not with_before or _is_same_day(sessions[before], session):
            continue
        if groups[before] is None:
            number += 1
            groups[before] = str(number)
        groups[place] = groups[before]
    return groups


def _part(text: str) -> int:
    found = NUMBERED.match(text)
    return (NUMBERS.get(found[1].lower()) or int(found[1])) if found else 0


def _is_same_day(one: Session, other: Session) -> bool:
    return one.day is not None and one.day == other.day


def _is_next(
    before: Dated, one: Dated, earlier: Session, later: Session, is_of_several: bool
) -> bool:
    """Days written as one expression, with a reason to think that they belong together."""
    is_one_line = before.row.index == one.row.index
    is_one_expression = is_one_line and before.mention.group == one.mention.group
    if not is_one_line or CHOICE.search(one.row.line.text):
        return False
    follows = (
        earlier.day is not None and later.day is not None and later.day - earlier.day == NEXT_DAY
    )
    return is_of_several or (is_one_expression and follows)
