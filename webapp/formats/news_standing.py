"""What a day on the page is: one to come to, one that is off, or no session at all."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.formats.announcements import Status
from webapp.formats.news_dates import Mention
from webapp.formats.news_rows import Row

SENTENCE_END = re.compile(r"(?<=[a-z0-9)’'”\"])[.!?;](?=\s+[A-Z‘“\"(])")
# How far from a day a word may stand and still be about it.
NEAR = 90
# No sentence is longer, and a page may be one line.
FAR = 400
ON = r"(?:\s+(?:on|at|by|the|midnight|noon|midday|close of play|\d{1,2}(?:[.:]\d\d)?\s?[ap]m|end of|cop)\b)*"
DEADLINE = re.compile(
    r"(?:(?<!followed )(?<!led )\b(?:by|before|no later than|not later than|deadline(?: for [\w ]{1,50})?(?: is| was)?|closing date"
    r"(?: for [\w ]{1,50})?(?: is)?|closes?|closed|expires?|ends|ending|rsvp|returned?|submit(?:ted)?|due(?: by| on)?|action(?:ed)? by"
    r"|until|till|up to|valid|last day to \w+|cut-?off|respond by|apply|early bird[\w ]{0,30})[:,–-]*)"
    + ON
    + r"[\s:(–-]*$",
    re.IGNORECASE,
)
IN_FORCE = re.compile(
    r"(?:\b(?:since|as of|as from|with effect from|effective(?: from)?|in force(?: from| on)?|statutory(?: on| from)?"
    r"|launch(?:ed|es)(?: was)?(?: on)?|released(?: on)?|publish(?:ed|es)?(?: on)?|issued(?: on)?|updated(?: on)?|dated"
    r"|reviewed?(?: on| date| due)?|available(?: online)?(?: from| on| until)?:?|opens?(?: on| from)?|go(?:es|ing)? live(?: on)?"
    r"|comes? into (?:force|effect)(?: on)?|came into (?:force|effect)(?: on)?|version|bookings? open(?:s|ed)?(?: on| from)?"
    r"|registration opens?(?: on| from)?|replaced?(?: on)?|ratified(?: on)?|signed off(?: on)?|agreed(?: on)?|born(?: on)?"
    r"|died(?: on)?|start date|interviews?(?: on| date| are on| will be(?: held)? on)?|results? on|approved(?: on)?)[:,–-]*)"
    + ON
    + r"[\s:(–-]*$",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom" + ON + r"[\s:]*$", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:took place|was held|were held|has taken place|have taken place|was launched|was opened|was attended|attended"
    r"|we held|we hosted|hosted by|spent|was delivered|was joined|came together|gathered|celebrated|were told|was a success"
    r"|last (?:week|month|year|term)|recently|(?:of you|people|colleagues|delegates|practitioners) (?:\w+ )?(?:joined|came|heard|met|braved|took part)|braved|thank you to|was (?:on|a)|were (?:at|on)|met on|ran on|official launch)\b",
    re.IGNORECASE,
)
ONCE_DUE = re.compile(
    r"\b(?:was|were|had been|previously|originally|due|planned|scheduled|supposed)\b[\w ,]{0,40}"
    r"\b(?:due|planned|scheduled|to be held|to take place|to have been held|to run|arranged|advertised|on|for)\b[\w ,]{0,25}$"
    r"|\b(?:moved|rescheduled|changed|postponed|brought forward|put back|rearranged|re-arranged) from\b(?:(?!\bto\b)[\w ,]){0,20}$"
    r"|\b(?:instead of|rather than|in place of|replaces (?:the )?[\w ]{0,30})\b[\w ,]{0,20}$|\bnot(?: on| the){0,2}\s*$|^\W*was:\s*$",
    re.IGNORECASE,
)
NOW_ON = re.compile(
    r"\b(?:now|instead|new date|rearranged (?:for|to)|re-arranged (?:for|to)|rescheduled (?:for|to)|moved to|until|postponed to"
    r"|to|take place on|been added|added|extra date|additional date)\b[\w :,–-]{0,30}$",
    re.IGNORECASE,
)
MOVING = re.compile(
    r"\b(?:moved|rescheduled|re-?arranged|postponed|deferred|put back|brought forward|changed|instead|new date|extra date"
    r"|cancelled|now)\b",
    re.IGNORECASE,
)
CANCELLED = re.compile(
    r"\b(?:cancelled|canceled|cancell?ing|has been called off|will not (?:now )?(?:go ahead|take place|run)|not going ahead"
    r"|withdrawn|no longer (?:running|taking place|going ahead)|cancel all)\b",
    re.IGNORECASE,
)
POSTPONED = re.compile(r"\b(?:postponed?|on hold|paused|deferred)\b", re.IGNORECASE)
# The rules about cancelling are not a cancellation.
IF = re.compile(
    r"\b(?:if|cancellations?|to cancel|need to cancel|unable|cannot attend|policy|charged?|fee|must be cancelled"
    r"|cancel(?:led)? (?:your|a|by|with(?:in|out)|less|after))\b",
    re.IGNORECASE,
)
FULL = re.compile(
    r"\b(?:fully booked|is (?:now )?full|are (?:now )?full|now full|sold out|no places (?:left|remaining)|waiting list"
    r"|wait list|waitlist|reserve list|full)\b",
    re.IGNORECASE,
)
NOT_FULL = re.compile(
    r"\bfull[- ](?:day|details|programme|agenda|time|list|information|course|name)\b", re.IGNORECASE
)
WEEK = re.compile(
    r"\b(?:week|month|fortnight|16 days|holidays?|half[- ]term|term|consultation|survey|submission|period)\b",
    re.IGNORECASE,
)
OFFICE_HOURS = re.compile(
    r"\b(?:office hours|opening (?:hours|times)|open(?:ing)? (?:from |between )?(?:mon|tue|week|\d)|mon(?:day)?s?\s?(?:-|–|to|until)\s?"
    r"(?:fri|sat|sun|thu)|(?:phone|telephone|help|advice) ?lines?|out of hours|24 ?/ ?7|lines are open|reception|bank holidays)",
    re.IGNORECASE,
)
LABELLED_AWAY = re.compile(
    r"^\W*(?:closing date|deadline|published|posted|last updated|review(?:ed)?|next review|date of (?:publication|birth|issue|death)"
    r"|interview|applications? (?:close|deadline)|submission|return(?:s)? (?:by|date)|early bird|booking (?:closes|opens|deadline)"
    r"|valid|version|issued|sent|to be actioned|term dates|half[- ]terms?|date of next|effective|expires?|final submission|start date|book by|rsvp|consultation|results?)\b",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"\b(?:half[- ]terms?|term (?:starts|begins|ends|dates)|school holidays?|bank holidays?|on (?:annual )?leave|(?:is|are|be|office) closed"
    r"|closed (?:from|between|on)|(?:is|are|be) (?:down|unavailable|offline)|out of (?:the )?office|term time)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"\b(?:for example|e\.g\.|such as|typically|usually)\b", re.IGNORECASE)
SPEAKS_OF_AN_EVENT = re.compile(
    r"\b(?:courses?|training|workshops?|briefings?|webinars?|seminars?|master ?class(?:es)?|conferences?|summit|sessions?|talks?"
    r"|learning|induction|refresher|forum|takes? place|taking place|will be held|held on|join us|runs? on|running on|scheduled"
    r"|dates? (?:is|are|will)|new dates?|next dates?|following dates|will meet|repeated|again on|modules?|drop[- ]?ins?|twilights?|launch)\b",
    re.IGNORECASE,
)
# More words beside days and times than this are prose.
PROSE_WORDS = 9
# Longer ago than this before it was announced, a day is past.
LONG_AGO = timedelta(days=21)
# Without a time it has been told of only as past.
JUST_NOW = timedelta(days=4)
WAS = re.compile(r"\W*(?:was|were|had|brought|drew|saw|looked|heard)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Standing:
    """`status` is None for a day to come to; `is_session` False where it is none at all."""

    is_session: bool
    status: Status | None
    why: str = ""


def sentence_span(row: Row, start: int, end: int) -> tuple[int, int]:
    """Where in the line's text the sentence around these offsets of the page begins and ends."""
    text, at = row.line.text, row.line.start
    first = max(0, start - at - FAR)
    ends = [found.end() for found in SENTENCE_END.finditer(text, first, start - at)]
    stop = SENTENCE_END.search(text, end - at, end - at + FAR)
    return ends[-1] if ends else first, stop.start() if stop else min(len(text), end - at + FAR)


