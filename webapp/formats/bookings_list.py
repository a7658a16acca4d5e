"""Lists of bookings to take away: which columns each has, and how they are filled.

Access needs and organisers' notes are left out: files are passed on, and those are not meant to be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.formats import attendee_list, spreadsheet, words
from webapp.formats.spreadsheet import Cell
from webapp.models import Booking

# By the name that addresses and sessions know the column by, in the order of the file.
COLUMNS: Mapping[str, tuple[str, Callable[[Booking], Cell]]] = {
    "course": ("Course", lambda booking: booking.course_date.course.title),
    "starts": ("Starts", lambda booking: booking.course_date.starts_at),
    "ends": ("Ends", lambda booking: booking.course_date.ends_at),
    "place": ("Place", lambda booking: words.place(booking.course_date)),
    "name": ("Name", lambda booking: booking.name),
    "email": ("Email", lambda booking: booking.email),
    "organisation": ("Organisation", lambda booking: booking.works_at),
    "sector": ("Sector", lambda booking: booking.agency.sector.name),
    "job_role": ("Job role", lambda booking: booking.job_role),
    "team": ("Team", lambda booking: booking.team),
    "phone": ("Phone", lambda booking: booking.phone),
    "manager": ("Line manager", lambda booking: booking.manager_name),
    "manager_email": ("Line manager's email", lambda booking: booking.manager_email),
    "state": ("State", attendee_list.state_in_file),
    "booked": ("Booked", lambda booking: booking.booked_at),
    "cancelled": ("Cancelled", lambda booking: booking.cancelled_at),
    "attendance": ("Attendance", lambda booking: _attendance(booking)),
    "walk_in": ("Walk-in", lambda booking: "Yes" if booking.is_walk_in else None),
    "marked": ("Marked", lambda booking: booking.marked_at),
    "marked_by": (
        "Marked by",
        lambda booking: str(booking.marked_by) if booking.marked_by else None,
    ),
}
# Of one date.
PERSON = (
    "name",
    "email",
    "organisation",
    "sector",
    "job_role",
    "team",
    "phone",
    "manager",
    "manager_email",
)


@dataclass(frozen=True)
class Columns:
    """Which columns a list offers, and what it is mostly wanted for; who wants phone numbers or
    managers has to ask for them."""

    offered: Sequence[str]
    usual: Sequence[str]


BOOKINGS = Columns(
    tuple(name for name in COLUMNS if name not in ("marked", "marked_by")),
    ("course", "starts", "place", "name", "email", "organisation", "state", "attendance"),
)
ATTENDEES = Columns(
    (*PERSON, "state", "booked", "cancelled", "attendance", "walk_in"),
    ("name", "email", "organisation", "job_role", "state", "booked"),
)
REGISTER = Columns(
    (*PERSON, "attendance", "walk_in", "marked", "marked_by"),
    ("name", "organisation", "job_role", "attendance", "walk_in"),
)


def csv_pieces(bookings: Iterable[Booking], columns: Sequence[str]) -> Iterator[bytes]:
    return spreadsheet.csv_pieces(_head(columns), _rows(bookings, columns))


def xlsx_pieces(
    title: str, bookings: Iterable[Booking], columns: Sequence[str], *, made_at: datetime
) -> Iterator[bytes]:
    rows = _rows(bookings, columns)
    return spreadsheet.xlsx_pieces(title, _head(columns), rows, made_at=made_at, sheet="Bookings")


def file_name(days: str, ending: str) -> str:
    """Of "2025-04-01 to 2025-06-30", "bookings-2025-04-01-to-2025-06-30.csv"."""
    return f"bookings-{days.replace(' ', '-')}.{ending}"


def _head(columns: Sequence[str]) -> list[str]:
    return [COLUMNS[key][0] for key in columns]


def _rows(bookings: Iterable[Booking], columns: Sequence[str]) -> Iterator[list[Cell]]:
    cells = [COLUMNS[key][1] for key in columns]
    return ([cell(booking) for cell in cells] for booking in bookings)


def _attendance(booking: Booking) -> str | None:
    return attendee_list.ATTENDANCE[booking.attendance] if booking.attendance else None


def _marked_by(booking: Booking) -> str | None:
    return str(booking.marked_by) if booking.marked_by else None
