"""A line that is a title, then its day, then what it costs or how long it lasts."""

import re

from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import looks_like_a_title
from webapp.formats.news_rows import Row
from webapp.formats.news_vocabulary import either

# What begins right after the day.
PRICE = re.compile(
    r"[\s.,;:|()\u2013\u2014-]{0,6}"
    + either(
        r"""(?:costs?|price[ds]?|fees?|charges?|tickets?)\b[\s:]{0,3}(?:at |from |is |are )?\
            (?:\u00a3|\u20ac|free|nil|no)
            [\u00a3\u20ac]\s?\d | free\b | no (?:charge|cost|fee)\b | funded\b
            (?:half|full|whole|one|two|1|2|all)[- ](?:a[- ])?days?\b
            (?:half|full) (?:morning|afternoon)\b"""
    ),
    re.IGNORECASE,
)


def is_priced(row: Row, mention: Mention) -> bool:
    """Whether a title stands before the day and its price after it: "Seeing Neglect 6 May 2025. £90
    with lunch". A bid, or a sentence, is no such title."""
    text, first, last = row.line.text, mention.start - row.line.start, mention.end - row.line.start
    before = text[:first].rstrip(" \t-\u2013\u2014|:,(")
    return looks_like_a_title(before) and PRICE.match(text, last) is not None
