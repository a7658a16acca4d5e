"""Words without case, accents and curls: as people look for them, and put them in order."""

import re
import unicodedata
from functools import cache

CURLED = "\N{RIGHT SINGLE QUOTATION MARK}"
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# Who agrees in so many letters stands side by side whatever follows; an index takes no long words.
LONGEST_KEY = 120


def plain(text: str) -> str:
    """As people look for words and expect them in a list: without case, accents and curls."""
    if text.isascii():
        return text.lower()  # the same, and ten times as fast in a long list
    return BEYOND_ASCII.sub(_bare, text.casefold())


def sort_key(text: str) -> str:
    """What a list of names is put in order by, sign by sign."""
    return plain(text)[:LONGEST_KEY]


def _bare(found: re.Match[str]) -> str:
    return _letters(found[0])


@cache
def _letters(sign: str) -> str:
    """What is left of one sign without its accents; long lists have the same few over and over."""
    found = unicodedata.normalize("NFKD", sign).replace(CURLED, "'")
    # Some signs are capitals only now: a trademark's, or that of a number.
    return "".join(one for one in found if not unicodedata.combining(one)).casefold()
