"""A news page or newsletter as the announcements in it: rules and grammar, the same every time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from webapp.formats import (
    news_blocks,
    news_evidence,
    news_parts,
    news_source,
    news_standing,
    news_titles,
    news_training,
)
from webapp.formats.announcements import Announcements, Item, Session, Status, Sure, Words
from webapp.formats.news_blocks import Block
from webapp.formats.news_dates import Mention
from webapp.formats.news_details import details
from webapp.formats.news_evidence import Evidence, Said
from webapp.formats.news_headings import WORD, names_nothing
from webapp.formats.news_places import Place, places
from webapp.formats.news_rows import Row, rows
from webapp.formats.news_setting import Part, Setting
from webapp.formats.news_sessions import off, sessions_of
from webapp.formats.news_source import Line, Source
from webapp.formats.news_title_words import NAMED_KIND
from webapp.formats.news_vocabulary import SUBJECT
from webapp.models import Kind

DATE_LABEL = re.compile(r"^\W*(?:dates?|when|date and time|day)\b\W{0,3}", re.IGNORECASE)
LABEL_WORDS = 6
INTRODUCES = "Not training: it introduces those that have days of their own."
NO_SUBJECT = "Not training: it says neither which training nor when."


def read(page: bytes | str, published: date | None) -> Announcements:
    """What the page announces. `published` is its own date, if somebody knows it.

    Raises Refused, in a sentence, for what is no page of text or too long for one.
    """
    source = news_source.read(page)
    found = rows(source)
    blocks, of_page = news_blocks.cut(source, found)
    known = published or (of_page.day if of_page else None)
    top = news_evidence.page_years(source)
    items: list[Item] = []
    for block in blocks:
        items += _Reader(source, block, known, top, _title_words(blocks[0].title)).items()
    return Announcements(source.text, tuple(_without_introductions(list(_once(items)))))


def _without_introductions(items: Sequence[Item]) -> Iterable[Item]:
    """ "Our spring courses" is no course beside those that follow it with their days."""
    has_days = any(item.sessions for item in items)
    for item in items:
        is_list = item.is_training and not item.sessions and news_titles.lists_many(item.title.text)
        if is_list and has_days and item.kind is not Kind.E_LEARNING:
            yield replace(item, is_training=False, kind=None, why=INTRODUCES)
        else:
            yield item


def _once(items: Sequence[Item]) -> Iterable[Item]:
    """A list of days at the end of a newsletter tells again what stands in full above it."""
    timed = {
        (session.day, session.month_day): item
        for item in items
        for session in item.sessions
        if session.starts
    }
    for item in items:
        new = [one for one in item.sessions if not _is_told_again(item, one, timed)]
        if item.sessions and not new:
            continue
        yield replace(item, sessions=tuple(new))


def _is_told_again(item: Item, session: Session, timed: Mapping[object, Item]) -> bool:
    other = timed.get((session.day, session.month_day))
    if session.starts or other is None or other is item:
        return False
    is_named = bool(NAMED_KIND.search(item.title.text) or SUBJECT.search(item.title.text))
    return not is_named or bool(_subject(item.title.text) & _subject(other.title.text))


def _subject(title: str) -> set[str]:
    return {
        word.lower() for word in WORD.findall(title) if len(word) > 4 and not names_nothing(word)
    }


class _Reader:
    """One block of the page, on the way to its items."""

    def __init__(
        self,
        source: Source,
        block: Block,
        published: date | None,
        top: Sequence[Said],
        page_title: Words | None,
    ) -> None:
        self.page_title = page_title
        self.source, self.block = source, block
        self.published = block.stamp.day if block.stamp else published
        self.evidence = Evidence(block, self.published, top)
        lines = [row.line for row in block.rows]
        self.places = places(lines, source)
        title = _title_words(block.title)
        self.details = details(lines, source, title or Words("", 0, 0))
        self.away = sorted((line.start, line.end) for line in self.details.agenda)

    def items(self) -> Iterable[Item]:
        block = self.block
        wanted, is_off = self._days()
        spans = [(place.start, place.end) for place in self.places]
        parts = news_parts.split(
            Setting(
                block.title, block.rows, frozenset(wanted), spans, self.away, self.source.lines
            )
        )
        whole, own = parts[0], parts[1:]
        if whole.dated or (not own and (block.rows or block.stamp)):
            yield self._item(
                whole, block.rows if not own else whole.rows, is_off if not own else []
            )
        for part in own:
            first, last = _span(part.rows)
            yield self._item(
                part, part.rows, [one for one in is_off if first <= one.start < last], whole
            )

    def _days(self) -> tuple[list[Mention], list[Session]]:
        """Those to come to, and those that are off."""
        wanted, is_off = [], []
        of_all = news_standing.of_title(self.block.title.text) if self.block.title else None
        label = self.block.title.text if self.block.title else ""
        header: Row | None = None
        first_line = self.block.title.start if self.block.title else -1
        again = {
            _day_of(mention)
            for row in self.block.rows
            if row.line.start != first_line
            for mention in row.days
        }
        labelled = self._first_labelled()
        for row in self.block.rows:
            for mention in row.days:
                if row.line.start == first_line and not row.times and _day_of(mention) in again:
                    continue  # the title says the day that stands in full below
                settled = self.evidence.settle(mention)
                if settled.day is None and settled.readings and not row.times:
                    continue  # "Bulletin No. 31 September 2016" names no day
                if row.index < labelled and row.is_bare and not row.times:
                    continue  # the day of the paper, where another is called "Date"
                day = None if settled.readings else settled.day
                above = _header_of(mention, row, header) or label
                stands = news_standing.standing(row, mention, day, self.evidence.published, above)
                status = stands.status
                if of_all in {Status.CANCELLED, Status.POSTPONED} and stands.is_session:
                    status = of_all
                if stands.is_session and status in {None, Status.FULL}:
                    wanted.append(mention)
                elif status:
                    is_off.append(off(row, mention, self.evidence, status))
            label = row.line.text if _may_label(row) else ""
            if row.line.cells and not row.days and not row.times:
                header = row
        return wanted, is_off

    def _first_labelled(self) -> int:
        """The line of the first day that is called "Date", on its own line or on the one above."""
        label = ""
        for row in self.block.rows:
            if row.days and (DATE_LABEL.match(label) or DATE_LABEL.match(row.line.text)):
                return row.index
            label = row.line.text
        return 0

    def _item(
        self, part: Part, said: Sequence[Row], is_off: Sequence[Session], whole: Part | None = None
    ) -> Item:
        block = self.block
        status = news_standing.of_title(block.title.text) if block.title else None
        around = self.places if whole is None else self._places_of(part.rows)
        sessions = sessions_of(
            part.dated, self.evidence, around, part.rows, status if status is Status.FULL else None
        )
        title = part.title or self._title(said)
        text = "\n".join(row.line.text for row in _of_it(said, part))
        context = " ".join(
            line.text for line in (*block.above, *([block.title] if block.title and whole else []))
        )
        decision = news_training.decide(title.text, text, bool(sessions), context, is_listed=_are_listed(part))
        own = (
            self.details
            if whole is None
            else details([row.line for row in part.rows], self.source, title)
        )
        shared = self.details
        if not decision.is_training and part.title is None and any(one.starts for one in sessions):
            # The heading may be that of a letter, and the training be named in its words.
            is_listed = _are_listed(part)
            for named in (news_titles.in_prose(said), self.page_title if is_listed else None):
                again = named and news_training.decide(
                    named.text, text, True, "", is_listed=is_listed
                )
                if named and again and again.is_training:
                    title, decision = named, again
                    break
        if decision.is_training and not sessions and names_nothing(title.text):
            decision = news_training.Decision(False, None, NO_SUBJECT)
        venue = self._venue(sessions, around, whole)
        if not decision.is_training:
            sessions = ()
        return Item(
            start=min([title.start, *(row.line.start for row in said)]),
            end=max([title.end, *(row.line.end for row in said)]),
            title=title,
            kind=decision.kind,
            is_training=decision.is_training,
            why=decision.why,
            published=self.published,
            published_words=self._stamp_words(),
            sessions=sessions,
            called_off=tuple(is_off),
            venue=Words(venue.text, venue.start, venue.end) if venue else None,
            is_online=_is_online(sessions, venue),
            audience=own.audience or shared.audience,
            outline=own.outline,
            booking=own.booking or shared.booking,
            agenda=own.agenda if whole is None else (),
            speakers=own.speakers,
            sure=title.sure,
        )

    def _title(self, said: Sequence[Row]) -> Words:
        title = _title_words(self.block.title)
        for line in (self.block.title, *reversed(self.block.above)):
            if line and not names_nothing(line.text):
                return news_titles.shortened(Words(line.text, line.start, line.end))
        found = news_titles.in_prose(said) or title or news_titles.opening(said)
        return found or Words("", *_span(said), Sure.GUESSED)

    def _venue(
        self, sessions: Sequence[Session], around: Sequence[Place], whole: Part | None
    ) -> Place | None:
        named = {session.venue.text: session.venue for session in sessions if session.venue}
        if len(named) > 1:
            return None
        if named:
            only = next(iter(named.values()))
            return next((place for place in self.places if place.start == only.start), None)
        if around:
            return around[0]
        shared = self._places_of(whole.rows) if whole else ()
        return shared[0] if shared else None

    def _places_of(self, some: Sequence[Row]) -> list[Place]:
        spans = [(row.line.start, row.line.end) for row in some]
        if not spans:
            return []
        first, last = spans[0][0], spans[-1][1]
        return [place for place in self.places if first <= place.start < last]

    def _stamp_words(self) -> Words | None:
        stamp = self.block.stamp
        if stamp is None:
            return None
        return Words(self.source.text[stamp.start : stamp.end], stamp.start, stamp.end)


def _header_of(mention: Mention, row: Row, header: Row | None) -> str:
    """What heads the column of a day in a table."""
    if header is None or not row.line.cells:
        return ""
    for (start, end), (first, last) in zip(row.line.cells, header.line.cells, strict=False):
        if start <= mention.start < end:
            return header.line.text[first - header.line.start : last - header.line.start]
    return ""


def _day_of(mention: Mention) -> tuple[int, int]:
    return mention.month, mention.day


def _may_label(row: Row) -> bool:
    """Whether the line can say what the day below is: a few words, or such as end in a colon."""
    is_short = len(row.line.text.split()) <= LABEL_WORDS and not row.times
    return is_short or row.line.text.endswith(":")


def _of_it(said: Sequence[Row], part: Part) -> Iterable[Row]:
    """The rows that speak of the training: not what has another day or hour further down."""
    last = max((one.row.index for one in part.dated), default=None)
    for row in said:
        if last is None or row.index <= last or not row.said:
            yield row


def _are_listed(part: Part) -> bool:
    """Whether several days stand each on its line with hours, and not in a story."""
    listed = [one for one in part.dated if any(slot.ends for slot in one.slots) and len(one.row.rest.split()) < 12]
    return len(listed) > 1


def _title_words(line: Line | None) -> Words | None:
    return Words(line.text, line.start, line.end) if line else None


def _span(said: Sequence[Row]) -> tuple[int, int]:
    return (said[0].line.start, said[-1].line.end) if said else (0, 0)


def _is_online(sessions: Sequence[Session], venue: Place | None) -> bool | None:
    told = {session.is_online for session in sessions if session.is_online is not None}
    if len(told) == 1:
        return told.pop()
    return venue.is_online if venue and not told else None
