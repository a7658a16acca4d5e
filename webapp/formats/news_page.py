"""A news page or newsletter as the announcements in it: rules and grammar, the same every time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from webapp.formats import (
    news_blocks,
    news_booking_of_all,
    news_contents,
    news_evidence,
    news_gaps,
    news_menus,
    news_one_event,
    news_place_of_all,
    news_source,
    news_titles,
)
from webapp.formats.announcements import Announcements, Item, Session, Sure
from webapp.formats.news_headings import WORD, names_nothing
from webapp.formats.news_reader import Reader
from webapp.formats.news_rows import rows
from webapp.formats.news_sections import Block
from webapp.formats.news_setting import names_training
from webapp.formats.news_title_words import NAMED_KIND
from webapp.formats.news_vocabulary import SUBJECT
from webapp.models import Kind

INTRODUCES = "Not training: it introduces those that have days of their own."
# Shorter words name no subject beside longer ones, and no title is longer.
SHORTEST_SUBJECT, LONGEST_TITLE = 5, 400

# Words without a title of their own that lead to the trainings after them.
BELOW = re.compile(
    r"\b(?:courses?|sessions?|events?|workshops?|webinars?|seminars?|briefings?|training|dates)\b"
    r"[^.!?\n]{0,20}\b(?:below|underneath|that follow)\b"
    r"|\bfollowing (?:\w+ ){0,3}(?:courses|sessions|events|workshops|webinars|seminars|briefings|"
    r"dates)\b",
    re.IGNORECASE,
)

Day = tuple[date | None, tuple[int, int] | None]


def read(page: bytes | str, published: date | None) -> Announcements:
    """What the page announces. `published` is its own date, if somebody knows it.

    Raises Refused, in a sentence, for what is no page of text or too long for one.
    """
    of_page = news_menus.left_out(news_source.read(page))
    source = news_contents.told_apart(news_gaps.restored(of_page))
    lines = rows(source)
    cut, stamp = news_blocks.cut(source, lines, published)
    blocks = news_one_event.joined(cut)
    known = published or (stamp.day if stamp else None)
    years = news_evidence.page_years(source, lines)
    title = news_titles.of_line(blocks[0].title) if blocks else None
    items: list[Item] = []
    for block in blocks:
        found = Reader(source, block, known, years, title).items()
        # A page that is only a date announces nothing.
        items += (item for item in found if item.title.text.strip())
    items = list(_without_introductions(list(_once(items)), _headings(blocks), source.text))
    placed = list(news_place_of_all.placed(items, source))
    return Announcements(source.text, tuple(news_booking_of_all.booked(placed, source)))


def _headings(blocks: Sequence[Block]) -> dict[str, int]:
    """Where each heading stands for the last time."""
    found = [line for block in blocks for line in (*block.above, block.title) if line]
    return {line.text: line.start for line in sorted(found, key=lambda line: line.start)}


def _without_introductions(
    items: Sequence[Item], headings: Mapping[str, int], text: str
) -> Iterator[Item]:
    """ "Our spring courses" is no course beside those that follow it with their days; nor is what
    stands again as a heading further down."""
    has_days = any(item.sessions for item in items)
    for item in items:
        is_guessed = item.title.sure is Sure.GUESSED
        leads = is_guessed and BELOW.search(text[item.start : item.end])
        is_list = news_titles.lists_many(item.title.text) and item.kind is not Kind.E_LEARNING
        is_told_below = headings.get(item.title.text, -1) > item.title.start
        is_without = has_days and item.is_training and not item.sessions
        if is_without and (is_list or is_told_below or leads):
            yield replace(item, is_training=False, kind=None, why=INTRODUCES)
        else:
            yield item


def _once(items: Sequence[Item]) -> Iterator[Item]:
    """A list of days at the end of a newsletter tells again what stands in full above it; and the
    page of one event, its day and hours."""
    items = list(_unrepeated(items))
    timed = {_day(session): item for item in items for session in item.sessions if session.starts}
    for item in items:
        new = _not_told_elsewhere(item, timed)
        if new or not item.sessions:
            yield replace(item, sessions=tuple(new))


def _unrepeated(items: Sequence[Item]) -> Iterator[Item]:
    """The items without the day and hours of which the same training was told before."""
    told: dict[object, list[set[str]]] = {}
    for item in items:
        title, new = _subject(item.title.text[:LONGEST_TITLE]), list[Session]()
        for session in item.sessions:
            place = session.venue.text if session.venue else None
            key = (_day(session), session.starts, session.ends, place)
            before = told.setdefault(key, [])
            is_known = before and not names_training(item.title.text[:LONGEST_TITLE])
            if not (session.ends and (is_known or any(title <= other for other in before))):
                new.append(session)
            before.append(title)
        if new or not item.sessions:
            yield replace(item, sessions=tuple(new))


def _not_told_elsewhere(item: Item, timed: Mapping[Day, Item]) -> list[Session]:
    """The sessions but those that another item tells with their time, and of the same subject."""
    others = [None if session.starts else timed.get(_day(session)) for session in item.sessions]
    if not any(others):
        return list(item.sessions)
    title = item.title.text[:LONGEST_TITLE]
    is_of_one = NAMED_KIND.search(title) and not news_titles.lists_many(title)
    is_named = bool(is_of_one or SUBJECT.search(title))
    subject = _subject(title)
    return [
        session
        for session, other in zip(item.sessions, others, strict=True)
        if other is None
        or other is item
        or (is_named and not subject & _subject(other.title.text[:LONGEST_TITLE]))
    ]


def _day(session: Session) -> Day:
    return session.day, session.month_day


def _subject(title: str) -> set[str]:
    said = {word.lower() for word in WORD.findall(title) if not names_nothing(word)}
    return {word for word in said if len(word) >= SHORTEST_SUBJECT} or said
