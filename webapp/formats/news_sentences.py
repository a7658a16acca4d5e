"""The sentences of a line, and its words without what stands around them."""

import re
from collections.abc import Iterator

from webapp.formats.announcements import Sure, Words
from webapp.formats.news_source import Line

SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))+[.!?]*")


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
