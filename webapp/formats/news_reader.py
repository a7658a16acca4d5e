"""One block of the page as the announcements in it, each with all that is said of it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from webapp.formats import news_parts, news_titles, news_training, news_wanted, news_where
from webapp.formats.announcements import Item, Session, Status, Sure, Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_details import Details, details
from webapp.formats.news_evidence import Evidence, PageYears
from webapp.formats.news_headings import names_nothing
from webapp.formats.news_lead_in import told_of_all
from webapp.formats.news_places import Place, places
from webapp.formats.news_rows import Row
from webapp.formats.news_sections import Block
from webapp.formats.news_sentence_titles import told
from webapp.formats.news_sessions import are_online, lasts, sessions_of
from webapp.formats.news_setting import Part, Setting, names_subject
from webapp.formats.news_source import Source
from webapp.formats.news_standing import is_full
from webapp.formats.news_training import Decision

NO_SUBJECT = "Not training: it says neither which training nor when."
# As much of a heading as what stands below it needs.
LONGEST_CONTEXT = 400
# Of so many in one list, what most are the others are likely, too.
FEWEST_LISTED = 3


@dataclass(frozen=True)
class Reader:
    """One block of the page, on the way to its items."""

    source: Source
    block: Block
    # When the page is from, as far as anybody knows, and the years that its head says.
    page_published: date | None
    page_years: PageYears
    # What the page is called, if a list of days has no other name.
    page_title: Words | None

    def items(self) -> Iterator[Item]:
        is_off, (whole, *own) = self._sorted_out[1], self._parts
        if not own and (whole.dated or self.block.rows or self.block.stamp):
            yield self._item(whole, self.block.rows, is_off, self.places, self.details)
        elif whole.dated:
            yield self._item(whole, whole.rows, [], self.places, self.details)
        found = [self._of_several(part, is_off, whole) for part in own]
        trainings = sum(item.is_training for item in found)
        is_among = len(own) >= FEWEST_LISTED and trainings * 3 >= len(own) * 2
        for part, item in zip(own, found, strict=True):
            is_doubtful = is_among and not item.is_training
            yield self._of_several(part, is_off, whole, is_among=True) if is_doubtful else item

    @cached_property
    def _sorted_out(self) -> tuple[Sequence[Mention], Sequence[Session]]:
        return news_wanted.sorted_out(self.block, self.evidence)

    @cached_property
    def _parts(self) -> Sequence[Part]:
        return news_parts.split(self._setting(self._sorted_out[0]))

    @cached_property
    def _place_of_all(self) -> Place | None:
        return news_where.among(self._parts[0].rows, self.block.rows, self.places)

    def _of_several(
        self, part: Part, is_off: Sequence[Session], whole: Part, *, is_among: bool = False
    ) -> Item:
        first, last = _span(part.rows)
        start = bisect_left(is_off, first, key=_start)
        off = is_off[start : bisect_left(is_off, last, key=_start)]
        around = news_where.within(part.rows, self.places)
        title = part.title or self._title(part.rows)
        said = details([row.line for row in part.rows], self.source, title)
        return self._item(part, part.rows, off, around, said, whole, is_among=is_among)

    def _setting(self, wanted: Sequence[Mention]) -> Setting:
        spans = [(place.start, place.end) for place in self.places]
        away = sorted((line.start, line.end) for line in self.details.agenda)
        title, rows = self.block.title, self.block.rows
        return Setting(title, rows, frozenset(wanted), spans, away, self.source.lines)

    @cached_property
    def published(self) -> date | None:
        return self.block.stamp.day if self.block.stamp else self.page_published

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.block, self.published, self.page_years)

    @cached_property
    def places(self) -> Sequence[Place]:
        return places([row.line for row in self.block.rows], self.source)

    @cached_property
    def details(self) -> Details:
        """What is said of everything in the block."""
        title = news_titles.of_line(self.block.title) or Words("", 0, 0)
        return details([row.line for row in self.block.rows], self.source, title)

    @cached_property
    def _status(self) -> Status | None:
        """Whether the title says that everything under it is full."""
        return Status.FULL if self.block.title and is_full(self.block.title.text) else None

    @cached_property
    def _above(self) -> str:
        return " ".join(line.text for line in self.block.above)

    @cached_property
    def _above_parts(self) -> str:
        title = self.block.title.text[:LONGEST_CONTEXT] if self.block.title else ""
        return f"{self._above} {title}".strip()

    def _item(
        self,
        part: Part,
        said: Sequence[Row],
        is_off: Sequence[Session],
        around: Sequence[Place],
        own: Details,
        whole: Part | None = None,
        *,
        is_among: bool = False,
    ) -> Item:
        """The part as an item; `whole` is what is said of all, where it is one of several."""
        sessions = sessions_of(part.dated, self.evidence, around, part.rows, self._status)
        title, decision = self._decided(
            part, said, sessions, is_of_several=whole is not None, is_among=is_among
        )
        if not decision.is_training and part.title is None and sessions:
            title, decision = self._otherwise(part, said, sessions, title, decision)
        if decision.is_training and not sessions and names_nothing(title.text):
            decision = Decision(False, None, NO_SUBJECT)
        venue, stamp = self._venue(sessions, around, part, whole), self.block.stamp
        sessions = sessions if decision.is_training else ()
        return Item(
            start=min([title.start, *(row.line.start for row in said)]),
            end=max([title.end, *(row.line.end for row in said)]),
            title=news_titles.unlabelled(title),
            kind=decision.kind,
            is_training=decision.is_training,
            why=decision.why,
            published=self.published,
            published_words=self._words(stamp.start, stamp.end) if stamp else None,
            sessions=sessions,
            called_off=tuple(is_off),
            venue=Words(venue.text, venue.start, venue.end) if venue else None,
            is_online=are_online(sessions, venue),
            audience=own.audience or self.details.audience,
            outline=own.outline,
            booking=own.booking or self.details.booking,
            agenda=own.agenda if whole is None else (),
            speakers=own.speakers,
            sure=title.sure,
        )

    def _decided(
        self,
        part: Part,
        said: Sequence[Row],
        sessions: Sequence[Session],
        *,
        is_of_several: bool,
        is_among: bool,
    ) -> tuple[Words, Decision]:
        title = self._named(part, said, sessions)
        is_under = is_of_several or title != news_titles.of_line(self.block.title)
        context = self._above_parts if is_under else self._above
        return title, news_training.decide(
            title.text,
            part.text_of(said),
            bool(sessions),
            f"{context} {told_of_all(self._parts, sessions, self.published)}".strip(),
            has_hours=any(session.starts for session in sessions),
            is_guessed=title.sure is Sure.GUESSED or not title.text[:1].isupper(),
            is_listed=part.is_listed,
            is_among=is_among,
            lasts=lasts(sessions),
        )

    def _named(self, part: Part, said: Sequence[Row], sessions: Sequence[Session]) -> Words:
        """Its title; where that says no subject, or another one, what its words say to book."""
        title = part.title or self._title(said)
        is_doubtful = title.sure is Sure.GUESSED and not names_subject(title.text)
        is_doubtful |= self.block.title is None or news_training.speaks_against(title.text)
        return (news_titles.to_book(said) if sessions and is_doubtful else None) or title

    def _otherwise(
        self,
        part: Part,
        said: Sequence[Row],
        sessions: Sequence[Session],
        title: Words,
        decision: Decision,
    ) -> tuple[Words, Decision]:
        """The heading may be that of a letter, and the training be named in its words."""
        text, is_timed = part.text_of(said), any(s.starts for s in sessions)
        is_listed, length = part.is_listed, lasts(sessions)
        # A letter's own name is no training, and the heading speaks of all below it.
        against, over = news_training.speaks_against, self._above_parts
        # The page's title names no meetings that are listed on it.
        of_page = self.page_title if is_listed and not against(title.text) else None
        of_all = (news_titles.in_prose(said), of_page)
        others = [(name, text) for name in of_all if name and is_timed and not against(name.text)]
        others += (one for day in part.dated if (one := told(day.row, day.mention)))
        for named, words in others:
            again = news_training.decide(
                named.text, words, True, over, has_hours=is_timed, is_listed=is_listed, lasts=length
            )
            if again.is_training:
                return named, again
        return title, decision

    def _title(self, said: Sequence[Row]) -> Words:
        last = max((row.index for row in said if row.said), default=None)
        # What is told after its days may be the next training.
        above = [row for row in said if last is None or row.index <= last]
        found = news_titles.nearest(self.block.title, self.block.above, above)
        return found or Words("", *_span(said), Sure.GUESSED)

    def _venue(
        self, sessions: Sequence[Session], around: Sequence[Place], part: Part, whole: Part | None
    ) -> Place | None:
        """The one place of all sessions, or the first that is told of, here or for all."""
        named = news_where.of_sessions(sessions, self.places)
        if len(named) > 1:
            return None
        titles = (part.title, self.block.title)
        return (
            next(iter(named or around), None)
            or news_where.on_lead(part.rows, self.block.rows, self.places)
            or (self._place_of_all if whole else None)
            or (news_where.in_titles(titles, self.source) if sessions else None)
        )

    def _words(self, start: int, end: int) -> Words:
        return Words(self.source.text[start:end], start, end)


def _start(one: Session) -> int:
    return one.start


def _span(rows: Sequence[Row]) -> tuple[int, int]:
    return (rows[0].line.start, rows[-1].line.end) if rows else (0, 0)
