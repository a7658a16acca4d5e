"""Trainings without a name that a paragraph offers one after the other, by what they are and what
they are about: "There are sessions on how to spot abuse on 6 May, and a webinar on 8 May."
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from itertools import pairwise

from webapp.formats import news_dates
from webapp.formats.announcements import Sure, Words
from webapp.formats.news_calendar import MONTHS, WEEKDAYS
from webapp.formats.news_vocabulary import PAST, SUBJECT

_KIND = (
    r"(?:courses?|training(?: sessions?| days?| events?)?|workshops?|briefings?|webinars?|seminars?"
    r"|sessions?|master ?class(?:es)?|conferences?|talks?|lunch (?:and|&) learns?|study days?"
    r"|e-learning|inductions?|refreshers?|twilights?|forums?)"
)
_WHEN = rf"(?:(?:the )?\d|{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|teams|zoom|ms|microsoft)"
# The training with the words before it that are its name, and what it is about.
OFFER = re.compile(
    r"\b(?:an?|another|one|two|three|four|new|our|are|is|also|include|includes|including|offer"
    r"|offering|run|running|hold|holding|host|hosting|and|plus)\s+"
    r"(?P<what>(?:(?!(?:the|an?|is|are|was|were|will|of|to|for|and|on|in|at|by|that|this|our|be"
    r"|also|two|three|four|has|have|it|they|we|you)\b)"
    rf"[\w\u2019'&-]+\s){{0,6}}{_KIND}\b"
    rf"(?:\s(?:on|about|in|into|for|around|covering|called|looking at)\s(?!{_WHEN}\b)"
    rf"(?:(?!\s(?:on|from|at|in|starting|taking|with)\s{_WHEN}"
    r"|\s(?:is|are|will|takes?|follows?|runs?|which|that|led)\b)[^.;:()!?\n,\u2013])"
    r"{3,90})?)",
    re.IGNORECASE,
)
# The same training again, or more of it.
AGAIN = re.compile(
    r"\b(?:again|repeat\w*|second|third|same|further|extra|additional|more|first|last|final|each"
    r"|every|follow-?up)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?][\u201d\u2019]?\s+(?=[A-Z\u2018\u201c])")
# A paragraph of trainings is no shorter or longer; from a training to its day it is no farther.
SHORTEST, LONGEST, FARTHEST = 80, 4_000, 90
# More are a list with lines of its own.
MOST = 12


def apart(text: str) -> Iterator[tuple[int, int]]:
    """Where a paragraph that tells of several trainings is to be cut, else the whole of it."""
    cuts = list[int]()
    if SHORTEST <= len(text) <= LONGEST and not PAST.search(text):
        offers = list(_offers(text))
        if 1 < len(offers) <= MOST:
            ends = [0, *(found.end() for found in offers)]
            cuts = [_begin(text, *each) for each in zip(ends, offers, strict=False)]
    for first, last in pairwise([0, *cuts, len(text)]):
        if said := text[first:last].rstrip():
            yield first, first + len(said)


def named(piece: str, at: int) -> Words | None:
    """The training that one such piece tells of, which begins at this offset of the page."""
    found = next(_offers(piece), None)
    if found is None:
        return None
    start, text = at + found.start("what"), found["what"].rstrip()
    return Words(text, start, start + len(text), Sure.GUESSED)


def _offers(text: str) -> Iterator[re.Match[str]]:
    """What is told of trainings, each with the first day after it in its sentence."""
    days = [day.start for day in news_dates.days(text)]
    told, last = set[str](), -1
    for found in OFFER.finditer(text) if days else ():
        place = bisect_left(days, found.end())
        day = days[place] if place < len(days) else len(text) + FARTHEST
        begin = _sentence(text, 0, found.start())
        # "On 6 May there is a workshop" has its day before it.
        is_after = any(max(begin, last) < each < found.start() for each in days[:place])
        if day == last or day - found.end() > FARTHEST or (is_after and last < begin):
            continue
        if SENTENCE_END.search(text, found.end(), day) or not _is_new(found, told):
            continue
        told.add(found["what"].casefold())
        last = day
        yield found


def _is_new(found: re.Match[str], told: Collection[str]) -> bool:
    """Whether it has a subject, and is no other day of what was told before."""
    what = found["what"]
    if AGAIN.search(found[0]) or what.casefold() in told:
        return False
    return bool(SUBJECT.search(what))


def _begin(text: str, before: int, found: re.Match[str]) -> int:
    """Where the words about a training begin: with its sentence, or inside it after another."""
    begin = _sentence(text, before, found.start())
    return found.start() if before and begin == before else begin


def _sentence(text: str, before: int, at: int) -> int:
    """Where the sentence begins in which this offset is."""
    return max((end.end() for end in SENTENCE_END.finditer(text, before, at)), default=before)
