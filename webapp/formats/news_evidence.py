"""From which year a day without one is: what the page says of years, in order of trust."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from webapp.formats import news_dates, news_years
from webapp.formats.news_blocks import Block
from webapp.formats.news_dates import Mention, YearMention
from webapp.formats.news_years import Settled, Stated

# A year in the name of a law or of guidance is the year of that, not of the training.
OF_A_DOCUMENT = re.compile(
    r"\b(?:act|bill|regulations?|guidance|education|together|strategy|policy|report|review|framework|census|inspection"
    r"|standards?|procedures?|since|version|child|survey|rating|©|copyright)\W{0,3}$",
    re.IGNORECASE,
)
# A line with a year that heads days, and prose that is short enough to be of this training.
LONGEST_HEAD, LONGEST_PROSE = 40, 400
# A school year's name tells the year of each of its months.
FIRST_MONTH = 9


def heading_years(block: Block) -> list[tuple[YearMention, str]]:
    """Years said in the block's title and in the headings above it, the nearest first."""
    found = _years(block.title.text, "The title says") if block.title else []
    for line in reversed(block.above):
        found += _years(line.text, "The heading above says")
    return found


def other_years(block: Block, page_title: Sequence[str]) -> list[tuple[YearMention, str]]:
    """Years said in the prose and at the top of the page."""
    found = []
    for text in page_title:
        found += _years(text, "The page's title says")
    for row in block.rows:
        if len(row.line.text) < LONGEST_PROSE:
            found += _years(row.line.text, "The announcement says")
    return found


class Evidence:
    """What tells the year of a block's days: what is said of years, the days that have one, and
    when it was announced."""

    def __init__(self, block: Block, published: date | None, page_title: Sequence[str]) -> None:
        above, further = heading_years(block), other_years(block, page_title)
        self.published = published or hint_of_publication([*above, *further])
        # What is said farther away counts where nothing nearer is, and no date of publication.
        self._years = above[:1] or ([] if published else further)
        self._dated = [day for row in block.rows for day in row.days if day.year]
        self._starts = [day.start for day in self._dated]
        self._lines = [row.line.start for row in block.rows]
        self._has_year = [any(day.year for day in row.days) for row in block.rows]
        self._heads = [
            (row.line.start, years[0])
            for row in block.rows
            if not row.days
            and len(row.line.text) < LONGEST_HEAD
            and (years := _years(row.line.text, "The heading above says"))
        ]

    def settle(self, mention: Mention) -> Settled:
        """The day that is meant, or why nobody can say."""
        return news_years.settle(mention, self.published, self._stated(mention))

    def _stated(self, mention: Mention) -> list[Stated]:
        found = []
        head = bisect_left(self._heads, (mention.start,)) - 1  # type: ignore[type-var]
        for year, where in [self._heads[head][1]] if head >= 0 else self._years:
            said = [year.year]
            if year.is_span:
                # A school's year begins in September, a council's in April.
                said = [year.year + 1, year.year] if mention.month < FIRST_MONTH else [year.year]
            why = f"{where} {_written(year)}."
            found += [Stated(one, year.month, why) for one in said]
        beside = self._beside(mention)
        # On the same line it is the surest; elsewhere a heading knows better.
        return [*beside, *found] if self._is_on_its_line(mention) else [*found, *beside]

    def _is_on_its_line(self, mention: Mention) -> bool:
        place = bisect_left(self._lines, mention.start + 1) - 1
        return 0 <= place and self._has_year[place]

    def _beside(self, mention: Mention) -> list[Stated]:
        """The year of the next day that has one, as in "10 May, 12 June and 14 July 2025"."""
        if not self._dated:
            return []
        place = bisect_left(self._starts, mention.start)
        near = self._dated[min(place, len(self._dated) - 1)]
        year = near.year or 0
        if place < len(self._dated) and mention.month > near.month:
            year -= 1
        if place == len(self._dated) and mention.month < near.month:
            year += 1
        return [Stated(year, None, f"Beside it stands a day of {near.year}.")]


def hint_of_publication(years: Sequence[tuple[YearMention, str]]) -> date | None:
    """A newsletter called "July 2022" is from about its first day."""
    for year, _ in years:
        if year.month:
            return date(year.year, year.month, 1)
    return None


def _years(text: str, where: str) -> list[tuple[YearMention, str]]:
    return [
        (year, where)
        for year in news_dates.years(text)
        if not OF_A_DOCUMENT.search(text[max(0, year.start - 40) : year.start])
    ]


def _written(year: YearMention) -> str:
    if year.is_span:
        return f"{year.year}-{(year.year + 1) % 100:02}"
    return f"{date(year.year, year.month, 1):%B %Y}" if year.month else str(year.year)
