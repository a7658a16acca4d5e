"""Lists of bookings to take away: which columns each has, and how they are filled.

Access needs and organisers' notes are left out: files are passed on, and those are not meant to be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from webapp.formats import attendee_list, spreadsheet, words
from webapp.formats.spreadsheet import Cell
from webapp.models import Format, ListedBooking

# By the name that addresses and sessions know the column by, in the order of the file.
COLUMNS: Mapping[str, tuple[str, Callable[[ListedBooking], Cell]]] = {
    "course": ("Course", attrgetter("title")),
    "starts": ("Starts", attrgetter("starts_at")),
    "ends": ("Ends", attrgetter("ends_at")),
    "place": ("Place", lambda booking: _place(booking)),
    "name": ("Name", attrgetter("name")),
    "email": ("Email", attrgetter("email")),
    "organisation": ("Organisation", attrgetter("works_at")),
    "sector": ("Sector", attrgetter("sector")),
    "job_role": ("Job role", attrgetter("job_role")),
    "team": ("Team", attrgetter("team")),
    "phone": ("Phone", attrgetter("phone")),
    "manager": ("Line manager", attrgetter("manager_name")),
    "manager_email": ("Line manager's email", attrgetter("manager_email")),
    "state": ("State", attendee_list.state_in_file),
    "booked": ("Booked", attrgetter("booked_at")),
    "cancelled": ("Cancelled", attrgetter("cancelled_at")),
    "attendance": ("Attendance", lambda booking: _attendance(booking)),
    "walk_in": ("Walk-in", lambda booking: "Yes" if booking.is_walk_in else None),
    "marked": ("Marked", attrgetter("marked_at")),
    "marked_by": ("Marked by", attrgetter("marked_by")),
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


def csv_pieces(bookings: Iterable[ListedBooking], columns: Sequence[str]) -> Iterator[bytes]:
    return spreadsheet.csv_pieces(_head(columns), _rows(bookings, columns))


def xlsx_pieces(
    title: str, bookings: Iterable[ListedBooking], columns: Sequence[str], *, made_at: datetime
) -> Iterator[bytes]:
    rows = _rows(bookings, columns)
    return spreadsheet.xlsx_pieces(title, _head(columns), rows, made_at=made_at, sheet="Bookings")


def file_name(days: str, ending: str) -> str:
    """Of "2025-04-01 to 2025-06-30", "bookings-2025-04-01-to-2025-06-30.csv"."""
    return f"bookings-{days.replace(' ', '-')}.{ending}"


def _head(columns: Sequence[str]) -> list[str]:
    return [COLUMNS[key][0] for key in columns]


def _rows(bookings: Iterable[ListedBooking], columns: Sequence[str]) -> Iterator[list[Cell]]:
    cells = [COLUMNS[key][1] for key in columns]
    return ([cell(booking) for cell in cells] for booking in bookings)


def _attendance(booking: ListedBooking) -> str | None:
    return attendee_list.ATTENDANCE[booking.attendance] if booking.attendance else None


def _place(booking: ListedBooking) -> str:
    return words.where(booking.format is Format.ONLINE, booking.platform, booking.venue)