def sentence_around(row: Row, start: int, end: int) -> tuple[str, str]:
    """What the sentence says before and after these offsets."""
    text, at = row.line.text, row.line.start
    for slot in row.times:
        if slot.ends:
            # "from 9.30 until 1pm on 6 May": that "until" is no deadline.
            text = _masked(text, slot.start - at, slot.end - at)
    first, last = sentence_span(row, start, end)
    return text[first : start - at], text[end - at : last]


def _masked(text: str, start: int, end: int) -> str:
    return text[:start] + "@" * (min(end, len(text)) - start) + text[end:]


def standing(
    row: Row, mention: Mention, day: date | None, published: date | None, label: str = ""
) -> Standing:
    """What the words around the day make of it.

    `day` is the day it would be, if known; `label` the line above, which names a day that stands
    alone.
    """
    before, after = sentence_around(row, mention.start, mention.end)
    near, sentence = before[-NEAR:], f"{before} {after[:NEAR]}"
    has_time = bool(row.times)
    is_prose = len(row.rest.split()) > PROSE_WORDS and len(sentence.split()) > PROSE_WORDS
    if row.is_bare and len(label) <= NEAR:
        near = f"{label} {near}"
    if day == published and day and not has_time:
        return Standing(False, None, "It is the day of the announcement.")
    if CLOSED.search(sentence):
        return Standing(False, None, "Somebody is away, or a house is closed.")
    is_labelled = bool(row.is_bare or row.line.cells)
    if LABELLED_AWAY.match(row.line.text) or (is_labelled and LABELLED_AWAY.match(label)):
        return Standing(False, None, "It is a deadline or the day of a document.")
    if off := _off(near, sentence, after):
        return off
    if DEADLINE.search(near):
        return Standing(False, None, "It is a deadline.")
    if IN_FORCE.search(near):
        return Standing(False, None, "Something is in force or available from that day.")
    if FROM.search(near) and not has_time:
        return Standing(False, None, "Something begins on that day.")
    if mention.until and WEEK.search(row.line.text) and not has_time:
        return Standing(False, None, "It is a week or a period.")
    if WAS.match(after):
        return Standing(False, None, "The page tells of it as past.")
    if published and day and day < published - (LONG_AGO if has_time else JUST_NOW):
        return Standing(False, None, "It was past when it was announced.")
    if is_prose and not has_time and not SPEAKS_OF_AN_EVENT.search(sentence):
        return Standing(False, None, "Nothing says that training is held on that day.")
    if (
        PAST.search(sentence)
        and not has_time
        and (day is None or published is None or day < published)
    ):
        return Standing(False, None, "The page tells of it as past.")
    status = Status.FULL if is_full(sentence) else None
    return Standing(True, status)


