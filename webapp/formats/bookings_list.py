"""Bookings of a period to take away: which columns there are, and how each is filled.

Access needs and organisers' notes are left out, as in every file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    "state": ("State", attendee_list.state),
    "booked": ("Booked", lambda booking: booking.booked_at),
    "cancelled": ("Cancelled", lambda booking: booking.cancelled_at),
    "attendance": ("Attendance", lambda booking: _attendance(booking)),
    "walk_in": ("Walk-in", lambda booking: "Yes" if booking.is_walk_in else None),
}
# What a list is mostly wanted for; who wants phone numbers or managers has to ask for them.
USUAL = ("course", "starts", "place", "name", "email", "organisation", "state", "attendance")


def csv_pieces(bookings: Iterable[Booking], columns: Sequence[str]) -> Iterator[bytes]:
    return spreadsheet.csv_pieces(_head(columns), _rows(bookings, columns))


def to_xlsx(
    title: str, bookings: Iterable[Booking], columns: Sequence[str], *, made_at: datetime
) -> bytes:
    rows = _rows(bookings, columns)
    return spreadsheet.to_xlsx(title, _head(columns), rows, made_at=made_at, sheet="Bookings")


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
