"""What calendars are made of, kept in memory: written entries, and whole answers.

A key holds every stamp that the bytes depend on, so a change makes another key and nothing is ever
found out of date; what nobody asks for any more is what is dropped first.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from webapp.formats.kept import Kept

MEGABYTE = 1_000_000
# 5,000 dates take some 10 MB for each of those who may see them.
ENTRIES_LIMIT = 24 * MEGABYTE
ANSWERS_LIMIT = 8 * MEGABYTE
# What each takes besides its bytes, as measured: the stamps in the key, the objects around them.
# Whoever asks for one filter after another leaves many answers with next to nothing in them.
BESIDE_ENTRY, BESIDE_ANSWER = 1_000, 5_000
# Rows read together to be written: a thousand, with all that is around them, take 20 MB.
AT_ONCE = 500

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Answer:
    """The bytes of one edition of a calendar, under which name and mark they are sent."""

    edition: Hashable
    body: bytes
    filename: str
    etag: str


def _room_of_entry(entry: bytes) -> int:
    return len(entry) + BESIDE_ENTRY


def _room_of_answer(answer: Answer) -> int:
    return len(answer.body) + BESIDE_ANSWER


entries: Kept[Hashable, bytes] = Kept(ENTRIES_LIMIT, _room_of_entry)
_writing = Lock()
answers: Kept[Hashable, Answer] = Kept(ANSWERS_LIMIT, _room_of_answer)


def written(
    keys: Sequence[Key], write: Callable[[list[Key]], Iterable[tuple[Key, bytes]]]
) -> list[bytes]:
    """The entry of each key, in order. `write` is asked for those that are not kept, some hundreds
    at a time; who comes while they are written waits, and finds them kept."""
    found = {key: entries.get(key) for key in keys}
    if None in found.values():
        with _writing:
            found = {key: entries.get(key) for key in keys}
            missing = [key for key, entry in found.items() if entry is None]
            for first in range(0, len(missing), AT_ONCE):
                for key, entry in write(missing[first : first + AT_ONCE]):
                    found[key] = entry
                    entries.put(key, entry)
    return [entry for entry in found.values() if entry is not None]


def forget() -> None:
    """Keep nothing of another database."""
    entries.clear()
    answers.clear()