def _off(near: str, sentence: str, after: str) -> Standing | None:
    if ONCE_DUE.search(near):
        return Standing(False, Status.MOVED, "The page says it has been moved.")
    if NOW_ON.search(near) and MOVING.search(sentence):
        return Standing(True, None)
    if CANCELLED.search(sentence) and not IF.search(sentence):
        return Standing(False, Status.CANCELLED, "The page says it is cancelled.")
    if POSTPONED.search(sentence) and not IF.search(sentence):
        return Standing(False, Status.POSTPONED, "The page says it is postponed.")
    return None


def labels_away(text: str) -> bool:
    """Whether a line names a day that is no session: "Closing date", "To be actioned by"."""
    return bool(LABELLED_AWAY.match(text) or DEADLINE.search(text) or IN_FORCE.search(text))


def of_title(title: str) -> Status | None:
    """What the title says of everything under it."""
    if FULL.search(NOT_FULL.sub("", title)):
        return Status.FULL
    if CANCELLED.search(title):
        return Status.CANCELLED
    return Status.POSTPONED if POSTPONED.search(title) else None


def is_full(text: str) -> bool:
    return bool(FULL.search(NOT_FULL.sub("", text)))


def are_office_hours(row: Row) -> bool:
    """Whether the times on this line are when somebody can be reached, or only an example."""
    return (
        bool(OFFICE_HOURS.search(row.line.text) or EXAMPLE.search(row.line.text)) and not row.days
    )
