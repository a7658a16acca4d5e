"""Who speaks, and the parts of a day: agenda lines and the names of people in them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from webapp.formats import news_dates, news_times
from webapp.formats.announcements import AgendaLine, Sure, Words
from webapp.formats.news_source import Line

_STYLE = r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|PC|DC|DS|DI|DCI|Sgt|Rev(?:d|erend)?|Canon|Fr|Cllr|Councillor|Sir|Dame|Lady|Judge)\.? "
_PART = r"(?:O[’'])?(?:Mc|Mac)?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-’'][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+){0,2}"
_NAME = rf"(?:{_STYLE})?(?:{_PART}|[A-Z]\.) (?:(?:de|van|von|der|den|la|le|el|al|bin|da|di) ){{0,2}}(?:{_PART})(?: {_PART})?"
NAME = re.compile(_NAME)
# Words with a capital that are no part of anybody's name.
NO_NAME = re.compile(
    r"\b(?:panel|discussion|welcome|lunch|break|keynote|workshop|registration|coffee|tea|session|introduction|closing|opening|questions?|safeguarding|child(?:ren)?s?|young|people|team|teams|trust"
    r"|council|net|services?|partnership|police|board|health|microsoft|zoom|hub|centre|hall|room|house|school|academy|training|course|learning|development|social|care|early|help|family|families|adults?"
    r"|education|university|college|hospital|church|street|road|lane|avenue|online|virtual|domestic|abuse|neglect|harm|mental|capacity|act|review|practice|group|network|unit|project|charity|foundation|city|county|borough"
    r"|north|south|east|west|signs|safety|working|together|understanding|level|part|module|day|week|date|time|venue|book|free|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july"
    r"|august|september|october|november|december|cost|target|audience|all|this|these|the|our|your|what|how|who|why|when|where|local|national|office|officers|safe|voice|link|email|fire|rescue|trading|standards|standard|quaker|meeting)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:lead|teacher|manager|officer|head|professor|psychologist|psychiatrist|nurse|doctor|specialist|consultant|director|chair|chief|advis[eo]r|detective|inspector|sergeant|constable|superintendent|social worker|practitioner"
    r"|coordinator|co-ordinator|trainer|author|researcher|lecturer|midwife|paediatrician|solicitor|barrister|founder|survivor|commissioner|chaplain|archdeacon|worker|named|designated|independent|principal|president|reader|fellow)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:\b(?:speakers?|presenters?|trainers?|facilitators?|tutors?|session leads?|hosts?|keynotes?|leaders?|chair)(?: (?:will )?(?:includes?|are|is|from|be))*\s?:?\s"
    r"|\b(?:led|presented|delivered|facilitated|hosted|chaired|run|given|introduced|opened|taught|co-delivered|talks?|keynotes?) (?:jointly )?(?:by|from)\s|\b[Ww]ith\s|\bjoin(?:ed by)?\s|\bfrom\s(?=(?:Dr|Prof)))",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    rf"(?P<name>{_NAME})(?:,[^,.]{{1,60}},)?(?: from [^,.]{{1,60}}?)? (?:(?:will|is going to|is coming to) )?(?:gives?|giv(?:e|ing)|talks?|speaks?|presents?|explains?|leads?|takes? us|looks? at|joins? us|runs?|hosts?|delivers?|opens?|chairs?|shares?)\b"
)
_BRACKETED = re.compile(rf"\((?P<name>{_NAME})(?:,[^()]{{1,60}})?\)")
_IN_FRONT = re.compile(r"(?:(?:[A-Z]?[a-z-]+,? ){0,6})")
_BETWEEN = re.compile(r"[-–—:|]")
AGENDA_HEAD = re.compile(
    r"\b(?:agenda|programme|timetable|running order|order of the day|speakers|outline of the day|schedule)\b",
    re.IGNORECASE,
)
START = re.compile(r"^\W{0,3}$")
MOST_SPEAKERS = 30


def agenda(lines: Sequence[Line]) -> tuple[AgendaLine, ...]:
    """Lines of one day that begin with a time; none where they are sessions of their own."""
    found: list[tuple[int, AgendaLine, bool]] = []
    elsewhere, heads = False, 0
    for index, line in enumerate(lines):
        days = [(day.start, day.end) for day in news_dates.days(line.text)]
        slots = news_times.times(line.text, days)
        begins = slots[0] if slots and START.match(line.text[: slots[0].start]) else None
        heads += bool(days)
        if days or begins is None:
            elsewhere = elsewhere or any(slot.ends for slot in slots)
            continue
        rest = line.text[begins.end :]
        title = rest.strip(" \t:–—-|,.")
        if not any(map(str.isalpha, title)):
            elsewhere = elsewhere or begins.ends is not None
            continue
        at = line.start + begins.end + rest.index(title)
        part = AgendaLine(
            line.start + begins.start, at + len(title), begins.starts, *_speaker_of(title)
        )
        found.append((index, part, begins.ends is not None))
    ranges = sum(has_end for _, _, has_end in found)
    is_headed = (
        any(AGENDA_HEAD.search(line.text) for line in lines[: found[0][0]][-3:]) if found else False
    )
    rises = all(a[1].starts <= b[1].starts for a, b in pairwise(found))
    if len(found) < 2 or not rises or (heads > 1 and not is_headed):
        return ()
    if not (is_headed or elsewhere or ranges * 2 < len(found)) or (
        ranges and not elsewhere and not is_headed
    ):
        return ()
    return tuple(part for _, part, _ in found)


def speakers(lines: Sequence[Line], parts: Sequence[AgendaLine]) -> tuple[Words, ...]:
    """Who is said to speak, lead or present, each once."""
    found: dict[str, Words] = {}
    spans = [(part.start, part.end) for part in parts]
    for part in parts:
        if part.speaker:
            line = next(line for line in lines if line.start <= part.start < line.end)
            at = line.start + line.text.index(part.speaker)
            found.setdefault(_key(part.speaker), Words(part.speaker, at, at + len(part.speaker)))
    for line in lines:
        if any(start <= line.start < end for start, end in spans):
            continue
        for start, end, sure in _on_line(line):
            words = Words(line.text[start:end], line.start + start, line.start + end, sure)
            found.setdefault(_key(words.text), words)
    return tuple(list(found.values())[:MOST_SPEAKERS])


def is_name(said: str) -> bool:
    return bool(NAME.fullmatch(said)) and not NO_NAME.search(said)


def _on_line(line: Line) -> Iterator[tuple[int, int, Sure]]:
    text = line.text
    for lead in _LEADS.finditer(text):
        yield from _names(text, lead.end())
    for pattern in (_SPEAKS, _BRACKETED):
        for found in pattern.finditer(text):
            if is_name(found["name"]):
                yield (*found.span("name"), Sure.WRITTEN)
    first = NAME.match(text)
    if first and is_name(first[0]) and len(text) < 120:
        rest = text[first.end() :].lstrip()
        if (rest[:1] in "–—-," and ROLE.search(rest)) and not news_times.times(rest):
            yield (*first.span(), Sure.WRITTEN)
    for start, end in line.cells or _tabbed(text, line.start):
        said = text[start - line.start : end - line.start].strip()
        if is_name(said):
            at = text.index(said, start - line.start)
            yield at, at + len(said), Sure.GUESSED


def _names(text: str, start: int) -> Iterator[tuple[int, int, Sure]]:
    """The names of a list with what they are: "A of a charity; B of another and C"."""
    stop = re.compile(r"[.!?](?=\s|$)").search(text, start)
    end = (
        stop.start()
        if stop and not re.search(r"\b(?:Dr|Prof)$", text[start : stop.start()])
        else len(text)
    )
    begin = start
    while begin < end:
        lead = _IN_FRONT.match(text, begin, end)
        found = None
        for at in range(begin, min(end, (lead.end() if lead else begin) + 1)):
            if at == begin or text[at - 1] == " ":
                found = NAME.match(text, at, end)
                if found and is_name(_without_role(found[0])):
                    break
                found = None
        if found is None:
            return
        said = _without_role(found[0])
        at = found.end() - len(said)
        yield at, found.end(), Sure.WRITTEN
        more = re.compile(
            r"(?:\s*[;,&]|\s+and\b|\s+&|\s+(?:of|from)\b)[^;.]{0,80}?(?=(?:[;,&]|\band) ?"
            + _NAME
            + r")"
        ).match(text, found.end(), end)
        joint = re.compile(
            r"[^.]{0,80}?(?:[;,&]|\band\b)\s*(?:and )?(?=(?:[a-z-]+ ){0,4}" + _NAME + r")"
        ).match(text, found.end(), end)
        begin = joint.end() if joint else end
        del more


def _without_role(said: str) -> str:
    """ "Designated Nurse Hal Osgood" is Hal Osgood."""
    words = said.split()
    while len(words) > 2 and ROLE.fullmatch(words[0]):
        del words[0]
    return " ".join(words)


def _speaker_of(said: str) -> tuple[str, str | None]:
    """Title and speaker of a part: "Hari Sewell: The Relevance of Race", "Scams (Jo Penn, Police)"."""
    name = NAME.match(said)
    if name and is_name(name[0]) and _BETWEEN.match(said[name.end() :].lstrip()[:1]):
        return said[name.end() :].lstrip().lstrip(":–—-|").strip(), name[0]
    for pattern in (_BRACKETED, re.compile(rf"(?:\bwith|\bby|[-–—:|,]) (?P<name>{_NAME})")):
        for found in pattern.finditer(said):
            if is_name(found["name"]):
                title = said[: found.start()].strip(" ,:–—-|")
                return title or said, found["name"]
    return said, None


def _tabbed(text: str, offset: int) -> list[tuple[int, int]]:
    return (
        [(offset + each.start(), offset + each.end()) for each in re.finditer(r"[^\t|]+", text)]
        if "\t" in text
        else []
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split()[-2:])
