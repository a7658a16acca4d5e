"""The sentences of a line, and its words without what stands around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from webapp.formats.announcements import Sure, Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import Row
from webapp.formats.news_source import Line

SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))+[.!?]*")
# Of the sentences on the line of a day.
SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)\u2019'\u201d\"])[.!?;](?=\s+[A-Z\u2018\u201c\"(])",
)
# No sentence is longer, and a page may be one line.
FAR = 400


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends."""
    for found in SENTENCE.finditer(text):
        lead = len(found[0]) - len(found[0].lstrip())
        if found.start() + lead < found.end():
            yield found.start() + lead, found.end()


def words_of(line: Line, start: int, end: int, sure: Sure = Sure.WRITTEN) -> Words:
    """These words of the line, without the spaces and the full stop around them."""
    said = line.text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip()
    if not said.endswith("etc."):
        said = said.rstrip(" .;,")
    return Words(said, line.start + start, line.start + start + len(said), sure)


def sentence_span(row: Row, start: int, end: int) -> tuple[int, int]:
    """Where in the line's text the sentence around these offsets of the page begins and ends."""
    text, at = row.line.text, row.line.start
    first = max(0, start - at - FAR)
    ends = [found.end() for found in SENTENCE_END.finditer(text, first, start - at)]
    stop = SENTENCE_END.search(text, end - at, end - at + FAR)
    return ends[-1] if ends else first, stop.start() if stop else min(len(text), end - at + FAR)


def has_time_in_sentence(row: Row, mention: Mention) -> bool:
    """Whether the sentence around this day says a time, too."""
    at = row.line.start
    first, last = sentence_span(row, mention.start, mention.end)
    next_one = bisect_left(row.times, at + first, key=lambda slot: slot.start)
    return next_one < len(row.times) and row.times[next_one].start - at <= last


def sentence_around(row: Row, start: int, end: int) -> tuple[str, str]:
    """What the sentence says before and after these offsets."""
    at = row.line.start
    first, last = sentence_span(row, start, end)
    text = _without_times(row, first, last)
    return text[: max(0, start - at - first)], text[end - at - first :]


def _without_times(row: Row, first: int, last: int) -> str:
    """A stretch of the line; "from 9.30 until 1pm on 6 May": that "until" is no deadline."""
    text, at = row.line.text, row.line.start
    said, here = [], first
    for slot in row.times[bisect_left(row.times, at + first, key=lambda each: each.end) :]:
        if slot.start - at >= last:
            break
        if slot.ends:
            start, end = max(here, slot.start - at), max(here, min(last, slot.end - at))
            said += [text[here:start], "@" * (end - start)]
            here = end
    return "".join([*said, text[here:last]])
