"""The words in which lists say how somebody stands, and the names of files of one date."""

from datetime import datetime

from webapp.clock import london
from webapp.formats.words import short_day
from webapp.models import (
    Attendance,
    Attendee,
    Booking,
    BookingState,
    Cause,
    CourseDate,
    Ending,
    ListedBooking,
)

STATES = {
    BookingState.CONFIRMED: "Confirmed",
    BookingState.WAITING: "Waiting",
    BookingState.OFFERED: "Offered a place",
    BookingState.CANCELLED: "Cancelled",
}
ENDINGS = {
    Ending.BY_PRACTITIONER: "Cancelled by the person",
    Ending.BY_ORGANISER: "Cancelled by an organiser",
    Ending.BY_BOOKER: "Cancelled by the colleague who booked",
    Ending.BY_MANAGER: "Their line manager objected",
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
CAUSES = {
    Cause.ILLNESS: "ill",
    Cause.DUTY: "called to operational duty",
    Cause.OTHER: "another reason",
}
WENT_ON = (Ending.MOVED, Ending.SUBSTITUTED)


AWAITS_APPROVAL = "Waits for approval"


def state(booking: Booking) -> str:
    """How the booking stands, and for a cancelled one how it came to that: "Moved to Thu 21 Aug",
    "Passed on to Ben Other", "Cancelled late: ill"."""
    if booking.gave_up_late:
        return f"{_late(booking.ending)}: {cause(booking)}"
    after = booking.replaced_by if booking.ending in WENT_ON else None
    if after is None:
        return _stands(booking, None, None)
    starts_at = after.course_date.starts_at if booking.ending is Ending.MOVED else None
    return _stands(booking, after.name, starts_at)


def state_in_list(booking: Attendee) -> str:
    """The same of a line of the list."""
    if booking.gave_up_late:
        return f"{_late(booking.ending)}: {cause(booking)}"
    return _stands(booking, booking.heir, booking.heir_starts_at)


def state_in_file(booking: ListedBooking) -> str:
    """The same, without saying that somebody was ill: files are passed on."""
    if booking.gave_up_late:
        late = _late(booking.ending)
        return f"{late}, excused" if booking.is_excused else late
    return _stands(booking, booking.heir, booking.heir_starts_at)


def _stands(
    booking: Booking | Attendee | ListedBooking, heir: str | None, heir_starts_at: datetime | None
) -> str:
    if booking.ending is Ending.SUBSTITUTED and heir is not None:
        return f"Passed on to {heir}"
    if booking.ending is Ending.MOVED and heir_starts_at is not None:
        return f"Moved to {short_day(heir_starts_at)}"
    if booking.awaits_approval:
        return AWAITS_APPROVAL
    return ENDINGS[booking.ending] if booking.ending else STATES[booking.state]


def cause(booking: Booking | Attendee) -> str:
    return CAUSES[booking.cause] if booking.cause else "no reason given"


def _late(ending: Ending | None) -> str:
    by = " by an organiser" if ending is Ending.BY_ORGANISER else ""
    return f"Cancelled late{by}"


def file_name(date: CourseDate, ending: str, what: str = "attendees") -> str:
    """Such as "harmful-sexual-behaviour-29-may-2025-attendees.csv"."""
    day = f"{london(date.starts_at):%-d-%b-%Y}".lower() if date.starts_at else "date-to-confirm"
    return f"{date.course.slug}-{day}-{what}.{ending}"
