"""From which year a day without one is: what the page says of years, in order of trust."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.formats import news_dates, news_years
from webapp.formats.news_dates import Mention, YearMention
from webapp.formats.news_rows import Row
from webapp.formats.news_sections import Block
from webapp.formats.news_source import Source
from webapp.formats.news_vocabulary import either
from webapp.formats.news_years import Settled, Stated

# A year in the name of a law or of guidance, or in which something began, is the year of that, not
# of the training.
OF_A_DOCUMENT = re.compile(
    r"\b"
    + either(
        r"""act | bill | regulations? | guidance | education | together | strategy | policy | report
            review | framework | census | inspection | standards? | procedures? | since | version
            child | survey | rating | \u00a9 | copyright
            (?:in force|into force|(?<!be )(?:introduced|launched|founded|began|begun|passed)) in"""
    )
    + r"\W{0,3}$",
    re.IGNORECASE,
)
# So far before a year a name would stand.
NAME_REACH = 40
# A line with a year that heads days, and prose that is short enough to be of this training.
LONGEST_HEAD, LONGEST_PROSE = 40, 400
# A school year's name tells the year of each of its months.
COUNCIL_YEAR, SCHOOL_YEAR = 4, 9
HALF_A_YEAR = 6
# So many lines at the top may be the page's title, if they are no longer than this.
TOP_LINES, LONGEST_TOP = 3, 200
# No page gives a day more years to choose from.
MOST_YEARS = 100

# A year, and how to begin the sentence that says where it stands.
Said = tuple[YearMention, str]


@dataclass(frozen=True)
class PageYears:
    """The years said at the top of the page, and those of days anywhere on it."""

    said: Sequence[Said]
    dated: Sequence[int]


def page_years(source: Source, rows: Iterable[Row]) -> PageYears:
    """What the page says of years beyond one announcement."""
    top = [source.title.text[:LONGEST_TOP]] if source.title else []
    top += [line.text for line in source.lines[:TOP_LINES] if len(line.text) < LONGEST_TOP]
    said = [year for text in top for year in _years(text, "The page's title says")]
    dated = dict.fromkeys(day.year for row in rows for day in row.days if day.year)
    return PageYears(said, list(dated)[:MOST_YEARS])


def _heading_years(block: Block) -> list[Said]:
    """Years said in the block's title and in the headings above it, the nearest first."""
    found = _years(block.title.text, "The title says") if block.title else []
    for line in reversed(block.above):
        found += _years(line.text, "The heading above says")
    return found


def _prose_years(block: Block) -> list[Said]:
    """Years said in the announcement itself."""
    prose = (row.line.text for row in block.rows if len(row.line.text) < LONGEST_PROSE)
    return [year for text in prose for year in _years(text, "The announcement says")]


class Evidence:
    """What tells the year of a block's days: what is said of years, the days that have one, and
    when it was announced."""

    def __init__(self, block: Block, published: date | None, of_page: PageYears) -> None:
        above, further = _heading_years(block), [*of_page.said, *_prose_years(block)]
        self.is_dated = published is not None
        self.published = published or hint_of_publication([*above, *further])
        # What is said farther away counts where nothing nearer is, and no date of publication.
        self._years = above[:1] or ([] if published else _each_once(further)[:MOST_YEARS])
        self._elsewhere = [] if published else of_page.dated
        self._dated = [day for row in block.rows for day in row.days if day.year]
        self._starts = [day.start for day in self._dated]
        self._lines = [row.line.start for row in block.rows]
        self._has_year = [any(day.year for day in row.days) for row in block.rows]
        heads = [
            (row.line.start, years[0])
            for row in block.rows
            if not row.days
            and len(row.line.text) < LONGEST_HEAD
            and (years := _years(row.line.text, "The heading above says"))
        ]
        self._head_starts = [start for start, _ in heads]
        self._heads = [year for _, year in heads]

    def settle(self, mention: Mention) -> Settled:
        """The day that is meant, or why nobody can say."""
        return news_years.settle(mention, self.published, self._stated(mention))

    def _stated(self, mention: Mention) -> list[Stated]:
        head = bisect_left(self._head_starts, mention.start) - 1
        years = [self._heads[head]] if head >= 0 else self._years
        said = [stated for year in years for stated in self._as_stated(year, mention.month)]
        beside = self._beside(mention)
        # On the same line it is the surest; elsewhere a heading knows better.
        if self._is_on_its_line(mention):
            return [*beside, *said]
        return said if self.is_dated else [*said, *beside, *self._of_others(mention)]

    def _as_stated(self, said: Said, month: int) -> list[Stated]:
        """The year for a day of this month; of a year that spans two, the likelier first."""
        year, where = said
        why = f"{where} {_written(year)}."
        each = [year.year]
        if year.is_span and month < SCHOOL_YEAR:
            # A school's year begins in September, a council's in April.
            is_first = month >= COUNCIL_YEAR and self._is_to_come(year.year, month)
            each = [year.year, year.year + 1] if is_first else [year.year + 1, year.year]
        return [Stated(one, year.month, why) for one in each]

    def _is_to_come(self, year: int, month: int) -> bool:
        """Whether that month was still to come when the page was made."""
        published = self.published
        return published is not None and (year, month) >= (published.year, published.month)

    def _of_others(self, mention: Mention) -> list[Stated]:
        """The year of a day elsewhere on the page, if the weekday bears it out."""
        return [
            Stated(year, None, f"Elsewhere on the page stands a day of {year}.")
            for year in self._elsewhere
            if mention.weekday is not None and news_years.is_borne_out(mention, year)
        ]

    def _is_on_its_line(self, mention: Mention) -> bool:
        place = bisect_left(self._lines, mention.start + 1) - 1
        return place >= 0 and self._has_year[place]

    def _beside(self, mention: Mention) -> list[Stated]:
        """The year of the next day that has one, as in "10 May, 12 June and 14 July 2025"."""
        if not self._dated:
            return []
        place = bisect_left(self._starts, mention.start)
        near = self._dated[min(place, len(self._dated) - 1)]
        year = near.year or 0
        # A list in no order, between two days of the same year.
        is_within = 0 < place < len(self._dated) and self._dated[place - 1].year == year
        if is_within:
            return [Stated(year, None, f"Beside it stand days of {year}.")]
        # Over New Year, if that is nearer than a list in no order.
        if place < len(self._dated) and mention.month - near.month >= HALF_A_YEAR:
            year -= 1
        if place == len(self._dated) and near.month - mention.month >= HALF_A_YEAR:
            year += 1
        return [Stated(year, None, f"Beside it stands a day of {near.year}.")]


def hint_of_publication(years: Sequence[Said]) -> date | None:
    """A newsletter called "July 2022" is from about its first day."""
    return next((date(year.year, year.month, 1) for year, _ in years if year.month), None)


def _years(text: str, where: str) -> list[Said]:
    return [
        (year, where)
        for year in news_dates.years(text)
        if not OF_A_DOCUMENT.search(text[max(0, year.start - NAME_REACH) : year.start])
    ]


def _each_once(years: Sequence[Said]) -> list[Said]:
    """The years in order, each as it is said first."""
    kept: dict[tuple[int, int | None, bool], Said] = {}
    for year, where in years:
        kept.setdefault((year.year, year.month, year.is_span), (year, where))
    return list(kept.values())


def _written(year: YearMention) -> str:
    if year.is_span:
        return f"{year.year}-{(year.year + 1) % 100:02}"
    return f"{date(year.year, year.month, 1):%B %Y}" if year.month else str(year.year)
