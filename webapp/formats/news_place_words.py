"""How places are named on news pages, and how a sentence or a label tells of them."""

import re
from collections.abc import Iterator

from webapp.formats.news_vocabulary import PICTURE, either, words
from webapp.formats.news_vocabulary import SUBJECT as TAUGHT

# A line longer than this is prose.
SHORT = 110
EDGES = " \t,;:.|\u2013\u2014-•*\ufe0f"
SEPARATOR = re.compile(r"\s[-\u2013\u2014|]{1,2}\s|\s?[|;•]\s?|(?<!\bSt)\.\s+(?=[A-Z])|\s{3,}")
# Between commas, where the whole is no place: "each, Trust office: part one".
PART = re.compile(r"(?<=, )[^,:]{3,60}(?=[,:]|$)")
SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*")

_TEAMS = r"(?:(?:Microsoft|MS) ?)?Teams(?: Live)?(?: Events?)?"
_OTHER = (
    r"Zoom|Web[Ee]x|Google Meet|GoTo ?(?:Meeting|Webinar)|Skype(?: for Business)?|Adobe Connect"
)
PLATFORM = re.compile(
    r"(?:(?i:virtual(?:ly)?|online|live|held) )?(?:(?i:via|on|over|by|using) )?"
    rf"(?:{_TEAMS}|{_OTHER})(?: (?i:webinars?|meetings?|call))?(?: ?[-\u2013(/]? ?(?i:online"
    rf"|virtual)\)?)?"
    r"|(?i:on-?line|virtual(?:ly)?|(?:live )?webinar|remote(?:ly)?|virtual classroom)"
)
ONLINE = re.compile(
    r"\b(?i:(?:ms|microsoft) ?teams|zoom|webex|google meet|goto ?(?:meeting|webinar)|skype|on-?line"
    r"|virtual(?:ly)?|webinar|webcast|remote(?:ly)?|(?:recurring|joining) link|watch live)\b"
    r"|\bTeams\b"
)
BUILDING = words(
    r"""cent(?:re|er)s? | halls? | rooms?(?: \w{1,4})? | suites?(?: \w{1,4})? | library
        libraries | hospital | house | schools? | academy | church | cathedral | offices?
        hotel | stadium | college | university | campus | theatre | club | hub | station
        buildings? | court | chambers? | park | museum | institute | exchange | arena
        boardroom | hq | headquarters | clinic | (?-i:Surgery) | gallery | pavilion | abbey | yard
        annexe? | barn | inn | lodge | farm | mosque | temple | studios? | floor | depot | base
        racecourse | ground | nursery | priory | minster | vicarage | rectory | guildhall
        forge | mill | tower | block | gardens? | chapel | canteen | foyer | auditorium | works
        hive | quays? | castle | manor | grange | villa | heart | maltings | rooms
        canolfan | neuadd | ysgol | llyfrgell | t\u0177 | gwesty | eglwys
        coleg | prifysgol | theatr | pafiliwn | stadiwm | swyddfa"""
)
# "St Anne's, Upton" is a church or a school.
SAINT = re.compile(r"St\.? [A-Z]\w")
# What hours end with, behind a comma: "9.30am to 1pm, The Grand".
HOUSE = re.compile(r", The [A-Z][a-z]{3,14}[. ]*")
# By itself such a word is the end of a sentence, not the name of a place.
GENERIC = re.compile(
    r"(?:the )?"
    + either(
        r"""centre | school | office | court | hall | house | room | floor | ground | base
            club | park | college | station | works | mill | block | university | hub | nursery
            building | level"""
    )
    + "s?",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
# In a newsletter a pin or a screen says so.
LABEL = re.compile(
    r"[\U0001f4cd\U0001f4cc\U0001f3e2\U0001f3eb\U0001f3db\U0001f4bb\U0001f5a5]"
    r"\ufe0f?\s*(?=\S)"
    r"|(?:^|(?<=[\s(|]))(?:(?P<many>venues|locations)|venue|where|location|held (?:at|in)|place"
    r"|room|platform)(?: \([^()]{0,30}\))?\s?(?:[:=?]|\s[-\u2013\u2014])\s*(?=\S)",
    re.IGNORECASE,
)
LABEL_ALONE = re.compile(
    r"\W{0,3}(?:venues?|where|locations?|held at|place|room|platform|venue ?/ ?(?:location"
    r"|platform)"
    r"|delivery(?: and location| method)?)\W{0,3}(?:\([^()]{0,40}\)\W{0,3})?",
    re.IGNORECASE,
)
# What stands before a place and is none of it: "1 Day", "at the".
BEFORE = re.compile(
    r"(?:(?:\d{1,2}|half|one|two|three|full)[ -](?:day|hour|hr|minute)s?\s+)?"
    r"(?:(?:at|in|via|on|over|by)\s+(?:the\s+)?(?=[A-Z]))?",
    re.IGNORECASE,
)
DAY_LABEL = re.compile(
    r"\s*(?:(?:day|session|module|part|cohort|group)s?\s+[\w ,&]{1,20}?\s?[-\u2013\u2014:]"
    r"|[A-Z][\w ]{0,20}:)\s*",
    re.IGNORECASE,
)
# Of a flattened table the words below its last column are no value of that.
COLUMN = re.compile(
    r"\W*"
    + either(
        r"""dates? | days? | times? | durations? | costs? | course(?: title)? | title | spaces
            level | places?(?: left| available)? | event | session | code | trainer | booking"""
    )
    + r"\W*",
    re.IGNORECASE,
)
_NEXT = either(
    r"""This | These | All | Please | You | Cost | Times? | Dates? | Free | Charge | To book
        Book | Register | For | Bring | Trainers? | Facilitators? | Speakers? | Booking
        Contact | Audience | Target | Lunch | FULL | Full | Fully | CANCELLED | Cancelled
        Postponed | Places | There | Log ?in | The (?:session|course|day)"""
)
_STATUS = r"fully|full|cancelled|postponed|book|places|waiting|£|new|limited|free"
_ASIDE = (
    r"repeat|repeated|same|each|lunch|parking|full|in person|map|directions|limited|refreshments"
    r"|tea|see|new|both|was|please|max"
)
# Where a place ends and something else is said on the same line.
ENDS = re.compile(
    rf"(?<!\bSt)(?<!\bRd)[.!?](?=\s+(?-i:[A-Z(])|\s*$)|(?<!\s)\s+(?-i:(?={_NEXT}\b))"
    rf"|(?<!\s)\s*\((?=(?:{_ASIDE})\b)|(?<!\s)\s*[-\u2013\u2014|]\s*(?=(?:{_STATUS})\b)|(?<!\s)\s*£"
    rf"|(?<!\s)\s*{PICTURE}"
    r"|(?<!\s)\s+(?:instead of|rather than|and not|or watch|which is|where|with|from \d"
    r"|on (?:the )?(?:\d|mon|tues|wed|thurs|fri|sat|sun))\b",
    re.IGNORECASE,
)
# Words that make a line a subject to learn about and no place.
SUBJECT = re.compile(
    words(
        r"""safeguarding(?! (?:office|unit)) | trainings?(?! (?:rooms?|suite|cent(?:re|er)))\b
        courses? | workshops? | briefings?
            awareness | introduction | understanding | working | abuse | neglect | review
            learning event | dates? | conference(?! (?:centre|center|room|suite)) | book
            booking | published | e-?mail | telephone | whole school | inset | staff | nursing
            bulletin | twilight | tel | phone | contact | charge | http | www | open | closed
            log ?in"""
    ).pattern
    + r"|@|^by\b"
    # Who leads it, and a body by its short name: "Trainer: Family Hub", "Drugs Court (FDC)".
    r"|^(?:[\w-]+ )?(?:leads?|trainers?|facilitators?|speakers?|presenters?|hosts?|tutors?)\s?:"
    r"|(?<!Hospital )(?<!College )(?<!University )\((?-i:[A-Z]{3,6})\)$",
    re.IGNORECASE,
)
_NO_NAME = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August"
    r"|September|October|November|December|This|These|All\b|Please|Book\b|Teams|Zoom)"
)
_MORE = (
    r"(?:[A-Z][\w\u2019'&-]*|(?<!and )\d{1,4}(?!am|pm)[A-Za-z]{0,2}\b(?![.:/]\d)"
    r"|(?:ground|first|second|third) floor)"
)
_ROOM = r"(?: (?:[a-z]+ )?(?:room|hall|office|centre|library|theatre|suite|canteen|annexe)\b)?"
_NAME = (
    rf"(?:the )?{_NO_NAME}(?:[A-Z][\w\u2019'.&-]*|\d{{1,4}}[a-z]{{0,2}}(?= [A-Z]))"
    rf"(?:,? (?:(?:of|the|and|&|in the|at the|at|on the) )?{_NO_NAME}{_MORE}){{0,11}}{_ROOM}"
)
_HELD = either(
    r"""\bheld | \bhosted | \b(?:take|taking|takes) place | \bbased | \bdelivered
        \bvenue (?:is|will be) | \b[Bb]oth | \b[Aa]ll
        \b[Aa]ll (?:[a-z]+ ){1,2}(?:are|is|will be)"""
)
IN_PROSE = re.compile(
    rf"(?:(?P<held>{_HELD}(?: (?:all|both|in person|face[- ]to[- ]face|again))* (?:at|in))"
    rf"|\b(?:at|in|to|inside)|@) (?P<name>{_NAME})"
)
# Not known yet, or of something else: "who already have a seat in the Hudson Room".
NOT_THERE = re.compile(
    words(
        r"""(?:to be|will be) (?:confirmed|announced) | t\.?b\.?[ca]\.? | various
            already (?:have|has|had|booked|hold) | works? (?:at|in) | met (?:at|in)
            office (?:is|hours) | inspection"""
    ).pattern
    + "|^-$",
    re.IGNORECASE,
)
_BY = r"[Vv]ia|[Oo]n|[Oo]ver|[Uu]sing|[Tt]hrough|[Bb]y|[Ii]n|[Ss]ame"
_ENDS_TEAMS = r"(?= ?(?:$|[.,;:)|\u2013\u2014-]|(?:and|at|with|using|from|links?|meeting)\b))"
# "Teams" is a platform where a capital and its place in the sentence say so.
ONLINE_IN_PROSE = re.compile(
    rf"(?:\b(?:{_BY})\b[ (]{{1,2}}(?:the )?"
    rf"(?P<by>{_TEAMS}(?! (?:of|in|from(?! \d))\b)(?: Webinars?)?|{_OTHER})"
    r"|(?:^|(?<=[.!?] )|[:;,.\u2013\u2014(|-] ?|\b(?:are|is|all|both|held|live|virtually"
    r"|online)\b[ :,(]{1,2})"
    rf"(?P<bare>(?:Microsoft|MS) ?{_TEAMS}(?: Webinars?)?|{_TEAMS}{_ENDS_TEAMS}"
    rf"|(?:{_OTHER})(?! help))"
    r"|\b(?:[Bb]oth|[Aa]ll) (?P<both>online|virtual)(?=[,.;)]|$)"
    r"|\b(?:held|delivered|(?:take|takes|taking) place|run|be) (?P<held>online|virtually"
    r"|remotely)|(?<=\()(?P<aside>(?i:on-?line|virtual|webinar))(?=\))"
    r"|(?<= [-\u2013\u2014] )(?P<last>(?i:on-?line|virtual))$)\b"
)
# Words in passing: they count only where nothing better is said.
WEAK = words(
    r"""(?:ms|microsoft) ?teams | (?-i:Teams)(?= link) | webinar
        zoom(?= (?:link|details|meeting|call|webinar|sessions?|training|workshops?|update))
        virtual(?:ly)?(?! reality) | (?:(?<=ning )|(?<=both )|(?<=are )|(?<=is ))online
        (?<!place )(?<!book )on-?line(?= (?:workshop|briefing|session|webinar|event|evening|course\
        |training|seminar|conference|launch|meeting|forum|talk|learning for|via|on|from|at|only\
        |using|over)\b)
        (?:recurring|joining) link | watch live"""
)
SMALL = {
    *("of", "the", "and", "in", "at", "on", "&", "de", "le", "upon", "y", "yr", "-", "\u2013"),
    *("first", "second"),
}


