"""Tables whose head says in which column the titles stand."""

from collections.abc import Mapping, Sequence

from webapp.formats.announcements import Words
from webapp.formats.news_column_words import GROUP_COLUMN, TITLE_COLUMN, TO_FOLLOW
from webapp.formats.news_own_titles import is_subject, widened
from webapp.formats.news_rows import Row


def titles(rows: Sequence[Row]) -> dict[int, Words]:
    """By the index of each row of such tables, what it is called; a blank cell repeats the one
    above."""
    found: dict[int, Words] = {}
    column: int | None = None
    above: Words | None = None
    dated: Row | None = None
    for row in rows:
        # Under a heading inside a table its head is lost: there the row with a day tells.
        is_to_follow = column is None and dated and _is_without_its_day(row, dated)
        if is_to_follow and (title := _cell(row, 0)):
            found[row.index] = title
        dated = row if row.line.cells and row.days else dated if row.line.cells else None
        headed = _column(row)
        if headed is not None or not row.line.cells:
            column, above = headed, None
        elif column is not None:
            above = _cell(row, column) or (above if _is_blank(row, column) else None)
            if above:
                found[row.index] = above
    return found


def grouped(rows: Sequence[Row]) -> frozenset[int]:
    """Which rows stand under a head that has no titles, but says for whom or where each is."""
    found = set[int]()
    is_grouped = False
    for row in rows:
        if row.line.cells and not row.said:
            is_grouped = _column(row) is None and bool(GROUP_COLUMN.fullmatch(_text(row, 0)))
        elif is_grouped and row.line.cells:
            found.add(row.index)
    return frozenset(found)


def to_follow(rows: Sequence[Row], named: Mapping[int, Words]) -> frozenset[int]:
    """Which rows say that their training, which no other row has, has no day yet."""
    said = {named[row.index].text for row in rows if row.days and row.index in named}
    titled = (row for row in rows if row.index in named and not row.days)
    return frozenset(
        row.index for row in titled if row.says(TO_FOLLOW) and named[row.index].text not in said
    )


def _column(row: Row) -> int | None:
    """Which column has titles, where this is the head of a table."""
    if row.said:
        return None
    texts = (_text(row, column) for column in range(len(row.line.cells)))
    return next((place for place, text in enumerate(texts) if TITLE_COLUMN.fullmatch(text)), None)


def _is_without_its_day(row: Row, above: Row) -> bool:
    """Whether the row says "TBC" in the column in which the one above, called first, has its
    day."""
    if row.said or _cell(above, 0) is None:
        return False
    # Blank cells at the end of a row are lost.
    pairs = zip(above.line.cells, range(len(row.line.cells)), strict=False)
    at = above.days[0].start
    column = next((place for (first, last), place in pairs if first <= at < last), 0)
    return column > 0 and bool(TO_FOLLOW.search(_text(row, column)))


def _text(row: Row, column: int) -> str:
    start, end = row.line.cells[column]
    return row.line.text[start - row.line.start : end - row.line.start]


def _cell(row: Row, column: int) -> Words | None:
    if column >= len(row.line.cells) or not is_subject(_text(row, column)):
        return None
    first, last = row.line.cells[column]
    if any(first <= each.start < last for each in row.said):
        return None
    at, text = row.line.start, row.line.text
    start, end = widened(text, (first - at, last - at))
    return Words(text[start:end], at + start, at + end)


def _is_blank(row: Row, column: int) -> bool:
    return column < len(row.line.cells) and not _text(row, column).strip()
