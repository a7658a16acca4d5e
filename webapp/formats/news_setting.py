"""A block of the page with what was found in it, and the trainings that it is taken apart into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from webapp.formats import news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import names_nothing
from webapp.formats.news_own_titles import Span, on_line
from webapp.formats.news_pairs import Dated
from webapp.formats.news_rows import Row
from webapp.formats.news_source import Line

# Days with titles of their own make a list of trainings from this number on.
FEWEST_LISTED = 3


@dataclass
class Part:
    """What belongs to one training. `title` None: the block's own."""

    title: Words | None
    rows: list[Row] = field(default_factory=list)
    # What is said above a list in which each line is a training of its own.
    intro: list[Row] = field(default_factory=list)
    days: list[Mention] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """A block's title and rows, and what is known of them before it is taken apart."""

    title: Line | None
    rows: Sequence[Row]
    # The days of sessions.
    wanted: frozenset[Mention]
    # Where venues and agendas stand, each in order.
    places: Sequence[Span]
    away: Sequence[Span]
    # All lines of the page.
    lines: Sequence[Line]

    @cached_property
    def days(self) -> dict[int, list[Mention]]:
        """The days of sessions on each row, by its index."""
        return {row.index: [day for day in row.days if day in self.wanted] for row in self.rows}

    @cached_property
    def is_nameless(self) -> bool:
        """Nothing heads the block, or only words that name no subject."""
        return self.title is None or names_nothing(self.title.text)

    @cached_property
    def is_shelf(self) -> bool:
        """What heads the block is no training's own title."""
        return self.title is None or self.is_nameless or news_titles.is_of_many(self.title.text)

    @cached_property
    def is_list(self) -> bool:
        """The title is of several trainings, and several lines have days."""
        is_of_several = self.title is not None and news_titles.lists_many(self.title.text)
        return is_of_several and sum(map(bool, self.days.values())) > 1

    @cached_property
    def lists_titles(self) -> bool:
        """Each day has other words beside it: "19:00 Mon 13/01 Safer Recruitment"."""
        rows = [row for row in self.rows if self.days[row.index]]
        if len(rows) < FEWEST_LISTED or any(map(news_titles.is_numbered, rows)):
            return False
        own = [on_line(row, self.places) for row in rows]
        titles = {each.words.text.casefold() for each in own if each}
        return all(own) and len(titles) >= FEWEST_LISTED
