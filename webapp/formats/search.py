"""Finding what somebody typed in what we wrote, whatever the case or the accents of either."""

from collections.abc import Iterable

from webapp.plain import plain as plain


def speaks_of(typed: str, said: Iterable[str]) -> bool:
    """Whether every word of `typed` occurs somewhere in `said`.

    Not left to the database: SQLite knows no case but that of ASCII, and topics are kept as JSON.
    Nothing typed is special: "%" finds a percent sign.
    """
    return holds(plain(typed).split(), " ".join(said))


def holds(words: Iterable[str], text: str) -> bool:
    """The same of words that are plain already, for who looks through many texts."""
    return all(map(plain(text).__contains__, words))
