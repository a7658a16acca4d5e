"""Tables for spreadsheet programs, as CSV and XLSX, in which no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from webapp.clock import london

Cell = str | int | Decimal | datetime | None

# Every answer adds the charset of text by itself.
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What makes a spreadsheet program calculate a cell of a text file instead of showing it; the wide
# signs do the same in East Asian settings.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
# Excel knows a UTF-8 file by this mark alone.
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
LONGEST_CELL = 32_767  # Excel's limit, in UTF-16 units
COLUMN_WIDTH = 24
# Letters of a long file that go out together.
PIECE = 50_000


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Comma-separated, one line a row; moments as London shows them."""
    return b"".join(csv_pieces(head, rows))


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The same piece by piece, as the rows come: a long file is never held whole."""
    out = io.StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([_as_text(cell) for cell in head])
    for row in rows:
        writer.writerow(
            [
                # Most are said as they are, and are spared the call.
                cell
                if cell is None or (type(cell) is str and cell[:1] not in FORMULA)
                else _as_text(cell)
                for cell in row
            ]
        )
        if out.tell() > PIECE:
            yield _taken(out)
    yield _taken(out)


def to_xlsx(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    made_at: datetime,
    sheet: str = "Attendees",
) -> bytes:
    """One sheet with a header that stays in sight and can be filtered."""
    return b"".join(xlsx_pieces(title, head, rows, made_at=made_at, sheet=sheet))


def xlsx_pieces(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    made_at: datetime,
    sheet: str = "Attendees",
) -> Iterator[bytes]:
    """The same piece by piece. It is made at once, row by row on the disk: what comes last in such
    a file says where everything is, so none of it can go out before."""
    import xlsxwriter  # here, for most who serve people are never asked for such a file

    out = TemporaryFile()  # noqa: SIM115, closed by the last piece
    with TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(
            out,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        book.set_properties({"title": title[:250], "created": made_at.replace(tzinfo=None)})
        _write(book, book.add_worksheet(sheet), head, rows)
        book.close()
    out.seek(0)
    return _pieces_of(out)


def _write(book: Any, page: Any, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Fill the sheet from the top down; what is above has left memory."""
    bold = book.add_format({"bold": True, "text_wrap": True})
    moment = book.add_format({"num_format": "d mmm yyyy hh:mm"})
    page.set_column(0, len(head) - 1, COLUMN_WIDTH)
    for column, words in enumerate(head):
        page.write_string(0, column, words, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(number, column, london(cell).replace(tzinfo=None), moment)
            elif isinstance(cell, int | Decimal):
                page.write_number(number, column, cell)
            elif cell:
                page.write_string(number, column, _short(cell))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, number, len(head) - 1)


def _pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _taken(out: io.StringIO) -> bytes:
    """What has been written, and room for more."""
    piece = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return piece


def _as_text(cell: Cell) -> str:
    """A cell that would be calculated gets the apostrophe that makes every program show it."""
    if isinstance(cell, datetime):
        return _in_london(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in FORMULA else cell
    return "" if cell is None else str(cell)


@lru_cache(maxsize=100)
def _in_london(moment: datetime) -> str:
    """Lines that follow each other have mostly the same moments: those of their date."""
    return london(moment).isoformat(" ", "minutes")[:16]  # without the offset


def _short(text: str) -> str:
    if len(text) <= LONGEST_CELL // 2:
        return text  # whatever its letters take
    while len(text.encode("utf-16-le", "replace")) // 2 > LONGEST_CELL:
        text = text[: min(len(text) - 1, LONGEST_CELL)]
    return text
