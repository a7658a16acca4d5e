"""The contents at the top of a newsletter: they announce nothing, but say what its headings are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from webapp.formats.news_headings import IN_BRACKETS, is_part
from webapp.formats.news_source import Line, Source

# Fewer lines that come again are no list of contents, and no line of one is longer.
FEWEST, LONGEST = 3, 120
# In a list whose end is not told: so many lines, of which so many come again.
FEWEST_CUT_OFF, FEWEST_AGAIN = 5, 2
# The number before an entry, and that of its page behind it.
NUMBER = re.compile(r"^\W*\d{0,2}[.):]?\s+|[\s.\u2026]{1,99}\d{1,3}$")


def told_apart(source: Source) -> Source:
    """The page with its contents set aside, and with what they list as headings."""
    lines = list(source.lines)
    keys = [_key(line) for line in lines]
    last = {key: place for place, key in enumerate(keys) if not lines[place].is_bullet}
    has_levels = any((line.level or 0) > 1 for line in lines)
    for run in (*_runs(keys, last), _cut_off(lines, keys, last)):
        heads = [last[keys[place]] for place in run if last.get(keys[place], -1) >= run.stop]
        for place in run:
            lines[place] = replace(lines[place], is_aside=True)
        for place in heads:
            if not has_levels:
                lines[place] = replace(lines[place], level=1)
    return replace(source, lines=tuple(lines))


def _runs(keys: Sequence[str], last: dict[str, int]) -> Iterator[range]:
    """Lines one below the other that all come again further down, each with something under it."""
    first = 0
    for place in range(len(keys) + 1):
        if place < len(keys) and last.get(keys[place], -1) > place and keys[place]:
            continue
        run = range(first, place)
        first = place + 1
        heads = sorted({last[keys[each]] for each in run})
        if len(heads) < max(FEWEST, len(run)) or heads[0] < run.stop:
            continue
        if sum(b - a == 1 for a, b in pairwise(heads)) * FEWEST < len(run):
            yield run


def _cut_off(lines: Sequence[Line], keys: Sequence[str], last: dict[str, int]) -> range:
    """The list that begins a page of which only the first of what it lists are told."""
    shown = [place for place, line in enumerate(lines) if not line.is_aside]
    first = shown[0] if shown else 0
    stop = first
    while stop < len(lines) and lines[stop].is_bullet and len(lines[stop].text) <= LONGEST:
        stop += 1
    come_again = sum(last.get(key, -1) >= stop for key in keys[first:stop])
    is_list = stop - first >= FEWEST_CUT_OFF and come_again >= FEWEST_AGAIN
    return range(first, stop) if is_list else range(0)


def _key(line: Line) -> str:
    """What an entry and its heading have in common; nothing for what is neither."""
    if line.cells or line.is_aside or len(line.text) > LONGEST or is_part(line.text):
        return ""
    said = IN_BRACKETS.sub("", NUMBER.sub("", f" {line.text}"))
    return "".join(filter(str.isalnum, said.casefold()))
