"""Whether an announcement is training, of what kind, and which of its words decided that.

Training is what practitioners can go to or take, and what is still to come. The signs of that, and
of everything else a news page tells, are weighed: each counts once, wherever it is met.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from webapp.formats.news_context_signs import CONTEXT_SIGNS
from webapp.formats.news_other_signs import (
    OTHER_CONTEXT_SIGNS,
    OTHER_SENTENCE_SIGNS,
    OTHER_TITLE_SIGNS,
)
from webapp.formats.news_signs import SENTENCE_SIGNS
from webapp.formats.news_title_signs import TITLE_SIGNS, Sign
from webapp.formats.news_vocabulary import BOOKING, KINDS, SOMETHING_TO_TAKE, TRAINING
from webapp.models import Kind

# What a date, a time and nothing against it amount to.
HAS_SESSIONS = 3
LISTED = 2
AMONG = 3
# What is as clearly something else is so among trainings, too.
MEETING = -5
# So are a fair, a visit and a day on which the system is down.
ONLY_SESSIONS = -3
NOTHING_TO_TAKE = -9
# "Multi-agency training - Spring term 2024", with nothing under it that could be gone to.
SHELF = -6
# "Day 2 - Planning visits", below a training that has its days elsewhere.
ONE_DAY = -12
# A sentence ends with its full stop, and a line of a list ends anyhow.
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])|\n+")
IS_SHELF = re.compile(
    r"(?:(?:(?:multi|single)-?agency|safeguarding|partnership|training|courses?|workshops?"
    r"|learning|programmes?|events?|dates?|zones?|hubs?"
    r"|calendar|opportunities|information|updates?|latest|news(?:letter)?|bulletin|brochure"
    r"|forthcoming|upcoming|our|new|the|and"
    r"|last|chance|don[\u2019']t|miss|out|how|sign|up|book|register|now|reserve|your|places?|a"
    r"|other|for|to|of|in|contacts?|local|changes|spring|summer|autumn|winter|terms?|please|read"
    r"|(?-i:[A-Z]{2,8})|\d[\d/-]*)\W{0,4})++"
    # What is taught in one of its parts: "Session 2 - Planning visits".
    r"|(?:week|session) (?:\d|one|two|three|four|five|six)\b.*",
    re.IGNORECASE,
)
DAY_OF = re.compile(r"days? (?:\d|one|two|three|four|five|six)\b", re.IGNORECASE)
OFFERS = re.compile(
    f"{TRAINING.pattern}|{BOOKING.pattern}|\\b(?:tb[ac]|dates?|cancelled|postponed|put off)\\b",
    re.IGNORECASE,
)
# Told in sentences, and not an entry of a list, which has no room to say that it is training.
PROSE = re.compile(r"(?:\b[a-z]{2,}[,;]? ){4}[a-z]{2,}[^.!\n]{0,200}[.!]")
FULL_STOP = re.compile(r"[a-z]{3}[.!](?:\s|$)")
# The rest of a page that nothing divides would say everything and its contrary.
LONGEST = 20_000
LONGEST_TITLE = 18
# What lasts no longer is a briefing, unless its title says what it is.
LONGEST_BRIEFING = timedelta(minutes=75)


@dataclass(frozen=True)
class Decision:
    """`kind` None: training of no kind we have, such as a network meeting, or no training."""

    is_training: bool
    kind: Kind | None
    why: str


@dataclass(frozen=True)
class _Evidence:
    weight: int
    reason: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.reason} “{self.words}”" if self.words else self.reason


def decide(
    title: str,
    text: str,
    has_sessions: bool,
    context: str,
    *,
    has_hours: bool = True,
    is_guessed: bool = False,
    is_listed: bool = False,
    is_among: bool = False,
    lasts: timedelta | None = None,
) -> Decision:
    """Weigh what title, text and the headings above (`context`) say.

    `is_listed`: its days stand in a list, each with its hours, as those of something to go to do.
    `is_guessed`: nothing names it but words of a sentence. `is_among`: most of what
    stands in the same list is training. `lasts`: the shortest of its sessions.
    """
    text = text[:LONGEST]
    sentences = [each.strip() for each in SENTENCE.split(text)]
    if len(title.split()) <= LONGEST_TITLE:
        # The title again, as the first of its lines, would count twice.
        sentences = [each for each in sentences if each != title]
    # A paper with a day and its hours, and no sentence about it, is a session about the paper.
    is_timed = has_sessions and has_hours and not FULL_STOP.search(text)
    evidence = _in_title(title, is_timed=is_timed)
    around = _signs((*CONTEXT_SIGNS, *OTHER_CONTEXT_SIGNS), context)
    evidence += [*_in_sentences(sentences), *around]
    if has_sessions:
        is_weak = is_guessed or not has_hours or PROSE.search(text)
        own = evidence[: -len(around)] if is_guessed and around else evidence
        if is_weak and not any(each.weight > 0 for each in own):
            evidence.append(_Evidence(ONLY_SESSIONS, "only its days could say that it is training"))
        weight = (HAS_SESSIONS if has_hours else 1) + (LISTED if is_listed else 0)
        evidence.append(_Evidence(weight, "it has days that can be gone to"))
    is_meeting = any(each.weight <= MEETING for each in evidence)
    if is_among and not is_meeting and (has_hours or not has_sessions):
        evidence.append(_Evidence(AMONG, "it stands in a list of trainings"))
    if not has_sessions:
        evidence += _without_days(title, sentences)
    is_training = sum(each.weight for each in evidence) > 0
    why = _why(is_training, evidence)
    if not is_training:
        return Decision(False, None, why)
    return Decision(True, _kind(title, (*sentences[:12], context), lasts), why)


def _without_days(title: str, sentences: Sequence[str]) -> list[_Evidence]:
    """What speaks against a training without days: none is offered, or it is a part or a list."""
    found, said = list[_Evidence](), (title, *sentences)
    # "It can be used now" is said of papers, too: only of training or booking it is an offer.
    if not (any(map(SOMETHING_TO_TAKE.search, said)) and any(map(OFFERS.search, said))):
        found.append(_Evidence(NOTHING_TO_TAKE, "there is nothing to book, to go to or to take"))
    if not title.isupper() and IS_SHELF.fullmatch(title):
        found.append(_Evidence(SHELF, "the title is only a heading"))
    if DAY_OF.match(title):
        found.append(_Evidence(ONE_DAY, "the title is of one of its days"))
    return found


def _kind(title: str, texts: Iterable[str], lasts: timedelta | None) -> Kind | None:
    """What the title says comes first, then how long it lasts, then what else is said."""
    named = kind_of((title,))
    if named:
        return named[0]
    kind = (kind_of(texts) or (Kind.COURSE,))[0]
    is_short = lasts is not None and lasts <= LONGEST_BRIEFING
    return Kind.BRIEFING if is_short and kind in {Kind.COURSE, None} else kind


def speaks_against(title: str) -> bool:
    """Whether the title alone tells of something else than training."""
    return sum(each.weight for each in _in_title(title, is_timed=False)) < 0


def kind_of(texts: Iterable[str]) -> tuple[Kind | None] | None:
    """The kind that is named first: the title comes before the text. None where none is named."""
    for text in texts:
        for pattern, kind in KINDS:
            if pattern.search(text):
                return (kind,)
    return None


def _in_title(title: str, *, is_timed: bool) -> list[_Evidence]:
    if len(title.split()) > LONGEST_TITLE:
        # The first sentence of what has no title: it is weighed among the sentences.
        return []
    every = (*TITLE_SIGNS, *OTHER_TITLE_SIGNS)
    signs = (sign for sign in every if not (is_timed and sign.yields_to_hours))
    found = _signs(signs, title)
    if TRAINING.search(title):
        # "Neglect Toolkit Briefing" is a briefing, whatever the toolkit may be.
        return [each for each in found if each.weight > 0 or each.weight < -4]
    return found


def _in_sentences(sentences: Iterable[str]) -> list[_Evidence]:
    """Each sign once, by the first sentence that has it."""
    found: dict[str, _Evidence] = {}
    for sentence in sentences:
        for evidence in _signs((*SENTENCE_SIGNS, *OTHER_SENTENCE_SIGNS), sentence):
            found.setdefault(evidence.reason, evidence)
    return list(found.values())


def _signs(signs: Iterable[Sign], text: str) -> list[_Evidence]:
    found = []
    for sign in signs:
        match = sign.pattern.search(text)
        if match and not (sign.unless and sign.unless.search(text)):
            found.append(_Evidence(sign.weight, sign.reason, match[0].strip()))
    return found


def _why(is_training: bool, evidence: Iterable[_Evidence]) -> str:
    """The weightiest reasons of the side that won, two at most, as one sentence."""
    won = [each for each in evidence if each.weight > 0] if is_training else []
    if not is_training:
        won = [each for each in evidence if each.weight < 0]
    won = sorted(won, key=lambda each: -abs(each.weight))[:2]
    if not won:
        return "Nothing in it says that it is training."
    said = " and ".join(map(str, won))
    return f"{'Training' if is_training else 'Not training'}: {said}."
