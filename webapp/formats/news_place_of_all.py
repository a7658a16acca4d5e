"""A place that is said once for everything: "All sessions are on Teams"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from webapp.formats.announcements import Item, Sure, Words
from webapp.formats.news_place_words import SENTENCE
from webapp.formats.news_places import Place, places
from webapp.formats.news_source import Source

# Before the place, and after it.
# "Every Thursday" is often, and not everywhere.
OF_ALL = re.compile(
    r"\b(?:all|(?:every|each)(?! (?:mon|tues|wednes|thurs|fri|satur|sun)day)|everything)\b"
    r"|\b(?:where|if|when) no (?:place|venue|location|room) is\b",
    re.IGNORECASE,
)
UNLESS = re.compile(
    r"\W+unless\b.{0,40}\b(?:otherwise|says?|said|states?|stated|shown|marked)\b", re.IGNORECASE
)
# Where it is held, and not what one of them is about.
HELD = re.compile(
    r"\b(?:on|via|by|over|at|in|using|is|are)(?: (?:the|ms|microsoft|online))*\s*$", re.IGNORECASE
)
# So much before a place is looked at, and no longer line speaks of everything.
NEAR, LONGEST = 24, 600


def placed(items: Sequence[Item], source: Source) -> Iterator[Item]:
    """The items; those that say nothing of their place with that of all, told above or below."""
    of_all: list[Place] | None = None
    for item in items:
        if not item.sessions or item.venue or any(one.venue for one in item.sessions):
            yield item
            continue
        of_all = list(_of_all(source)) if of_all is None else of_all
        if not of_all:
            yield item
            continue
        place = of_all[max(0, bisect_left(of_all, item.end, key=lambda each: each.start) - 1)]
        venue = Words(place.text, place.start, place.end, Sure.INFERRED)
        yield replace(item, venue=venue, is_online=place.is_online)


def _of_all(source: Source) -> Iterator[Place]:
    for line in source.lines:
        if len(line.text) <= LONGEST and (OF_ALL.search(line.text) or UNLESS.search(line.text)):
            for place in places([line], source):
                if _is_of_all(line.text, place.start - line.start, place.end - line.start):
                    yield place


def _is_of_all(text: str, start: int, end: int) -> bool:
    if not HELD.search(text, max(0, start - NEAR), start):
        return False
    sentence = next((one.start() for one in SENTENCE.finditer(text) if one.end() > start), start)
    return bool(OF_ALL.search(text, sentence, start) or UNLESS.match(text, end))
