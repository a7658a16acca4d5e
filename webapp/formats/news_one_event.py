"""Pages of one event whose address and place stand between its title and its hours, as headings."""

from collections.abc import Sequence
from dataclasses import replace

from webapp.formats.news_sections import Block
from webapp.formats.news_setting import names_training
from webapp.formats.news_source import Line


def joined(blocks: Sequence[Block]) -> Sequence[Block]:
    """The announcements; those of the page's only day as one, where only the first names training.

    "Seeing Neglect", "6 May", then "The Mill, Marsham", and below it "May 6, 2025 10am - 12pm".
    """
    dated = [place for place, block in enumerate(blocks) if any(row.days for row in block.rows)]
    if len(dated) < 2 or any(block.stamp for block in blocks):
        return blocks
    first, last = dated[0], dated[-1]
    titles = [block.title for block in blocks[first + 1 : last + 1]]
    # Its hours would be those of another training on the same day.
    has_hours = any(row.times for row in blocks[first].rows)
    if has_hours or not _is_of_one_day(blocks) or not _names(blocks[first].title):
        return blocks
    if any(title is None or title.level or names_training(title.text) for title in titles):
        return blocks
    rows = list(blocks[first].rows)
    for block in blocks[first + 1 : last + 1]:
        rows += block.rows
    whole = replace(blocks[first], rows=tuple(rows))
    return (*blocks[:first], whole, *blocks[last + 1 :])


def _is_of_one_day(blocks: Sequence[Block]) -> bool:
    days = [day for block in blocks for row in block.rows for day in row.days]
    years = {day.year for day in days if day.year}
    return len({(day.month, day.day) for day in days}) == 1 and len(years) < 2


def _names(title: Line | None) -> bool:
    return title is not None and names_training(title.text)