def is_place(said: str) -> bool:
    """Whether these words by themselves name a place: a platform, or a building with its name."""
    said = said.strip(EDGES)
    if not said or len(said) > SHORT or SUBJECT.search(said) or GENERIC.fullmatch(said):
        return False
    # "Seeing Neglect, Mill House": what is taught, and where.
    first, comma, _ = said.partition(",")
    if comma and TAUGHT.search(first) and not BUILDING.search(first):
        return False
    if PLATFORM.fullmatch(said) or POSTCODE.search(said):
        return True
    if not said[0].isupper() and not said[0].isdigit():
        return False
    if is_titled(said) and (BUILDING.search(said) or SAINT.match(said)):
        return True
    # "Merrowdale Library, first floor", "Trust office": the rest may be in small letters.
    parts = [each.strip() for each in said.split(",")]
    return any(
        _ends_in_building(each) and (is_titled(each) or len(each.split()) <= 3) for each in parts
    )


def is_titled(said: str) -> bool:
    """Whether every word of weight has a capital, as in a name: a sentence has not."""
    each = [word.strip("()\u2019'“”\"") for word in re.split(r"[\s,/]+", said)]
    return said[:1].isupper() and not any(word[:1].islower() and word not in SMALL for word in each)


def end_of(text: str) -> int:
    found = ENDS.search(text)
    return found.start() if found else len(text)


def head(text: str) -> str:
    return text[: end_of(text)]


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for found in [*SEPARATOR.finditer(text, start, end), None]:
        stop = found.start() if found else end
        begin = at
        while begin < stop and text[begin] in EDGES + "()":
            begin += 1
        lead = BEFORE.match(text, begin, stop)
        begin = lead.end() if lead else begin
        if begin < stop:
            yield begin, stop
        at = found.end() if found else end


def _ends_in_building(said: str) -> bool:
    found = list(BUILDING.finditer(said))
    return bool(found) and found[-1].end() == len(said)
