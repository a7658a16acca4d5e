"""What an announcement says beside days and places: for whom, what about, how to book."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.formats import news_dates, news_times
from webapp.formats.announcements import AgendaLine, Sure, Words
from webapp.formats.news_booking import BOOKING, LONGEST_BOOKING, booking
from webapp.formats.news_sentences import sentences, words_of
from webapp.formats.news_source import Line, Source
from webapp.formats.news_speakers import agenda, speakers
from webapp.formats.news_vocabulary import either

_WHO = either(
    r"""target (?:audience|group) | (?:intended )?audience | whom? for | suitable for | aimed at
        who (?:should|can|could|may) (?:attend|come|go|apply|take part|join|book)
        who(?:\u2019s|'s| is) (?:it|this|the (?:course|training|session|event)) (?:for|aimed at|\
        open to)
        who this (?:training|course|event) is for | open to | intended for | relevant to | for
        who"""
)
AUDIENCE_LABEL = re.compile(
    rf"^\W{{0,3}}{_WHO}\s?(?:[:?]|\s[\u2013\u2014-]\s)+\s*(?=\S)", re.IGNORECASE
)
AUDIENCE_ALONE = re.compile(rf"\W{{0,3}}{_WHO}\s?[:?]?\W{{0,3}}", re.IGNORECASE)
_PEOPLE = either(
    r"""practitioners? | professionals? | staff | colleagues | workers? | teachers? | governors?
        trustees? | nurses | midwives | GPs? | practices | visitors | managers | volunteers
        carers | childminders | users | clergy | leads? | DSLs? | agenc(?:y|ies) | partners
        headteachers | officers | supervisors | teams | any(?:one|body) | everyone
        (?:those|people) who | representatives | leaders | coaches | settings | committees
        coordinators | deputies | assistants | employees | members | doctors | drivers | groups
        PSOs | champions | priests | deacons | parents | pharmacists | paramedics | chairs
        people (?:living|working) | practices? | supervisors | schools | churchwardens?"""
)
_FOR = either(
    r"""aimed (?:primarily |mainly )?at | (?:is|are) (?:also )?open to | open to | meant for
        intended for | suitable for | suited to | designed for | relevant (?:to|for)
        free (?:to access )?for | useful (?:to|for)
        (?:is|are|day|morning|evening|half day|session|course|briefing|training|workshop|webinar|\
        induction)s? for
        (?:programme|refresher|forum|conference)s? for | suits? | training to
        (?:a|the|full) day with [^.;:!?]{1,40} for | ^for | , for"""
)
AUDIENCE = re.compile(
    rf"\b{_FOR}\s+(?P<who>[^.;:!?\n]{{0,80}}?\b{_PEOPLE}\b[^.;!?\n]{{0,160}})", re.IGNORECASE
)
AUDIENCE_FIRST = re.compile(
    rf"^(?P<who>[A-Z][^.;:!?\n]{{0,80}}?\b{_PEOPLE}\b[^.;:!?\n]{{0,100}}?)\s+"
    r"(?:will find (?:it|this)|should (?:attend|come)|(?:may|can) (?:all )?(?:come|attend)"
    r"|(?:is|are) (?:all |especially |asked |very )*(?:welcome|invited|to))\b",
    re.IGNORECASE,
)
AUDIENCE_IN_TITLE = re.compile(
    rf"\bfor (?P<who>[^:\u2013\u2014(]{{0,60}}\b{_PEOPLE}\b[^:\u2013\u2014(]{{0,40}})", re.I
)
STAMP = re.compile(
    r"^\W{0,3}(?:published|posted|last (?:updated|reviewed)|updated|back to|read more|home >"
    r"|page \d)\b",
    re.IGNORECASE,
)
ABOUT_ALONE = re.compile(
    r"\W{0,3}(?:course |event |session )?(?:outline|description|summary|overview|content|details"
    r"|about (?:this|the) (?:course|event|session|training)|what (?:is it about"
    r"|will be covered))\W{0,3}",
    re.IGNORECASE,
)
SHORTEST_PROSE, MOST_OUTLINE = 5, 40


@dataclass(frozen=True)
class Details:
    audience: Words | None
    outline: Words | None
    booking: Words | None
    agenda: tuple[AgendaLine, ...]
    speakers: tuple[Words, ...]


def details(lines: Sequence[Line], source: Source, title: Words) -> Details:
    """What these lines, which belong to one announcement, say of it."""
    parts = agenda(lines)
    audience = _labelled_audience(lines) or _audience_in_prose(lines) or _audience_in_title(title)
    outline = _outline(lines, title, parts)
    return Details(audience, outline, booking(lines), parts, speakers(lines, parts))


def _labelled_audience(lines: Sequence[Line]) -> Words | None:
    for index, line in enumerate(lines):
        label = AUDIENCE_LABEL.match(line.text)
        if label and not BOOKING.search(label[0]):
            return words_of(line, label.end(), len(line.text))
        if len(line.cells) == 2 and AUDIENCE_ALONE.fullmatch(_cell(line, 0)):
            start, end = line.cells[1]
            return words_of(line, start - line.start, end - line.start)
        if AUDIENCE_ALONE.fullmatch(line.text) and index + 1 < len(lines):
            return words_of(lines[index + 1], 0, len(lines[index + 1].text))
    return None


def _audience_in_prose(lines: Sequence[Line]) -> Words | None:
    for line in lines:
        for start, end in sentences(line.text):
            said = line.text[start:end]
            found = AUDIENCE.search(said) or AUDIENCE_FIRST.search(said)
            if found:
                first, last = found.span("who")
                return words_of(line, start + first, start + last, Sure.INFERRED)
    return None


def _audience_in_title(title: Words) -> Words | None:
    found = AUDIENCE_IN_TITLE.search(title.text)
    if found is None:
        return None
    said = found["who"].strip(" ,")
    at = title.start + found.start("who")
    return Words(said, at, at + len(said), Sure.INFERRED)


def _outline(lines: Sequence[Line], title: Words, parts: Sequence[AgendaLine]) -> Words | None:
    """The prose that is none of the rest, and the lists in it."""
    kept: list[Line] = []
    away = {part.start for part in parts}
    is_value = False
    for line in lines:
        is_label = bool(AUDIENCE_ALONE.fullmatch(line.text))
        is_told = line.start <= title.start < line.end or line.start in away or is_value or is_label
        is_value = is_label
        if not is_told and _is_prose(line, bool(kept)) and len(kept) < MOST_OUTLINE:
            kept.append(line)
    if not kept:
        return next(filter(None, (_told_beside(line, title) for line in lines)), None)
    said = "\n".join(line.text.strip() for line in kept)
    return Words(said, kept[0].start, kept[-1].end)


def _told_beside(line: Line, title: Words) -> Words | None:
    """Of a paragraph that says everything, the sentences without days, times and booking."""
    if _is_apart(line):
        return None
    is_titled = line.start <= title.start < line.end
    first = title.end - line.start if is_titled else 0
    told = [
        (start, end)
        for start, end in sentences(line.text)
        if start >= first and _tells_what_it_is(line.text[start:end])
    ]
    if not told:
        return None
    said = " ".join(line.text[start:end] for start, end in told)
    return Words(said, line.start + told[0][0], line.start + told[-1][1])


def _tells_what_it_is(sentence: str) -> bool:
    is_whole = sentence.endswith((".", "!", "?")) and len(sentence.split()) >= SHORTEST_PROSE
    is_when_or_how = (
        BOOKING.search(sentence) or news_dates.days(sentence) or news_times.times(sentence)
    )
    return is_whole and not is_when_or_how


def _is_apart(line: Line) -> bool:
    """Whether the line is of a table, a margin or a label, and tells nothing of what it is."""
    is_said_elsewhere = AUDIENCE_LABEL.match(line.text) or STAMP.match(line.text)
    return bool(line.cells or line.is_aside or is_said_elsewhere)


def _is_prose(line: Line, has_some: bool) -> bool:
    text = line.text
    if _is_apart(line):
        return False
    if ABOUT_ALONE.fullmatch(text) or (len(text) < LONGEST_BOOKING and BOOKING.search(text)):
        return False
    count = len(text.split())
    if len(text) < 100 and (news_dates.days(text) or news_times.times(text)):
        return False
    if line.is_bullet:
        return has_some and count > 1
    if text.rstrip().endswith(":"):
        return count > 2
    return count >= SHORTEST_PROSE and (text.rstrip()[-1:] in ".!?" or len(text) > 60)


def _cell(line: Line, number: int) -> str:
    start, end = line.cells[number]
    return line.text[start - line.start : end - line.start]
