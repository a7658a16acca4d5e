"""The audit log to take away. Like its page it names those who sign in, and nobody who books."""

from collections.abc import Iterable, Iterator

from webapp.formats import spreadsheet
from webapp.formats.spreadsheet import Cell
from webapp.models import AuditLine

HEAD = ("When", "Who", "What", "Detail", "Course", "Date", "Booking")


def csv_pieces(lines: Iterable[AuditLine]) -> Iterator[bytes]:
    return spreadsheet.csv_pieces(HEAD, map(_row, lines))


def _row(line: AuditLine) -> list[Cell]:
    date = line.course_date
    return [
        line.at,
        line.organiser.email if line.organiser else "The system",
        line.action,
        line.detail,
        date.course.title if date else None,
        date.starts_at if date else None,
        line.booking_id,
    ]
