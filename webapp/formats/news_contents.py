"""The contents at the top of a newsletter: they announce nothing, but say what its headings are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from webapp.formats.news_headings import IN_BRACKETS, is_part
from webapp.formats.news_source import Line, Source

# Fewer lines that come again are no list of contents, and no line of one is longer.
FEWEST, LONGEST = 3, 120
# The number before an entry, and that of its page behind it.
NUMBER = re.compile(r"^\W*\d{0,2}[.):]?\s+|[\s.\u2026]{1,99}\d{1,3}$")


def told_apart(source: Source) -> Source:
    """The page with its contents set aside, and with what they list as headings."""
    lines = list(source.lines)
    keys = [_key(line) for line in lines]
    last = {key: place for place, key in enumerate(keys) if not lines[place].is_bullet}
    has_levels = any((line.level or 0) > 1 for line in lines)
    for run in _runs(keys, last):
        heads = [last[keys[place]] for place in run]
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


def _key(line: Line) -> str:
    """What an entry and its heading have in common; nothing for what is neither."""
    if line.cells or line.is_aside or len(line.text) > LONGEST or is_part(line.text):
        return ""
    said = IN_BRACKETS.sub("", NUMBER.sub("", f" {line.text}"))
    return "".join(filter(str.isalnum, said.casefold()))
