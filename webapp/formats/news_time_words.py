"""What stands around the times of a text: "to", "until"; and times that are said by the way."""

import re
from collections.abc import Sequence

from webapp.formats.news_clocks import COUNTED, HALF_DAY, Clock
from webapp.formats.news_vocabulary import either

DASH = r"[\-\u2010-\u2015\u2212~]"
TO = re.compile(
    rf" {{0,3}}{DASH}{{1,2}} {{0,3}}(?:approx\.? )?"
    rf"|(?: prompt)?(?: start)?,? {{1,2}}(?:{DASH} |and |to )?"
    r"(?:finish(?:es|ing)?|ends?|ending|close[sd]?|end time|finish time)(?: at| by)?[:.]? ?"
    rf"|(?: prompt)? start(?:,? to|,? until| ?{DASH}) ?"
    r"|,? {0,2}(?:to|until|till?|'til|\u2019til|through to|right through to)"
    r"(?: approx\.?| about| around)? {0,2}",
    re.IGNORECASE,
)
# "10am. We aim to finish by 3pm"; "10am and not 9.30am; it still ends at 1pm".
FINISHES = re.compile(
    r"(?: ?(?:prompt )?start)?[.,;]? (?:and |but )?(?:\w{1,6} ){0,4}"
    r"(?:finish(?:es|ing)?|end(?:s|ing)?|clos(?:e|es|ing)|conclud(?:es|ing)|over|until|till)"
    r"(?: promptly)?(?: at| by| around| about| approximately)* (?:lunch at )?",
    re.IGNORECASE,
)
BY_THE_WAY = re.compile(
    r" ?\([^()]{1,40}\)"
    r"|,? (?:and )?(?:not|instead of|rather than) (?:at )?\d[\d.:]{0,4}(?: ?[ap]m)?(?![\d.:])",
    re.IGNORECASE,
)
FARTHEST, LONGEST_BRACKETS = 60, 44
ENDS = re.compile(
    r"\b(?:until|till|(?:finish(?:es|ing)?|end(?:s|ing)?|clos(?:e|es|ing)|conclud(?:es|ing)|over)"
    r"(?: promptly)?(?: at| by))(?: around| about| approximately)? $"
    # "Day 1 ends at 4pm and Day 2 at 3.30pm"
    r"|\b(?:ends|finishes|closes) at \S{1,7} and [^.;]{1,14} at $",
    re.IGNORECASE,
)
# "Day 1 ends": no hour.
NUMBERED = re.compile(r"\b(?:day|module|part|session|week|group|cohort)s? $", re.IGNORECASE)
# When people come; what it was or is not.
_TEA = either(
    r"""registration | arrivals? | arrive | refreshments | coffee | tea | doors? | sign-?in
        networking | breakfast"""
)
TEA_BEFORE = re.compile(
    rf"\b{_TEA}\b(?:(?! (?:and|then|before|start|for))[^.,;\n\d|]){{0,24}}$"
    r"|\blunch (?:from|at|is at) $",
    re.IGNORECASE,
)
TEA_AFTER = re.compile(
    rf" ?(?:for )?{_TEA}\b(?= ?(?:[,;)&/+]|(?:and|then|for)\b|{DASH}|$))", re.IGNORECASE
)
NOT_THAT = re.compile(
    r"\b(?:not|instead of|rather than|previously|formerly|originally)(?: at)? $", re.IGNORECASE
)
RIGHT_TO = re.compile(rf" ?(?:{DASH}|to|until) ?", re.IGNORECASE)
# "Level 1 - 9.30-12.30": a start that is one already needs none before it.
HOURS_FOLLOW = re.compile(
    rf"\d{{1,2}}(?:[.:]\d\d)?(?: ?[ap]m)? ?(?:{DASH}|to|until) ?\d", re.IGNORECASE
)
NEAR = 40
# People come so many minutes before it begins.
LONGEST_TEA = 60


def leads_to(text: str, start: int, end: int) -> bool:
    """Whether what stands here between two times leads from a start to its end."""
    if end - start > FARTHEST + LONGEST_BRACKETS:
        return False
    between = BY_THE_WAY.sub("", text[start:end])
    if len(between) > FARTHEST:
        return False
    return bool(TO.fullmatch(between) or FINISHES.fullmatch(between))


def is_number(text: str, clock: Clock, end: int) -> bool:
    """Whether a plain number is that of a day or part, and what ends is not said to begin."""
    if not clock.is_bare:
        return False
    near = max(0, clock.start - NEAR)
    if COUNTED.search(text, near, clock.start) and HOURS_FOLLOW.match(text, end):
        return True
    is_after_word = NUMBERED.search(text, near, clock.start)
    return bool(is_after_word) and RIGHT_TO.fullmatch(text, clock.end, end) is None


def is_an_end(text: str, start: int) -> bool:
    """Whether the time that begins there is when something ends."""
    return ENDS.search(text, max(0, start - NEAR), start) is not None


def sorted_out(text: str, clocks: Sequence[Clock]) -> tuple[list[Clock], list[Clock]]:
    """The times that are starts or ends of something, and those said by the way.

    Where nothing else is left, somebody means what stands there.
    """
    kept: list[Clock] = []
    asides: list[Clock] = []
    at = 0
    while at < len(clocks):
        span = _range(text, clocks, at)
        (asides if _is_aside(text, span) else kept).extend(span)
        at += len(span)
    starts = [clock for clock in kept if not is_an_end(text, clock.start)]
    if any(clock.stands_alone for clock in starts) or len(starts) > 1:
        return kept, asides
    return list(clocks), []


def _range(text: str, clocks: Sequence[Clock], at: int) -> Sequence[Clock]:
    """A time, with the one that it lasts to if that is right behind."""
    two = clocks[at : at + 2]
    is_range = len(two) > 1 and RIGHT_TO.fullmatch(text, two[0].end, two[1].start)
    return two if is_range else two[:1]


def _is_aside(text: str, span: Sequence[Clock]) -> bool:
    first, last = span[0], span[-1]
    before = text[max(0, first.start - NEAR) : first.start]
    if NOT_THAT.search(before):
        return True
    is_tea = TEA_BEFORE.search(before) or TEA_AFTER.match(text, last.end, last.end + NEAR)
    return bool(is_tea) and (last.face - first.face) % HALF_DAY <= LONGEST_TEA
