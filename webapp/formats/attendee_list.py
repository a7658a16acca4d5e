"""The attendee list to take away: which columns, in which words, under which file name.

Access needs and organisers' notes are left out: files are passed on, and those are not meant to be.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from webapp.clock import london
from webapp.formats import spreadsheet
from webapp.formats.spreadsheet import Cell
from webapp.formats.words import short_day
from webapp.models import Attendance, Booking, BookingState, CourseDate, Ending

STATES = {
    BookingState.CONFIRMED: "Confirmed",
    BookingState.WAITING: "Waiting",
    BookingState.OFFERED: "Offered a place",
    BookingState.CANCELLED: "Cancelled",
}
ENDINGS = {
    Ending.BY_PRACTITIONER: "Cancelled by the person",
    Ending.BY_ORGANISER: "Cancelled by an organiser",
    Ending.DATE_CANCELLED: "The date was cancelled",
    Ending.MOVED: "Moved to another date",
    Ending.SUBSTITUTED: "Passed on to a colleague",
    Ending.OFFER_DECLINED: "Said no to an offered place",
    Ending.OFFER_LAPSED: "Did not answer an offered place",
    Ending.ADDRESS_CORRECTED: "Corrected their email address",
}
ATTENDANCE = {
    Attendance.ATTENDED: "Attended",
    Attendance.LATE: "Late",
    Attendance.PART: "Part of the time",
    Attendance.ABSENT: "Absent",
    Attendance.EXCUSED: "Excused",
}
WENT_ON = (Ending.MOVED, Ending.SUBSTITUTED)
COLUMNS: Sequence[tuple[str, Callable[[Booking], Cell]]] = (
    ("Name", lambda booking: booking.name),
    ("Email", lambda booking: booking.email),
    ("Organisation", lambda booking: booking.works_at),
    ("Sector", lambda booking: booking.agency.sector.name),
    ("Job role", lambda booking: booking.job_role),
    ("Team", lambda booking: booking.team),
    ("Phone", lambda booking: booking.phone),
    ("Line manager", lambda booking: booking.manager_name),
    ("Line manager's email", lambda booking: booking.manager_email),
    ("State", lambda booking: state(booking)),
    ("Booked", lambda booking: booking.booked_at),
    ("Attendance", lambda booking: booking.attendance and ATTENDANCE[booking.attendance]),
    ("Walk-in", lambda booking: "Yes" if booking.is_walk_in else None),
)


def state(booking: Booking) -> str:
    """How the booking stands, and for a cancelled one how it came to that: "Moved to Thu 21 Aug",
    "Passed on to Ben Other"."""
    after = booking.replaced_by if booking.ending in WENT_ON else None
    if after is not None and booking.ending is Ending.SUBSTITUTED:
        return f"Passed on to {after.name}"
    if after is not None and after.course_date.starts_at is not None:
        return f"Moved to {short_day(after.course_date.starts_at)}"
    return ENDINGS[booking.ending] if booking.ending else STATES[booking.state]


def to_csv(bookings: Iterable[Booking]) -> bytes:
    return spreadsheet.to_csv(_head(), _rows(bookings))


def to_xlsx(date: CourseDate, bookings: Iterable[Booking], *, made_at: datetime) -> bytes:
    return spreadsheet.to_xlsx(date.course.title, _head(), _rows(bookings), made_at=made_at)


def file_name(date: CourseDate, ending: str) -> str:
    """Such as "harmful-sexual-behaviour-29-may-2025-attendees.csv"."""
    day = f"{london(date.starts_at):%-d-%b-%Y}".lower() if date.starts_at else "date-to-confirm"
    return f"{date.course.slug}-{day}-attendees.{ending}"


def _head() -> list[str]:
    return [head for head, _ in COLUMNS]


def _rows(bookings: Iterable[Booking]) -> Iterable[list[Cell]]:
    return ([cell(booking) for _, cell in COLUMNS] for booking in bookings)
