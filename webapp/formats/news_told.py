"""Trainings that running prose names, each with its day in the same clause: "There are spaces on
Seeing Neglect, 6 May, 10am, and on Chairing Well on 8 May. On 13 May we talk about Hoarding."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from webapp.formats import news_dates, news_times
from webapp.formats.announcements import Words
from webapp.formats.news_calendar import MONTHS
from webapp.formats.news_heading_words import FINITE, SHELF
from webapp.formats.news_place_words import is_place
from webapp.formats.news_vocabulary import SUBJECT, TRAINING, either

# A shorter line tells nothing, and nobody writes a longer paragraph.
SHORTEST, LONGEST = 40, 4_000
# A paragraph with more days is a list, and each name is looked for up to all of them.
MOST_DAYS = 24
# So far before a name stands what leads to it.
NEAR = 70
# Days and times as they stand in a masked text.
DAY, TIME = "\x01", "\x02"
_SMALL = (
    "of|the|and|for|to|in|with|a|an|from|about|by|or|&|your|our|on|into|what|when|how|at(?= Risk)"
)
_WORD = r"(?:[A-Z][\w\u2019'&/-]*|\d{1,2}(?![\w.:]))"
_KIND = either(
    r"""(?:half-day |one-day |two-day |refresher )?(?:courses? | training | workshops?
        briefings? | webinars? | seminars? | sessions? | study days? | talks? | drop-ins?
        masterclass(?:es)? | lunch (?:and|&) learns? | refresher | induction | conference
        forum | modules?)"""
)
_PLAIN = (
    rf"(?<![\w\u2019'&/-])[A-Z][\w\u2019'&/-]*"
    rf"(?:(?:: | [\u2013-] | )(?:(?:{_SMALL}) ){{0,2}}{_WORD}){{0,12}}"
    rf"(?: {_KIND}\b)?(?: \([A-Z]{{2,8}}\))?"
)
_QUOTED = r"[\u2018\u201c\"][A-Z][^\u2018\u201c\u201d\"\n\x01\x02]{5,100}[\u2019\u201d\"]"
_VERB = either(
    "is | are | will | ha(?:s|ve) (?:now )?been (?:re-?arranged|rescheduled|moved) | takes? place"
    " | runs? | starts? | begins? | follows? | returns? | comes?"
    " | you can(?: now| also| still)? (?:come|join|attend|book|catch)"
)
# "a lunchtime talk on cuckooing", "our briefing for frontline staff about the audit".
_TOLD_SMALL = (
    rf"(?:(?<=\b[Aa] )|(?<=\b[Aa]n )|(?<=\b[Tt]he )|(?<=\b[Oo]ur ))"
    rf"(?:(?!(?:{_SMALL}|will|has|have|at)\b)[a-z-]+ ){{0,4}}{_KIND} "
    r"(?:(?:for|with) (?:[a-z-]+ ){1,3})?"
    rf"(?:on|about)(?! ?(?:the )?{DAY})"
    rf"(?: (?!(?:at|on|which|that|from|led|{_VERB})\b)[\w\u2019'-]+){{1,7}}"
)
_NAME = rf"(?P<what>{_QUOTED}|{_PLAIN}|{_TOLD_SMALL})"
_JOINS = "held|again|on|at|from|between|the|starts?|starting|morning|afternoon|evening|of"
# Between a name and its day stand a few small words, a time, a bracket; or a verb and where.
_BESIDE = rf"(?:[\s,;:(\u2013-]{{1,3}}(?:(?:{_JOINS}|{TIME}+)(?=[\s,]))?){{1,7}}{DAY}"
_ASIDE = rf"(?:, (?:with|led by|for|from|open to) [^,.{DAY}]{{3,50}},| \([^(){DAY}]{{3,60}}\),?|,)?"
_THEN = rf"{_ASIDE}(?: which| that)? {_VERB}\b[^.!?;{DAY}]{{0,80}}?{DAY}"
# Right before a name which says itself no subject.
_LEAD = (
    r"\b(?:"
    + either(
        r"""(?:places?|spaces?|seats?|bookings?|registration|tickets?|room)(?: [\w-]+){0,5}\
            (?: on| for| at)
            (?:run|runs|running|hosts?|hosting|hold|holds|holding|delivers?|delivering|offers?\
            |offering|presents?|presenting|leads?|leading|book(?: on(?: ?to)?)?|attend|catch)
            (?:join us|come|come along) (?:for|at|to) | called | titled | entitled | named"""
    )
    + rf"(?: (?:the|our|a|an|free|new|next|this|his|her|their))*|{_KIND}(?: [^,.;:]{{1,40}})?[,:]"
    r"(?: and| or)?(?: on| for)?(?: the| our)?) "
)
LEAD = re.compile(f"{_LEAD}$", re.IGNORECASE)
# There a name may be written as sentences are: "places on Makaton for beginners, 6 May".
_AS_WRITTEN = (
    r"(?P<what>[A-Z][\w\u2019'-]+"
    r"(?: (?!(?:on|at|is|are|will|which|that|from)\b)[\w\u2019'&-]+){1,8})"
)
LED = re.compile(f"(?i:{_LEAD}){_AS_WRITTEN}{_BESIDE}{DAY}*")
_WHERE = rf"(?: (?:at|in) (?:the )?(?!Risk\b)[A-Z][^.;(){DAY}{TIME}]{{3,70}}?)?"
NAME_FIRST = re.compile(rf"{_NAME}(?:{_WHERE}{_BESIDE}|{_THEN}){DAY}*")
_LEADS_IN = either(
    r"""for | about | on | of | run | runs | running | lead | leads | leading | hold | holding
        deliver | delivers | called | titled | entitled | is"""
)
DAY_FIRST = re.compile(
    rf"{DAY}+(?P<between>[^.!?;{DAY}]{{0,110}}?(?: {_LEADS_IN}(?: the| our| a| an)?|{_KIND}[,:])) "
    rf"{_NAME}(?=[.,;:!?)]|$| (?:at|in|with|and|from|for)\b| ?{TIME})"
)
# Bodies, papers and feasts have days, too.
NO_TRAINING = re.compile(
    r"\b"
    + either(
        r"""Board | Committee | Executive | Group | Sub-?group | Cabinet | Council | Trust | Team
            Partnership | Partners | Panel | Service | Unit | Hub | Agency | Authority | Police
            Act | Bill | Policy | Strategy | Guidance | Protocol | Report | Review | Audit | Plan
            Toolkit | Framework | Procedures? | Consultation | Survey | Newsletter | Bulletin
            Weeks? | Month | Awareness Day | Day of \w.* | (?:World|National|Annual)\b.* Day
            Awards? | AGM | Meetings? | Officer
            Manager | Lead | Leads | Chair | Director | Grants? | Fund | Fair | Fayre"""
    )
    + "$",
    re.IGNORECASE,
)
# Between a name and a day which is none to come to.
NOT_ON = re.compile(
    r"\b(?:until|by|before|available|clos(?:es?|ed)|deadline|published|launched)\b[^.]*$"
)
# Words that name nothing, alone or together: "Zoom session".
NAMELESS = SHELF | {"zoom", "teams", "ms", "microsoft", "next", "session", "day", "event"}
# What begins a sentence and no name.
FIRST = re.compile(
    r"(?:(?:Drop|Pop|Call) in to|Visit|The|Our|This|A|An|Join|Book|Attend|Then|And|Next|Also"
    r"|On|At|From|For|In|Please|New|We"
    r"|It|Come|If|There|Both|All|Each|Half|Full) (?=[A-Z])"
)
IN_A_MONTH = re.compile(rf" in (?:{'|'.join(MONTHS)})$", re.IGNORECASE)
SENTENCE_END = re.compile(
    r"(?<!\bSt)(?<!\b[DM]r)(?<!\bMs)(?<!\bMrs)[.!?][)\u2019\u201d\"]?\s+(?=[A-Z\d\u2018\u201c\"(])"
)
CLAUSE_END = re.compile(r"[,;]\s+(?:and\s+|or\s+|while\s+)?|\s+(?:and|or|while)\s+")
# A sentence with a day that goes on to tell of the training before.
GOES_ON = re.compile(
    r"(?:(?:It|They|This|These|That|There|Each|Doors|Start|Registration|Lunch)\b|.*?\b(?:"
    r"again|repeat(?:ed|s)?|second|another|other|further|also|same|next one|one after|session|day"
    r")\b)"
)
OF_ALL = re.compile(r"(?:Both|All)\b")
# Right after a day.
HOURS = re.compile(rf"[\s,;:(|@\u2013-]{{0,4}}(?:(?:at|from) )?{TIME}+[).*]*")
AGAIN = re.compile(r"\b(?:again|repeat(?:ed|s)?|another|further|second)\b")


@dataclass(frozen=True)
class _Told:
    """Where a clause begins, the span of the name in it, and whether it says "again"."""

    start: int
    name: tuple[int, int]
    is_again: bool


def named(text: str) -> Words | None:
    """The training that the first such clause of a line names, and where its name stands."""
    for told in _all(text):
        start, end = told.name
        return Words(text[start:end], start, end)
    return None


def apart(text: str) -> list[tuple[int, int]]:
    """Where a paragraph is to be cut, so that each training has a line of its own, and what is
    told beside them, too; else nothing."""
    told = list(_all(text))
    spans = _sentences(text) if told else ()
    others = [start for start, end in spans if _is_apart(text, start, end, told)]
    is_first = bool(told) and not news_dates.days(text[: told[0].start])
    if len(told) + len(others) < 1 + is_first:
        return []
    cuts = {*others, *(one.start for one in told)}
    bounds = [0, *sorted(cuts - {0}), len(text)]
    return [(a, a + len(said)) for a, b in pairwise(bounds) if (said := text[a:b].rstrip())]


def _all(text: str) -> Iterator[_Told]:
    if not SHORTEST <= len(text) <= LONGEST or not (masked := _masked(text)):
        return
    names = list[str]()
    for start, end in _sentences(masked):
        for told in _of_sentence(masked, start, end):
            name = text[slice(*told.name)]
            if not (told.is_again and any(name in other for other in names)):
                yield told
            names.append(name)


def _of_sentence(masked: str, start: int, end: int) -> Iterator[_Told]:
    """The clauses in their order: a name and its day, or a day and what is told of on it."""
    at, before = start, start
    while found := _next(masked, at, end):
        name, at = _name(masked, found), found.end()
        if name is None:
            # No part of what is none is the name of one.
            at = found.end("what")
            continue
        ends = [one.end() for one in CLAUSE_END.finditer(masked, before, found.start())]
        begin = ends[-1] if ends and before > start else before
        yield _Told(begin, name, bool(AGAIN.search(found[0])))
        # Its hours are no part of what is told next.
        hours = HOURS.match(masked, at, end)
        before = hours.end() if hours else at


def _next(masked: str, at: int, end: int) -> re.Match[str] | None:
    found = (pattern.search(masked, at, end) for pattern in (DAY_FIRST, LED, NAME_FIRST))
    return min((one for one in found if one), key=lambda one: one.start(), default=None)


def _name(masked: str, found: re.Match[str]) -> tuple[int, int] | None:
    """The span of the name, if it can be that of a training."""
    start, end = found.span("what")
    if masked[start] in '\u2018\u201c"':
        return start + 1, end - 1
    while first := FIRST.match(masked, start, end):
        start = first.end()
    name = IN_A_MONTH.sub("", masked[start:end])
    end = start + len(name)
    said = name.lower().replace("-", " ").split()
    if NOT_ON.search(found[0]) or (found.re is LED and FINITE.search(name)):
        return None
    is_body = name[0].isupper() and NO_TRAINING.search(name)
    if is_body or is_place(name) or NAMELESS.issuperset(said):
        return None
    speaks = SUBJECT.search(name) or TRAINING.search(name)
    is_led = LEAD.search(masked, max(0, start - NEAR), start)
    return (start, end) if is_led or (speaks and len(said) > 1) else None


def _masked(text: str) -> str:
    """The text with its days and times as marks; nothing where it has no day or too many."""
    days = [(day.start, day.end) for day in news_dates.days(text)]
    if not 0 < len(days) <= MOST_DAYS:
        return ""
    masked = text
    for mark, spans in ((DAY, days), (TIME, _times(text, days))):
        for start, end in spans:
            masked = masked[:start] + mark * (end - start) + masked[end:]
    return masked


def _times(text: str, days: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in news_times.times(text, days)]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    cuts = [found.end() for found in SENTENCE_END.finditer(text)]
    yield from pairwise([0, *cuts, len(text)])


def _is_apart(text: str, start: int, end: int, told: list[_Told]) -> bool:
    """Whether a sentence in which no training is named is of something else, or of all."""
    if any(start <= one.name[0] < end for one in told):
        return False
    said = text[start:end]
    if OF_ALL.match(said):
        return len(told) > 1
    return bool(news_dates.days(said)) and not GOES_ON.match(said)
