"""What an announcement says beside days and places: whom it is for, what it is about, how to book."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.formats import news_dates, news_times
from webapp.formats.announcements import AgendaLine, Sure, Words
from webapp.formats.news_source import Line, Source
from webapp.formats.news_speakers import agenda, speakers

_WHO = (
    r"target (?:audience|group)|(?:intended )?audience|who (?:should|can|could|may) (?:attend|come|go|apply|take part|join|book)|who(?:’s|'s| is) (?:it|this|the (?:course|training|session|event)|this training) (?:for|aimed at|open to)"
    r"|who for|for whom|who this (?:training|course) is for|aimed at|suitable for|open to|intended for|relevant to|for"
)
AUDIENCE_LABEL = re.compile(rf"^\W{{0,3}}(?:{_WHO})\s?(?:[:?]|\s[–—-]\s)+\s*(?=\S)", re.IGNORECASE)
AUDIENCE_ALONE = re.compile(rf"\W{{0,3}}(?:{_WHO})\s?[:?]?\W{{0,3}}", re.IGNORECASE)
_PEOPLE = (
    r"(?:practitioners?|professionals?|staff|colleagues|workers?|teachers?|governors?|trustees?|nurses|midwives|GPs?|visitors|managers|volunteers|carers|childminders|clergy|leads?|DSLs?|agenc(?:y|ies)|partners"
    r"|headteachers|officers|supervisors|people who|any(?:one|body)|those who|representatives|leaders|coaches|teams|practices|settings|committees|everyone|users|coordinators|deputies|assistants|employees|members|doctors|drivers|groups)"
)
AUDIENCE = re.compile(
    r"\b(?:aimed (?:primarily |mainly )?at|(?:is|are) (?:also )?open to|open to|suitable for|suited to|intended for|meant for|designed for|relevant (?:to|for)|free (?:to access )?for|(?:is|are|session|evening|course|briefing|morning|day|training|workshop|webinars?|induction|module)s? for|useful (?:to|for)|invit(?:ed|ing|es?)|^for(?=\s))"
    rf"\s+(?P<who>[^.;:!?\n]{{0,80}}?\b{_PEOPLE}\b[^.;!?\n]{{0,160}})",
    re.IGNORECASE,
)
AUDIENCE_FIRST = re.compile(
    rf"^(?P<who>[A-Z][^.;:!?\n]{{0,80}}?\b{_PEOPLE}\b[^.;:!?\n]{{0,100}}?)\s+(?:will find (?:it|this)|should (?:attend|come)|are (?:all )?(?:welcome|invited)|may (?:all )?(?:come|attend)|can (?:all )?(?:come|attend)|is welcome)\b",
    re.IGNORECASE,
)
BOOKING = re.compile(
    r"\b(?:book (?:a|your|one|two|on|onto|online|via|through|with|now|here|by|early|direct)\b|to (?:book|register|reserve|enrol|attend|sign up)\b|bookings?\b[^.]{0,40}\b(?:via|at|through|by|on|form)\b|(?:can|must|should|is|are|to) be booked|(?:both|all) booked|places (?:can be|are (?:booked|open))"
    r"|sign[- ]?(?:ing )?up|(?:reserve|secure|request|get) (?:a|your) (?:place|seat|space|ticket)|register (?:your|now|here|for|via|at|on|online|through|to)|register(?:ing)? (?:a|your) (?:place|interest)|enrol\b|no need to book|e-?mail\b[^.]{0,60}\b(?:for (?:the|a|your) (?:link|place|invit\w+|zoom|joining)|to book|book)|for (?:the )?joining details"
    r"|for (?:a )?places?|expressions? of interest|reply to this (?:message|mailbox)|eventbrite|teams link from|follow the link|booking (?:form|link|site)|use this link|(?:complete|using) the (?:online )?(?:booking )?form|invitation)\b",
    re.IGNORECASE,
)
NO_BOOKING = re.compile(
    r"\b(?:already (?:booked|have|hold)|if you have booked|people who have booked|places already booked|fully booked|cannot (?:come|attend)|charged?|book by|booking (?:closes|opens)|ring if)\b",
    re.IGNORECASE,
)
BOOKING_ALONE = re.compile(
    r"\W{0,3}(?:how (?:do i|to|can i) book(?: on| a place)?|booking(?: information| details)?|book(?:ing)? (?:here|now)|to book|book)\W{0,3}",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"\W{0,3}(?:book|book (?:now|here|your place|a place)|reserve a (?:seat|place)|get (?:a )?tickets?|register(?: here| now)?|sign up(?: here)?)\W{0,3}",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?:(?<!\w\.)[^.!?\n]|[.!?](?![\s]|$))+[.!?]*")
STAMP = re.compile(
    r"^\W{0,3}(?:published|posted|last (?:updated|reviewed)|updated|back to|read more|home >|page \d)\b",
    re.IGNORECASE,
)
ABOUT_ALONE = re.compile(
    r"\W{0,3}(?:course |event |session )?(?:outline|description|summary|overview|content|about (?:this|the) (?:course|event|session|training)|what (?:is it about|will be covered)|details)\W{0,3}",
    re.IGNORECASE,
)
LONGEST_BOOKING, SHORTEST_PROSE, MOST_OUTLINE = 240, 5, 40


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
    return Details(
        _audience(lines, title),
        _outline(lines, title, parts),
        _booking(lines),
        parts,
        speakers(lines, parts),
    )


def _audience(lines: Sequence[Line], title: Words) -> Words | None:
    for index, line in enumerate(lines):
        label = AUDIENCE_LABEL.match(line.text)
        if label:
            return _words(line, label.end(), len(line.text))
        for number, (start, end) in enumerate(line.cells[:-1]):
            if (
                AUDIENCE_ALONE.fullmatch(line.text[start - line.start : end - line.start])
                and len(line.cells) == 2
            ):
                start, end = line.cells[number + 1]
                return _words(line, start - line.start, end - line.start)
        if AUDIENCE_ALONE.fullmatch(line.text) and len(line.text) > 4 and index + 1 < len(lines):
            return _words(lines[index + 1], 0, len(lines[index + 1].text))
    for line in lines:
        for sentence in SENTENCE.finditer(line.text):
            for pattern in (AUDIENCE, AUDIENCE_FIRST):
                found = pattern.search(line.text[sentence.start() : sentence.end()].rstrip())
                if found:
                    start, end = found.span("who")
                    return _words(
                        line, sentence.start() + start, sentence.start() + end, Sure.INFERRED
                    )
    return None


def _booking(lines: Sequence[Line]) -> Words | None:
    """The first sentence that says how; a bare button only where none does."""
    button = None
    for line in lines:
        for start, end in _sentences(line.text):
            said = line.text[start:end]
            if BUTTON.fullmatch(said):
                button = button or _words(line, start, end)
            elif (
                BOOKING.search(said)
                and not NO_BOOKING.search(said)
                and not BOOKING_ALONE.fullmatch(said)
            ):
                return _words(line, start, min(end, start + LONGEST_BOOKING))
    return button


def _outline(lines: Sequence[Line], title: Words, parts: Sequence[AgendaLine]) -> Words | None:
    """The prose that is none of the rest."""
    kept: list[Line] = []
    spans = [(part.start, part.end) for part in parts]
    label_above = False
    for line in lines:
        text = line.text
        is_value, label_above = label_above, bool(AUDIENCE_ALONE.fullmatch(text) and len(text) > 4)
        if (
            line.start <= title.start < line.end
            or is_value
            or label_above
            or len(kept) >= MOST_OUTLINE
        ):
            continue
        if (
            any(start <= line.start < end for start, end in spans)
            or AUDIENCE_LABEL.match(text)
            or STAMP.match(text)
        ):
            continue
        if (
            ABOUT_ALONE.fullmatch(text)
            or line.cells
            or BOOKING.search(text)
            and len(text) < LONGEST_BOOKING
        ):
            continue
        days = news_dates.days(text)
        if (days or news_times.times(text)) and len(text) < 100:
            continue
        is_prose = len(text.split()) >= SHORTEST_PROSE and (
            text.rstrip()[-1:] in ".!?:" or len(text) > 60
        )
        if is_prose or (line.is_bullet and kept and len(text.split()) > 1):
            kept.append(line)
    if not kept:
        return None
    return Words("\n".join(line.text.strip() for line in kept), kept[0].start, kept[-1].end)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield start, end


def _words(line: Line, start: int, end: int, sure: Sure = Sure.WRITTEN) -> Words:
    said = line.text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip().rstrip(" .;,") if not said.rstrip().endswith("etc.") else said.strip()
    return Words(said, line.start + start, line.start + start + len(said), sure)
