"""A block of the page with what was found in it, and the trainings that it is taken apart into."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from webapp.formats import news_columns, news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_dates import Mention
from webapp.formats.news_headings import is_part, looks_like_a_title, names_nothing
from webapp.formats.news_own_titles import is_sentence, on_line
from webapp.formats.news_pairs import Dated
from webapp.formats.news_rows import LETTERS, Row
from webapp.formats.news_source import Line
from webapp.formats.news_title_words import NAMED_KIND, NUMBER_FIRST
from webapp.formats.news_vocabulary import SUBJECT
from webapp.formats.news_where import Span, has_place

# Days with titles of their own make a list of trainings from this number on.
FEWEST_LISTED = 3
# What a part of a training is called.
SESSION = re.compile(r"\b(?:sessions?|days?|modules?|parts?|groups?|cohorts?)\b", re.IGNORECASE)
LONGEST_TILE = 3
# "(For the above refresher courses, booking closes a week before)", below their days.
OF_THOSE_ABOVE = re.compile(
    r"\W{0,3}(?:for (?:all )?(?:of )?the (?:above|dates above)"
    r"|the (?:above (?:dates|days|sessions)|(?:dates|days|sessions) above) are (?:for|of))"
    r" (?P<what>[^\n,.;:]{3,90})",
    re.IGNORECASE,
)
# A day with its hours, and no more words than this, is an entry of a list.
ENTRY_WORDS = 12
# One in so many of them speaks of training, else they are the places it is held at.
LEAST_SHARE = 3
# Of so many of them one may have no name.
MOST_NAMED = 5
# Fewer lines show nothing of all.
FEWEST_GROUPS = 6


@dataclass
class Part:
    """What belongs to one training. `title` None: the block's own."""

    title: Words | None
    rows: list[Row] = field(default_factory=list)
    # What is said above a list in which each line is a training of its own.
    intro: list[Row] = field(default_factory=list)
    days: list[Mention] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)

    def text_of(self, said: Sequence[Row]) -> str:
        """What speaks of the training: no line that has another day or hour further down."""
        last = max((one.row.index for one in self.dated), default=None)
        own = {(one.mention.month, one.mention.day) for one in self.dated}
        rows = (
            row
            for row in said
            if last is None
            or row.index <= last
            or (row.days and own.issuperset((day.month, day.day) for day in row.days))
            or not row.said
        )
        return "\n".join(row.line.text for row in rows)

    @property
    def is_listed(self) -> bool:
        """Whether several days stand each on its line with hours, and not in a story."""
        entries = (one for one in self.dated if one.row.words < ENTRY_WORDS)
        return sum(any(slot.ends for slot in one.slots) for one in entries) > 1


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
        if all(row.says(NUMBER_FIRST) for row in rows):
            return True
        own = [on_line(row, self.places) for row in rows]
        found = [each.words.text for each in own if each]
        speak = sum(map(names_subject, found)) * LEAST_SHARE >= len(found)
        # One line of many may say only where it is held.
        all_own = len(found) >= len(own) - len(own) // MOST_NAMED
        return all_own and speak and len({text.casefold() for text in found}) >= FEWEST_LISTED

    @cached_property
    def lists_days(self) -> bool:
        """Several lines are entries with a day."""
        entries = [row for row in self.rows if self.days[row.index] and not is_sentence(row)]
        return len(entries) >= FEWEST_LISTED

    @cached_property
    def lists_groups(self) -> bool:
        """Most lines have other words after their day, but few of these speak of training: they
        say for whom it is, or of what it treats."""
        rows = [row for row in self.rows if self.days[row.index] and not row.line.cells]
        found = [own for row in rows if (own := on_line(row, self.places))]
        if len(found) < FEWEST_GROUPS or any(own.is_first for own in found):
            return False
        return sum(names_subject(own.words.text) for own in found) * LEAST_SHARE < len(found)

    @cached_property
    def columns(self) -> dict[int, Words]:
        """What each row of a table is called, by its index, where the table's head says that."""
        return news_columns.titles(self.rows)

    @cached_property
    def groups(self) -> frozenset[int]:
        """Rows of tables that say for whom or where each day is, under a training's own title."""
        is_own = not self.is_nameless and self.title and names_training(self.title.text)
        return news_columns.grouped(self.rows) if is_own else frozenset()

    @cached_property
    def to_follow(self) -> frozenset[int]:
        """Rows of tables with trainings whose days nobody knows yet."""
        return news_columns.to_follow(self.rows, self.columns)

    @cached_property
    def titles_below(self) -> dict[int, Words]:
        """By the day's row: what is on that day, where each day stands alone above its title."""
        if self._said_of_those_above:
            return self._said_of_those_above
        found: dict[int, Words] = {}
        are_apart = True
        for place, row in enumerate(self.rows):
            days = self.days[row.index]
            if not days:
                continue
            # A tile is drawn over several lines.
            below = self.rows[place + 1 : place + 1 + LONGEST_TILE]
            after = next((each for each in below if each.line.start >= days[-1].end), None)
            is_first = not found
            if after is None or not self._is_above_its_title(row, after, is_first=is_first):
                return {}
            is_apart = bool(row.line.gap) or not row.index
            are_apart = are_apart and is_apart and not row.times
            found[row.index] = Words(after.line.text, after.line.start, after.line.end)
        speak = sum(names_subject(each.text) for each in found.values()) * LEAST_SHARE
        is_list = are_apart or (self.is_shelf and speak >= len(found))
        return found if len(found) > 1 and is_list else {}

    @cached_property
    def _said_of_those_above(self) -> dict[int, Words]:
        """By the day's row: what a line below it says that the days above it are of."""
        found, waiting = dict[int, Words](), list[int]()
        for row in self.rows:
            if self.days[row.index]:
                waiting.append(row.index)
                continue
            said = OF_THOSE_ABOVE.match(row.line.text)
            if said and waiting and not names_nothing(said["what"]):
                at = row.line.start
                named = Words(said["what"], at + said.start("what"), at + said.end("what"))
                found |= dict.fromkeys(waiting, named)
                waiting = []
        return found

    @cached_property
    def titles_above(self) -> dict[int, Words]:
        """By the row of the first of its days: what stands close above, where a list of trainings
        has no empty lines."""
        dated = [row.index for row in self.rows if self.days[row.index]]
        found = {
            row.index: Words(before.line.text, before.line.start, before.line.end)
            for before, row in pairwise(self.rows)
            if self.days[row.index] and self._is_close_above(before, row)
        }
        speak = sum(names_subject(each.text) for each in found.values()) * LEAST_SHARE
        # The first may be the title of the block.
        own = dated[:1] and dated[0] not in found and self._is_close_to_its_title
        is_led = bool(own) or (len(found) > 1 and dated[0] in found)
        return found if is_led and speak >= len(found) else {}

    @cached_property
    def _is_close_to_its_title(self) -> bool:
        return bool(self.title and self.days[self.rows[0].index] and not self.rows[0].line.gap)

    def _is_close_above(self, before: Row, row: Row) -> bool:
        """Whether this line may be the title of the entry below it, which begins with its day."""
        line, first = before.line, row.line.text[: row.days[0].start - row.line.start]
        if row.line.gap or LETTERS.search(first) or is_sentence(row):
            return False
        if before.said or line.is_bullet or line.cells:
            return False
        if has_place(news_titles.unbracketed(line), self.places):
            return False
        return (
            looks_like_a_title(line.text)
            and not is_part(line.text)
            and not names_nothing(line.text)
        )

    def _is_above_its_title(self, row: Row, after: Row, *, is_first: bool) -> bool:
        if not row.is_bare or len(self.days[row.index]) != 1:
            return False
        if is_first and row.index and not row.line.gap:
            return False
        line = after.line
        is_other = bool(after.said or line.gap or has_place(line, self.places))
        return not is_other and not is_part(line.text) and not is_sentence(after)


def names_training(text: str) -> bool:
    """Whether the words say a kind of training, or what practitioners are trained in."""
    return bool(NAMED_KIND.search(text) or SUBJECT.search(text))


def names_subject(text: str) -> bool:
    """Whether they still do without "session", "day", "group": the words for a part of one."""
    return names_training(SESSION.sub("", text))
