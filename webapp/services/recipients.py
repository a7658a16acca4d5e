"""To whom of the people on a date a message goes: who stands so, or was chosen one by one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.models import (
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateMessage,
    Ending,
    WrittenTo,
)
from webapp.services import places

# Everybody ever on a date who has not left it by themselves: after it was called off, too.
STAYED = or_(Booking.state.in_(places.TAKES_PART), Booking.ending == Ending.DATE_CANCELLED)
CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)
AMONG: dict[WrittenTo, ColumnElement[bool]] = {
    WrittenTo.ALL: true(),
    WrittenTo.CONFIRMED: Booking.state == BookingState.CONFIRMED,
    WrittenTo.WAITING: Booking.state.in_([BookingState.WAITING, BookingState.OFFERED]),
    WrittenTo.ATTENDED: Booking.attendance.in_(CAME),
    WrittenTo.ABSENT: Booking.attendance == Attendance.ABSENT,
}


def counts(date: CourseDate, chosen: Sequence[int] = ()) -> Mapping[WrittenTo, int]:
    """How many people there are to write to, of whatever agency; those chosen first, if any."""
    among = {WrittenTo.CHOSEN: _one_of(chosen)} | AMONG if chosen else AMONG
    numbers = db.session.execute(
        select(*(func.count().filter(which) for which in among.values())).where(
            Booking.course_date_id == date.id, STAYED
        )
    ).one()
    return dict(zip(among, numbers, strict=True))


def people(message: DateMessage) -> Select[Booking]:
    """Those it would be sent to now, in the order they booked."""
    chosen = message.written_to is WrittenTo.CHOSEN
    among = _one_of(message.chosen or ()) if chosen else AMONG[message.written_to]
    found = (
        select(Booking)
        .where(Booking.course_date_id == message.course_date_id, STAYED, among)
        .order_by(Booking.id)
        .options(joinedload(Booking.practitioner))
    )
    if message.agency_id is not None:
        found = found.where(Booking.agency_id == message.agency_id)
    return found


def _one_of(chosen: Sequence[int]) -> ColumnElement[bool]:
    return Booking.id.in_(chosen)
