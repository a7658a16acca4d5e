"""Days as headings, each with what is on at which time under it."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from webapp.formats import news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_lead_in import is_of_all
from webapp.formats.news_own_titles import on_line
from webapp.formats.news_pairs import Dated, usable_times
from webapp.formats.news_rows import TIME_LABEL, Row, heads_a_day
from webapp.formats.news_sentence_titles import of_lead
from webapp.formats.news_setting import Part, Setting, names_training
from webapp.formats.news_times import Slot
from webapp.formats.news_title_words import NAMED_KIND


def timetable(setting: Setting) -> list[Part]:
    """The trainings of a timetable, after what is said of all; empty where it is none."""
    reading = _Timetable(setting)
    for row in setting.rows:
        reading.take(row)
    return reading.parts()


class _Timetable:
    """A timetable on the way: the day it is at, and the rows since the last training."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.opening = _opening(setting)
        self.whole, self.found = Part(None), list[Part]()
        self.day: tuple[Row, Sequence[Mention]] | None = None
        self.pending: list[Row] = []
        # The nearest title among them.
        self.title: Words | None = None

    def take(self, row: Row) -> None:
        if row.days and not self._says_the_day_again(row):
            self._put_away(len(self.pending))
            self.day = (row, row.days) if heads_a_day(row) or row.index in self.opening else None
            if row.index not in self.opening:
                return
        slots = usable_times(row, self.setting.away) if self.day else ()
        named = self._named(row) if slots else None
        if self.day is None or named is None:
            self._keep(row)
            return
        self._put_away(bisect_right(self.pending, named.start, key=lambda each: each.line.end))
        self._add(self.day, row, slots, named)

    def parts(self) -> list[Part]:
        self._put_away(self._own_of_the_last())
        self.whole.rows += self.pending
        have_ends = sum(any(slot.ends for slot in part.dated[0].slots) for part in self.found)
        days = {part.dated[0].row.index for part in self.found}
        speak = sum(bool(part.title and names_training(part.title.text)) for part in self.found)
        is_clear = have_ends * 2 >= len(self.found) or (len(days) > 1 and speak == len(self.found))
        is_one = len(self.found) > 1 and is_clear
        return [self.whole, *self.found] if is_one else []

    def _own_of_the_last(self) -> int:
        """How many of the rows below the last training are of it, and not of all."""
        places = range(len(self.pending)) if self.found else ()
        ends = (at for at in places if is_of_all(self.pending[at], at, self.found[-1]))
        return next(ends, len(self.pending))

    def _says_the_day_again(self, row: Row) -> bool:
        """ "Venue: Mill House, Tuesday 20 June" below that very day."""
        if self.day is None or heads_a_day(row):
            return False
        here = {(day.month, day.day) for day in self.day[1]}
        return not row.times and all((day.month, day.day) in here for day in row.days)

    def _named(self, row: Row) -> Words | None:
        own = None if row.says(TIME_LABEL) else on_line(row, self.setting.places)
        # A training that has its name beside its hours is not called as the line above it.
        is_named = own is not None and own.is_first and NAMED_KIND.search(own.words.text)
        if (self.title and not is_named) or row.says(TIME_LABEL):
            return self.title
        # What runs from one hour to another is named first, however much is told of it.
        is_told = own is None and any(slot.ends for slot in row.times)
        return of_lead(row) if is_told else own.words if own else None

    def _keep(self, row: Row) -> None:
        self.pending.append(row)
        if self.day:
            self.title = news_titles.heads(row, self.setting.lines) or self.title

    def _add(
        self, day: tuple[Row, Sequence[Mention]], row: Row, slots: tuple[Slot, ...], named: Words
    ) -> None:
        head, mentions = day
        rows = [*self.pending, row]
        dated = [Dated(head, mention, slots) for mention in mentions]
        self.found.append(Part(named, rows, [], list(mentions), dated))
        self.pending, self.title = [], None

    def _put_away(self, many: int) -> None:
        """The first rows belong to the training above them, or to all."""
        last = self.found[-1] if self.found else self.whole
        last.rows += self.pending[:many]
        self.pending = self.pending[many:]
        if not self.pending:
            self.title = None


def _opening(setting: Setting) -> frozenset[int]:
    """The rows that tell a day and what is first on it, above one that tells only what is next:
    "Monday 17 March: Seeing Neglect, 10-11am", "Chairing Well, 2-3pm"."""
    return frozenset(
        first.index
        for first, after in pairwise(setting.rows)
        if _begins_with_its_day(first) and _goes_on(after) and _both_named(first, after, setting)
    )


def _begins_with_its_day(row: Row) -> bool:
    is_entry = len(row.days) == 1 and row.days[0].start == row.line.start and not row.line.cells
    return is_entry and any(slot.ends for slot in row.times)


def _goes_on(row: Row) -> bool:
    is_under = not (row.line.gap or row.line.cells or row.days or row.says(TIME_LABEL))
    return is_under and any(slot.ends for slot in row.times)


def _both_named(first: Row, after: Row, setting: Setting) -> bool:
    own = [on_line(row, setting.places) for row in (first, after)]
    return all(each and names_training(each.words.text) for each in own)
