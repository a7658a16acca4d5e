"""Trainings that a sentence names in quotation marks, each with its day beside its name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from webapp.formats.announcements import Words
from webapp.formats.news_calendar import MONTHS, WEEKDAYS
from webapp.formats.news_title_words import NAMED_KIND
from webapp.formats.news_vocabulary import either

_DAY = (
    rf"(?:(?:{'|'.join(WEEKDAYS)}),? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?"
    rf"(?:{'|'.join(MONTHS)})\b"
)
_WHAT = '(?-i:[A-Z])[^\u2018\u201c\u201d"\n]{5,100}'
# "“Seeing Neglect” is on Tuesday 6 May, and “Chairing Well” will be held again on 8 May"; which
# level it is may stand before its name: "Level 2 “Seeing Neglect” on 6 May".
_NAME_FIRST = (
    r"(?P<level>\b(?:level|tier|stage|module) [1-9][a-d]?:? )?"
    rf"[\u2018\u201c\"'](?P<what>{_WHAT})[\u2019\u201d\"'],? "
    rf"(?:{either('is | will be | takes place | will take place | runs | will run | follows')} )?"
    rf"(?:held )?(?:again )?(?:on )?(?:the )?(?={_DAY})"
)
# "On Tuesday 6 May from 1pm there is a briefing on “Seeing Neglect”, and on 8 May one on …".
_DAY_FIRST = (
    rf"\bon {_DAY}(?P<between>(?:[^.!?\u2018\u201c\"\n]|\.(?=\d)){{0,90}}?)"
    rf"[\u2018\u201c\"](?P<which>{_WHAT})[\u2019\u201d\"]"
)
TOLD = re.compile(f"{_NAME_FIRST}|{_DAY_FIRST}", re.IGNORECASE)
ONE_ON = re.compile(r"\b(?:one|another) (?:on|about|called)\b")
SENTENCE_END = re.compile(r"[.!?]\u201d?\s+(?=[A-Z\u2018\u201c])")


def named(text: str) -> Words | None:
    """The training that this line begins by telling of, and where its name stands in it."""
    found = TOLD.match(text)
    if found is None or not _is_training(found):
        return None
    start, end = found.span("what" if found["what"] else "which")
    if found["level"]:
        start, end = found.start("level"), end + 1
    return Words(text[start:end], start, end)


def apart(text: str) -> Iterator[tuple[int, int]]:
    """Where a line that tells of several such trainings is to be cut, else the whole of it."""
    told = [found for found in TOLD.finditer(text) if _is_training(found)]
    cuts = list[int]()
    if len(told) > 1:
        # A name may end with the sentence: "one on “Where Do I Start?” Both are on Teams."
        end = SENTENCE_END.search(text, told[-1].end() - 2)
        cuts = [*(found.start() for found in told), end.end() if end else len(text)]
    for first, last in pairwise([0, *cuts, len(text)]):
        if said := text[first:last].rstrip():
            yield first, first + len(said)


def _is_training(found: re.Match[str]) -> bool:
    """A name before its day is what is held then; one after it may be of anything."""
    between = found["between"]
    return between is None or bool(NAMED_KIND.search(between) or ONE_ON.search(between))
