"""Who speaks, and the parts of a day: agenda lines and the names of people in them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from webapp.formats import news_dates, news_times
from webapp.formats.announcements import AgendaLine, Sure, Words
from webapp.formats.news_source import Line
from webapp.formats.news_vocabulary import either, words

_STYLE = (
    r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|PC|DC|DS|DI|DCI|Sgt|Revd?|Canon|Fr|Cllr|Sir"
    r"|Dame)\.? )"
)
_PART = r"(?:O[\u2019']|Mc|Mac)?[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-\u2019'][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+){0,2}"
_SMALL = r"(?:(?:de|van|von|der|den|la|le|el|al|bin|da|di) ){0,2}"
_NAME = rf"{_STYLE}?(?:{_PART}|[A-Z]\.) {_SMALL}{_PART}(?: {_PART})?"
NAME = re.compile(_NAME)
ROLE = words(
    r"""lead | teacher | manager | officer | head | professor | psychologist | psychiatrist
        nurse | doctor | specialist | consultant | director | chair | chief | advis[eo]r
        detective | inspector | sergeant | constable | superintendent | social worker
        practitioner | co-?ordinator | trainer | author | lecturer | researcher | midwife
        paediatrician | solicitor | barrister | founder | survivor | commissioner | chaplain
        archdeacon | deacon | worker | named | designated | independent | principal | president
        councillor | reviewing | educational | clinical | senior | deputy | assistant
        executive | scrutineer | LADO | reviewer"""
)
# Words with a capital that are no part of anybody's name.
NO_NAME = words(
    r"""panel | discussion | welcome | lunch | break | keynote | workshop | registration
        coffee | tea | session | introduction | closing | opening | questions? | safeguarding
        child(?:ren)?s? | young | people | teams? | trust | council | net | services?
        partnership | police | board | health | microsoft | zoom | hub | by | centre | hall
        room | suite | house | school | academy | training | course | learning | development
        care | social | early | help | family | families | adults? | education | university
        college | hospital | church | street | road | lane | avenue | online | virtual
        domestic | abuse | neglect | harm | mental | capacity | act | review | practice
        groups? | network | unit | project | charity | foundation | city | county | borough
        north | south | east | west | signs | safety | working | together | understanding
        level | part | module | youth | violence | day | week | date | time | venue | book
        free | (?:mon|tues|wednes|thurs|fri|satur|sun)day | january | march | february | april
        june | july | august | september | october | november | december | cost | target
        audience | all | this | these | the | our | your | what | how | who | why | when | where
        local | national | offices? | officers | voice | link | email | fire | rescue | trading
        standards | meeting | skills | siblings? | chairing | core | safer | new | join | from
        with | and | dear | please | contact"""
)
_LEADS = re.compile(
    r"(?:\b(?:speakers?|presenters?|trainers?|facilitators?|tutors?|session leads?|hosts?"
    r"|guests?|key ?notes?|leaders?)"
    r"(?: (?:will )?(?:include|includes|are|is|from|be))*\s?:?\s"
    r"|\b(?:led|presented|delivered|facilitated|hosted|chaired|run|given|introduced|opened|taught)"
    r" (?:jointly )?(?:by|from)\s|\b(?:with|join|talks? by|keynote (?:by|from))\s)",
    re.IGNORECASE,
)
_DOES = either(
    r"""gives? | talks? | speaks? | presents? | explains? | leads? | takes? us | looks? at
        joins? us | go(?:es)? through | answers? | repeats? | runs?
        hosts? | delivers? | opens? | shares? | shows?"""
)
_SPEAKS = re.compile(
    rf"(?P<name>{_NAME})(?:,[^,.]{{1,60}},)?(?: from [^,.]{{1,60}}?)? (?:will "
    rf"|is going to )?{_DOES}\b"
)
_BRACKETED = re.compile(rf"\((?P<name>{_NAME})(?:,[^()]{{1,60}})?\)")
# "Our safeguarding lead, Jo Penn, …", "by the board's manager, Jo Penn."
_OF_ROLE = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he) (?P<role>[^,.;:!?\n]{{2,60}}), (?P<name>{_NAME})(?=[,.]|$| will\b)"
)
# "Drugs and gangs - Jo Penn, Director of Education"
_WITH_ROLE = re.compile(rf"[-\u2013\u2014] (?P<name>{_NAME}), (?P<role>[^,.;:\n]{{2,60}})")
SPEAKER_ALONE = re.compile(
    r"\W{0,3}(?:speaker|presenter|trainer|facilitator|tutor|host)s?\W{0,3}", re.IGNORECASE
)
_AFTER = re.compile(rf"(?:\bwith|\bby|[-\u2013\u2014:|,]) (?P<name>{_NAME})")
# What may stand between two names: "of a children's charity; ".
_JOINT = re.compile(r"[^.]{0,80}?(?:[;,&]|\band\b)\s*(?:and )?(?=(?:[\w-]+ ){0,4}" + _NAME + ")")
# A name ends here, and what its bearer is or speaks of begins.
BETWEEN = re.compile(r"[\u2013\u2014,:|-]")
LONGEST_NAMING = 120
_WORD = re.compile(r"\S+\s?")
AGENDA_HEAD = words(
    r"""agenda | programme(?! of (?:\w+ ){0,3}(?:events|sessions|webinars|training))
        timetable | running order | speakers | outline of the day | schedule | order of the day"""
)
# A name is looked for among so many words, in so much text, so often.
WORDS_BEFORE, REACH, MOST_OF_LEAD, MOST_ON_LINE = 6, 600, 8, 30
MOST_PARTS, MOST_SPEAKERS = 60, 30


def agenda(lines: Sequence[Line]) -> tuple[AgendaLine, ...]:
    """Lines of one day that begin with a time; none where they are sessions of their own."""
    found: list[tuple[int, AgendaLine, bool]] = []
    has_day_time, days_seen = False, 0
    for index, line in enumerate(lines):
        days = [(day.start, day.end) for day in news_dates.days(line.text)]
        slots = news_times.times(line.text, days)
        days_seen += bool(days)
        first = slots[0] if slots and not line.text[: slots[0].start].strip("•-\u2013* ") else None
        title = line.text[first.end :].strip(" \t:\u2013\u2014-|,.") if first else ""
        if days or first is None or not any(map(str.isalpha, title)):
            has_day_time = has_day_time or any(slot.ends for slot in slots)
            continue
        at = line.start + line.text.index(title, first.end)
        said, speaker = _speaker_of(title)
        part = AgendaLine(line.start + first.start, at + len(title), first.starts, said, speaker)
        found.append((index, part, first.ends is not None))
    if not 2 <= len(found) <= MOST_PARTS or any(
        later[1].starts < earlier[1].starts for earlier, later in pairwise(found)
    ):
        return ()
    above = lines[max(0, found[0][0] - 3) : found[0][0]]
    if any(AGENDA_HEAD.search(line.text) and len(line.text) < REACH for line in above):
        return tuple(part for _, part, _ in found)
    # Times that end, or several days, make them sessions to choose from.
    has_ends = any(has_end for _, _, has_end in found)
    if days_seen > 1 or (has_ends and not has_day_time):
        return ()
    return tuple(part for _, part, _ in found)


def speakers(lines: Sequence[Line], parts: Sequence[AgendaLine]) -> tuple[Words, ...]:
    """Who is said to speak, lead or present, each once."""
    found: dict[str, Words] = {}
    told = {part.start: part for part in parts}
    after_label = False
    for line in lines:
        part = told.get(line.start) or next(
            (told[at] for at in range(line.start, line.start + 4) if at in told), None
        )
        spans = list(_of_part(line, part) if part else _on_line(line))
        if after_label and is_name(line.text.strip()):
            at = line.text.index(line.text.strip())
            spans.append((at, at + len(line.text.strip()), Sure.WRITTEN))
        after_label = bool(SPEAKER_ALONE.fullmatch(line.text))
        for start, end, sure in spans[:MOST_ON_LINE]:
            said = Words(line.text[start:end], line.start + start, line.start + end, sure)
            found.setdefault(" ".join(said.text.casefold().split()[-2:]), said)
    return tuple(found.values())[:MOST_SPEAKERS]


def is_name(said: str) -> bool:
    return bool(NAME.fullmatch(said)) and not NO_NAME.search(said) and not ROLE.search(said)


def _of_part(line: Line, part: AgendaLine) -> Iterator[tuple[int, int, Sure]]:
    if part.speaker:
        at = line.text.index(part.speaker)
        yield at, at + len(part.speaker), Sure.WRITTEN


def _on_line(line: Line) -> Iterator[tuple[int, int, Sure]]:
    text = line.text
    for number, lead in enumerate(_LEADS.finditer(text)):
        if number < MOST_ON_LINE:
            yield from _names(text, lead.end())
    yield from _told_in(text)
    for start, end in line.cells[:MOST_ON_LINE]:
        said = text[start - line.start : end - line.start].strip()
        if is_name(said):
            at = text.index(said, start - line.start)
            yield at, at + len(said), Sure.GUESSED


def _told_in(text: str) -> Iterator[tuple[int, int, Sure]]:
    """Names by what is said of them: "Jo Penn explains", "(Jo Penn, Police)", "Jo Penn - Nurse"."""
    for pattern in (_SPEAKS, _BRACKETED):
        for found in pattern.finditer(text):
            said = _without_role(found["name"])
            if is_name(said):
                yield found.end("name") - len(said), found.end("name"), Sure.WRITTEN
    for pattern in (_OF_ROLE, _WITH_ROLE):
        for found in pattern.finditer(text):
            if ROLE.search(found["role"]) and is_name(found["name"]):
                yield (*found.span("name"), Sure.WRITTEN)
    yield from _named_first(text)


def _named_first(text: str) -> Iterator[tuple[int, int, Sure]]:
    """Before what its bearer is, in a line or the first sentence: "Jo Penn, Midwife. She has …"."""
    first = NAME.match(text)
    if (
        first
        and is_name(first[0])
        and (len(text) < LONGEST_NAMING or text[first.end() :][:1] == ",")
    ):
        rest = text[first.end() :].lstrip()
        rest = rest if len(text) < LONGEST_NAMING else rest[:LONGEST_NAMING].split(".")[0]
        if BETWEEN.match(rest) and ROLE.search(rest) and not news_times.times(rest):
            yield (*first.span(), Sure.WRITTEN)


def _names(text: str, start: int) -> Iterator[tuple[int, int, Sure]]:
    """The names of a list with what they are: "A of a charity; B of another and C"."""
    end = min(len(text), start + REACH)
    for _ in range(MOST_OF_LEAD):
        found = _next_name(text, start, end)
        if found is None:
            return
        yield (*found, Sure.WRITTEN)
        joint = _JOINT.match(text, found[1], end)
        if joint is None:
            return
        start = joint.end()


def _next_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first name among the next words, after what its bearer is."""
    for _ in range(WORDS_BEFORE):
        found = NAME.match(text, start, end)
        word = _WORD.match(text, start, end)
        if found and is_name(found[0]):
            return found.span()
        if found:
            # "Nurse Hal Osgood took" may have been read as "Nurse Hal".
            short = re.match(rf"{_STYLE}?{_PART} {_SMALL}{_PART}", found[0])
            if short and is_name(short[0]):
                return start, start + short.end()
        if word is None or word[0].rstrip()[-1:] in ".;:!?":
            return None
        if not word[0][0].islower() and not ROLE.match(word[0]):
            return None
        start = word.end()
    return None


def _without_role(said: str) -> str:
    """Solicitor Tom Ackroyd is Tom Ackroyd."""
    role = ROLE.match(said)
    return said[role.end() :].lstrip() if role else said


def _speaker_of(said: str) -> tuple[str, str | None]:
    """Title and speaker of a part: "Hari Sewell: Race and Culture", "Scams (Jo Penn, Police)"."""
    first = NAME.match(said)
    if (
        first
        and is_name(first[0])
        and said[first.end() :].lstrip()[:1] in (":", "\u2013", "\u2014", "-", "|")
    ):
        return said[first.end() :].lstrip(" :\u2013\u2014-|"), first[0]
    for pattern in (_BRACKETED, _AFTER):
        for found in pattern.finditer(said):
            if is_name(found["name"]):
                return said[: found.start()].strip(" ,:\u2013\u2014-|") or said, found["name"]
    return said, None
