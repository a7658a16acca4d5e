"""Passwords that somebody would try first: words that anybody here would think of, signs in a row,
and next to nothing besides."""

import re
from collections.abc import Iterable

# What the service is about, who is in it, and what people everywhere begin a password with.
WORDS = (
    *("safeguarding", "training", "partnership", "children", "child", "adults", "families"),
    *("council", "police", "school", "course", "booking", "team", "board", "protection"),
    *("administrator", "admin", "organiser", "trainer", "reporter", "manager", "demonstration"),
    *("password", "passphrase", "welcome", "letmein", "login", "secret", "changeme", "iloveyou"),
    *("spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june"),
    *("july", "august", "september", "october", "november", "december", "monday", "tuesday"),
    *("wednesday", "thursday", "friday", "saturday", "sunday", "christmas", "football"),
)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123", "qwertyuiop", "asdfghjkl", "zxcvbnm")
IN_A_ROW = {
    row[at : at + 3] for line in ROWS for row in (line, line[::-1]) for at in range(len(row) - 2)
}
# Signs that people write for letters.
MEANT = str.maketrans("013457@$!", "oieastasi")
# So many different signs have to be left when all that is taken out, of the first so many.
LEAST, LOOKED_AT = 5, 200


def is_easy(password: str, known: Iterable[str]) -> bool:
    """Whether next to nothing is left of it without words that anybody would think of. `known`
    says what else they are here: the name of the partnership, the name and address of whose it is.
    """
    typed = password[:LOOKED_AT].casefold()
    words = {word for said in (*WORDS, *known) for word in _words(said) if len(word) > 2}
    gone = _places(typed, words | IN_A_ROW) | _places(typed.translate(MEANT), words)
    left = {sign for at, sign in enumerate(typed) if at not in gone and not sign.isspace()}
    return len(left) < LEAST


def _places(text: str, words: set[str]) -> set[int]:
    """Where in the text any of the words stands."""
    starts = [(at, word) for word in words if word in text for at in range(len(text))]
    return {at + on for at, word in starts if text.startswith(word, at) for on in range(len(word))}


def _words(said: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", said.casefold())
