"""Text that people typed, made fit for places that have a grammar: a header, a calendar line."""

import re
import unicodedata

# Line breaks of every kind that some program somewhere takes for one.
BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Most text has nothing but these.
ODD = re.compile(r"[^\n\t -~]")
# Control characters and halves of characters; emoji joiners and right-to-left marks may stay.
UNFIT = {"Cc", "Cs"}


def lines(text: str) -> str:
    """The same text with plain line feeds and tabs, and no other control character."""
    if not ODD.search(text):
        return text
    broken = BREAKS.sub("\n", text)
    return "".join(c for c in broken if c in "\n\t" or unicodedata.category(c) not in UNFIT)


def one_line(text: str) -> str:
    """The same words on one line, one space between them."""
    return " ".join(lines(text).split())


def slug(text: str) -> str:
    """The words as a file name holds them: "harmful-sexual-behaviour"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-")
