"""Lists that lost their lines: trainings one after the other in a paragraph, each with its day
behind a colon or a dash, as "Seeing Neglect: 6 May 2025. Chairing Well: 8 May 2025." has them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from webapp.formats import news_dates, news_times
from webapp.formats.news_heading_words import FINITE
from webapp.formats.news_vocabulary import SUBJECT, TRAINING

# Fewer are no list, and of as many at least one in so many speaks of training.
FEWEST, LEAST_SHARE = 3, 3
SHORTEST_TITLE, LONGEST_TITLE = 8, 120
# One training has no more days and hours in such a list.
MOST_TOGETHER = 12
# Between the title and its day.
LEADS = re.compile(r"\s?[:\u2013\u2014-]\s{0,3}$")
# Between a day and the next, or its hours; and what ends an entry.
JOINS = re.compile(r"[\s,;|&(@\u2013\u2014-]{0,4}(?:(?:and|at|from|to|or) ?)?")
ENDS = re.compile(r"[\s*.,;)]*")
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z\d\u2018\u201c])")


@dataclass(frozen=True)
class _Entry:
    """Where the title, its day and all that belongs to both begin and end."""

    start: int
    day: int
    end: int


def apart(text: str) -> list[tuple[int, int]]:
    """Where a paragraph with such a list is to be cut, else nothing."""
    entries = next(iter(_lists(text)), [])
    cuts = [each.start for each in entries]
    ends = [0, *cuts, entries[-1].end, len(text)] if entries else []
    return [(a, a + len(said)) for a, b in pairwise(ends) if (said := text[a:b].rstrip())]


def _lists(text: str) -> Iterator[list[_Entry]]:
    found = list(_entries(text))
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end].start == found[end - 1].end:
            end += 1
        run = found[at:end]
        titles = [text[each.start : each.day] for each in run]
        speak = sum(bool(SUBJECT.search(one) or TRAINING.search(one)) for one in titles)
        if len(run) >= FEWEST and speak * LEAST_SHARE >= len(run):
            yield run
        at = end


def _entries(text: str) -> Iterator[_Entry]:
    """Each day with a title right before it, from where the entry or the sentence before ends."""
    days = news_dates.days(text)
    if len(days) < FEWEST:
        return
    said = [(day.start, day.end) for day in days]
    hours = [(one.start, one.end) for one in news_times.times(text, said)]
    spans, before = sorted([*said, *hours]), 0
    for place, (start, _) in enumerate(spans):
        if start < before or not (lead := LEADS.search(text, max(before, start - 6), start)):
            continue
        end = _end(text, spans, place)
        begin = _begin(text, before, lead.start())
        if begin is not None:
            yield _Entry(begin, start, end)
        before = end


def _end(text: str, spans: Sequence[tuple[int, int]], place: int) -> int:
    """Where what belongs to the day at this place ends: other days, hours, and a full stop."""
    end = spans[place][1]
    for start, last in spans[place + 1 : place + MOST_TOGETHER]:
        if start > end and not JOINS.fullmatch(text, end, start):
            break
        end = last
    stop = ENDS.match(text, end)
    return stop.end() if stop else end


def _begin(text: str, before: int, end: int) -> int | None:
    """Where the title that ends there begins, if there is one."""
    sentences = list(SENTENCE_END.finditer(text, max(before, end - LONGEST_TITLE), end))
    begin = sentences[-1].end() if sentences else before
    title = text[begin:end]
    is_title = SHORTEST_TITLE <= len(title) <= LONGEST_TITLE and not title[:1].islower()
    return begin if is_title and not FINITE.search(title) else None
