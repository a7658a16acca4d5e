"""Which announcement an item is that was read before, and which course it speaks of."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from webapp.formats.announcements import Item, Session, Sure
from webapp.formats.search import plain
from webapp.models import Course, Kind
from webapp.services import occurrences

# Titles are compared each with each: folded once, and never longer than any title is.
KEPT, LONGEST = 2000, 300
# Of a hundred: the same title but for a slip, or a word more.
ALIKE = 90
# A course worth proposing.
LIKELY = 80
# What a page puts before or after a title when something becomes of it.
BECAME = re.compile(
    r"^(?:(?:now )?(?:cancelled|canceled|postponed|rescheduled|moved|full|fully booked)"
    r"|(?:new|extra|change of|changed) (?:date|dates|time|venue))(?: |$)"
    r"|(?: |^)(?:(?:now )?(?:cancelled|canceled|postponed|rescheduled|full|fully booked)"
    r"|(?:new|extra) dates?)$"
)
# Words that a title has whatever it is about.
NOISE = frozenset(
    """
    a an and at book briefing briefings for course courses date dates diary event events free from
    further in information latest more multi agency new news now of on online our places session
    sessions the to training upcoming webinar webinars with workshop workshops your
    """.split()  # noqa: SIM905
)
# How long before it was read a day may lie that was meant all the same.
LATELY = timedelta(days=60)
# Nobody announces a day so far ahead without its year.
FAR_AWAY = timedelta(days=200)
# A title this long, found inside a text, is no chance.
TELLING_WORDS, TELLING_LETTERS = 3, 18
LONG_WORDS = 6
# Words by which courses differ that are otherwise called the same.
TELLING_APART = frozenset(
    """
    adult adults advanced basic basics core foundation intermediate introduction introductory
    refresher
    """.split()  # noqa: SIM905
)


def know_again(items: Sequence[Item], known: Mapping[int, Item]) -> list[int | None]:
    """For each item of a page the id among `known` of the one it was; each id once at most.

    First what says the very same, then the same title, then a title alike with a day in common.
    """
    found: list[int | None] = [None] * len(items)
    left = {key: _Traits(one) for key, one in known.items()}
    traits = [_Traits(item) for item in items]
    for fits in (_says_the_same, _is_called_the_same, _is_alike):
        for number, one in enumerate(traits):
            if found[number] is None:
                key = next((key for key, other in left.items() if fits(one, other)), None)
                if key is not None:
                    found[number] = key
                    del left[key]
    return found


class _Traits:
    """What an item is known by, worked out once."""

    def __init__(self, item: Item) -> None:
        self.title = folded(item.title.text)
        self.is_telling = bool(_telling(item.title.text))
        # Its own stamp: the page's day is every day another one for who looks every day.
        self.published = item.published if item.published_words else None
        self.says = occurrences.says(item)
        every = (*item.sessions, *item.called_off)
        self.days = {day for session in every for day in occurrences.meant(session)}


def _says_the_same(one: _Traits, other: _Traits) -> bool:
    return one.published == other.published and one.says == other.says


def _is_called_the_same(one: _Traits, other: _Traits) -> bool:
    """By the same title on the same day; without a day, only a title that says something."""
    if one.published != other.published or one.title != other.title:
        return False
    return one.published is not None or one.is_telling or not one.days.isdisjoint(other.days)


def _is_alike(one: _Traits, other: _Traits) -> bool:
    same_day = one.published is not None and one.published == other.published
    if one.days.isdisjoint(other.days) and not same_day:
        return False
    return likeness(one.title, other.title) >= ALIKE


def as_before(item: Item, before: Item, *, since: date, today: date) -> Item:
    """The item with the years it had when the same words were read first, which was `since`.

    A year that is not written is inferred from when the page is read, which goes on: what was
    still to come then, and stands there yet, is not announced for next year. A year that was wrong
    from the start is put right, and the same words shortly before the day are meant for this one.
    """
    known = {occurrences.as_written(one): one for one in (*before.sessions, *before.called_off)}

    def settled(session: Session) -> Session:
        was = known.get(occurrences.as_written(session))
        if was is None or was.day is None or session.day is None or session.sure is Sure.WRITTEN:
            return session
        if was.day < since - LATELY or session.day <= was.day or session.day < today + FAR_AWAY:
            return session
        return replace(session, day=was.day, readings=was.readings, sure=was.sure, why=was.why)

    return replace(
        item,
        sessions=tuple(settled(session) for session in item.sessions),
        called_off=tuple(settled(session) for session in item.called_off),
    )


def course_of(item: Item, courses: Iterable[Course]) -> tuple[Course | None, float]:
    """The course the item most likely speaks of, and how likely, of a hundred; None below LIKELY.

    E-learning has no dates, so what has some is no e-learning.
    """
    dated, said = bool(item.sessions), _said(item)
    best: tuple[Course | None, float] = (None, 0)
    for course in courses:
        if dated and course.kind is Kind.E_LEARNING:
            continue
        by_title, by_short = (_speaks_of(item, said, name) for name in _names_of(course))
        score = max(by_title, by_short - 1)
        if score > best[1]:
            best = (course, score)
    return best if best[1] >= LIKELY else (None, 0)


def _names_of(course: Course) -> tuple[str, str]:
    return course.title, course.short_title


def _speaks_of(item: Item, said: str, title: str) -> float:
    """Of a hundred."""
    if _names(folded(item.title.text), title, TELLING_WORDS):
        return 100
    if _names(said, title, LONG_WORDS):
        return ALIKE
    return likeness(item.title.text, title)


def is_surely(item: Item, course: Course) -> bool:
    """Whether the item is about this course beyond doubt, when no date of it says so."""
    said = f"{folded(item.title.text)} {_said(item)}"
    return likeness(item.title.text, course.title) >= ALIKE or _names(
        said, course.title, LONG_WORDS
    )


def _names(said: str, title: str, words: int) -> bool:
    """Whether the title, if it has so many words, stands in what is said, which is folded."""
    name = folded(title)
    telling = len(name.split()) >= words and len(name) >= TELLING_LETTERS
    return telling and f" {name} " in f" {said} "


def _said(item: Item) -> str:
    text = " ".join(words.text for words in (item.outline, item.booking) if words)
    return " ".join(WORD.findall(plain(text)))


def likeness(one: str, other: str) -> float:
    """Of a hundred. Level 2 is not level 3, and the core day is not the refresher."""
    from rapidfuzz import fuzz  # here, for few who serve people ever compare titles

    ours, theirs = folded(one), folded(other)
    if _told_apart(ours) != _told_apart(theirs):
        return 0
    plain_score = max(fuzz.ratio(ours, theirs), fuzz.token_sort_ratio(ours, theirs))
    ours, theirs = _telling(one), _telling(other)
    return max(plain_score, fuzz.ratio(ours, theirs) if ours and theirs else 0)


def folded(title: str) -> str:
    """The words of a title and nothing else, whatever quotes, dashes and capitals it has, and
    whatever became of it: "CANCELLED: Neglect" is "Neglect"."""
    return _folded(title[:LONGEST])


@lru_cache(KEPT)
def _folded(title: str) -> str:
    words = " ".join(WORD.findall(plain(title)))
    return BECAME.sub("", words) or words


def _telling(title: str) -> str:
    """Its words without those that any title has."""
    return " ".join(word for word in folded(title).split() if word not in NOISE)


def _told_apart(title: str) -> list[str]:
    return sorted(word for word in title.split() if word.isdigit() or word in TELLING_APART)


WORD = re.compile(r"\w+")
