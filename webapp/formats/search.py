"""Finding what somebody typed in what we wrote, whatever the case or the accents of either."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def speaks_of(typed: str, said: Iterable[str]) -> bool:
    """Whether every word of `typed` occurs somewhere in `said`.

    Not left to the database: SQLite knows no case but that of ASCII, and topics are kept as JSON.
    Nothing typed is special: "%" finds a percent sign.
    """
    return holds(plain(typed).split(), " ".join(said))


def holds(words: Iterable[str], text: str) -> bool:
    """The same of words that are plain already, for who looks through many texts."""
    return all(map(plain(text).__contains__, words))


def plain(text: str) -> str:
    """As people look for words and expect them in a list: without case, accents and curls."""
    if text.isascii():
        return text.lower()  # the same, and ten times as fast in a long list
    return BEYOND_ASCII.sub(_bare, text.casefold())


def _bare(found: re.Match[str]) -> str:
    return _letters(found[0])


@cache
def _letters(sign: str) -> str:
    """What is left of one sign without its accents; long lists have the same few over and over."""
    found = unicodedata.normalize("NFKD", sign).replace(CURLED, "'")
    return "".join(letter for letter in found if not unicodedata.combining(letter))
