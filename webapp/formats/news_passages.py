"""A page cut into what announces something and what stands between, its found words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.formats.announcements import AgendaLine, Item, Session


@dataclass(frozen=True)
class Piece:
    """Some words of the page, as they stand there."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class Passage:
    """A stretch of the page. `number` is the item's, from 1; None is what nobody announces."""

    number: int | None
    pieces: tuple[Piece, ...]


def cut(text: str, items: Sequence[Item]) -> list[Passage]:
    """The whole page in order: each item's passage, and the text before, between and after.

    Of items inside one another each has its own words in full; what lies between is said once.
    """
    passages: list[Passage] = []
    here = 0
    for number, item in enumerate(items, start=1):
        passages += _between(text[here : item.start])
        passages.append(Passage(number, tuple(_pieces(text, item))))
        here = max(here, item.end)
    return passages + _between(text[here:])


def _between(text: str) -> list[Passage]:
    return [Passage(None, (Piece(text.strip()),))] if text.strip() else []


def _pieces(text: str, item: Item) -> Iterator[Piece]:
    """The words found inside the item are marked; of two that overlap, the one that begins."""
    here = item.start
    for start, end in sorted(_found(item)):
        if here <= start < end <= item.end:
            yield from _plain(text[here:start])
            yield Piece(text[start:end], is_marked=True)
            here = end
    yield from _plain(text[here : item.end])


def _plain(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(text)


def _found(item: Item) -> Iterable[tuple[int, int]]:
    """Where the values stand that a draft is made of; the outline is the rest of the words."""
    sessions = (*item.sessions, *item.called_off)
    words = [
        item.title,
        item.published_words,
        item.venue,
        item.audience,
        item.booking,
        *item.speakers,
        *(session.venue for session in sessions),
    ]
    yield from ((one.start, one.end) for one in words if one)
    timed: list[Session | AgendaLine] = [*sessions, *item.agenda]
    yield from ((one.start, one.end) for one in timed)
