"""The register of a date: who came, marked while it is open; and who came without a place."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.formats import words
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Ending,
    Organiser,
)
from webapp.services import partnership, places, practitioners, standing
from webapp.services.details import Details

# People are let in before the start.
OPENS_BEFORE = timedelta(minutes=30)
NO_REGISTER = {
    DateState.DRAFT: "This date has not been published, so it has no register.",
    DateState.HELD_BACK: "This date is still to be settled, so it has no register.",
    DateState.POSTPONED: "This date has been postponed, so it has no register yet.",
    DateState.CANCELLED: "This date has been cancelled, so it has no register.",
}
NOT_ON_IT = "This person is not on the register."


def why_locked(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why nobody can be marked now; None while the register is open."""
    if date.starts_at is None or date.state is not DateState.PUBLISHED:
        return NO_REGISTER.get(date.state, NO_REGISTER[DateState.HELD_BACK])
    if now < date.starts_at - OPENS_BEFORE:
        return f"The register opens at {words.moment(date.starts_at - OPENS_BEFORE)}."
    if is_closed(date, now):
        return f"The register closed at {words.moment(closes_at(date))}."
    return None


def why_not_rest(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why those without a mark are not marked at once yet: a mark is for all
    days, and some have not been. None when they can be."""
    last = date.days[-1].starts_at
    if len(date.days) == 1 or last <= now:
        return None
    return f"The rest can be marked at once when the last day begins, at {words.moment(last)}."


def closes_at(date: CourseDate, after: timedelta | None = None) -> datetime:
    """When the register of a date that has a day is, or was, locked; `after` spares a list asking
    for `stays_open` at each of its dates."""
    assert date.ends_at is not None
    last = max(date.ends_at, date.register_reopened_at or date.ends_at)
    return last + (after or stays_open())


def is_closed(date: CourseDate, now: datetime, after: timedelta | None = None) -> bool:
    """Whether it was open and is locked since, so that it takes a reason to open it again."""
    is_on = date.state is DateState.PUBLISHED and date.ends_at is not None
    return is_on and closes_at(date, after) <= now


def get(date: CourseDate, booking_id: int) -> Booking:
    """Somebody on this register. Raises NotFound for a booking of another date, and Refused when
    they have no place here, such as since a moment ago."""
    found = db.session.scalar(
        select(Booking).where(Booking.id == booking_id, Booking.course_date_id == date.id)
    )
    if found is None:
        raise NotFound("There is no such booking on this date.")
    if found.state is not BookingState.CONFIRMED:
        raise Refused(NOT_ON_IT)
    return found


def mark(
    booking: Booking, attendance: Attendance | None, organiser: Organiser, *, now: datetime
) -> bool:
    """Say whether this person came, or with None that nobody can say so far.

    Said again nothing happens, and False comes back. Raises Refused while the register is locked.
    """
    return bool(mark_all(booking.course_date, {booking.id: attendance}, organiser, now=now))


def mark_all(
    date: CourseDate,
    marks: Mapping[int, Attendance | None],
    organiser: Organiser,
    *,
    now: datetime,
) -> Sequence[Booking]:
    """The same of several by their bookings' ids; those whose mark is another now come back."""
    hold_open(date, now)
    found = _those(date, Booking.id.in_(marks))
    if len(found) < len(marks):
        raise Refused(NOT_ON_IT if len(marks) == 1 else "Somebody is no longer on the register.")
    changed = [booking for booking in found if booking.attendance is not marks[booking.id]]
    for booking in changed:
        _write(booking, marks[booking.id], organiser, now)
    return changed


def rest_present(date: CourseDate, organiser: Organiser, *, now: datetime) -> Sequence[Booking]:
    """Everybody who is not marked attended; they come back. Raises Refused while it is locked,
    and before the last day."""
    hold_open(date, now)
    if reason := why_not_rest(date, now):
        raise Refused(reason)
    rest = _those(date, Booking.attendance.is_(None))
    for booking in rest:
        _write(booking, Attendance.ATTENDED, organiser, now)
    return rest


def take_back(
    date: CourseDate, organiser: Organiser, *, marked_at: datetime, now: datetime
) -> Sequence[Booking]:
    """Undo what somebody marked at once at this moment; whoever was marked anew since stays so."""
    hold_open(date, now)
    theirs = (Booking.marked_by_id == organiser.id) & (Booking.marked_at == marked_at)
    found = _those(date, theirs)
    for booking in found:
        _write(booking, None, organiser, now)
    return found


def walk_in(
    date: CourseDate,
    *,
    name: str,
    email: str,
    agency: Agency,
    organisation: str | None = None,
    organiser: Organiser,
    now: datetime,
) -> Booking:
    """Somebody who came without a place attended, however full it was; they are not written to.

    Who has a place after all is marked, and who waited for one has come to it. Raises Refused while
    the register is locked.
    """
    hold_open(date, now)
    practitioner = practitioners.find_or_make(email, now=now)
    booking = places.booking_of(practitioner, date)
    if booking is None:
        details = Details(name=name, agency=agency, organisation=organisation, job_role="")
        booking = standing.begin(practitioner, date, details, now=now, regardless=True)
        booking.is_walk_in = True
    elif booking.state is not BookingState.CONFIRMED:
        booking.state, booking.offered_until = BookingState.CONFIRMED, None
        booking.is_walk_in, booking.updated_at = True, now
    if not booking.came:
        _write(booking, Attendance.ATTENDED, organiser, now)
    return booking


def take_off(booking: Booking, *, now: datetime) -> None:
    """Undo a walk-in; who waited waits again. Raises Refused for anybody who had a place."""
    hold_open(booking.course_date, now)
    db.session.refresh(booking)
    if not booking.is_walk_in or not booking.is_live:
        raise Refused("Only somebody who came without a place can be taken off the register.")
    booking.attendance = booking.marked_at = booking.marked_by = None
    booking.is_walk_in, booking.updated_at = False, now
    if booking.waiting_since is not None:
        booking.state = BookingState.WAITING
    else:
        booking.state, booking.ending = BookingState.CANCELLED, Ending.BY_ORGANISER
        booking.cancelled_at, booking.cancel_reason = now, "Taken off the register"


def reopen(date: CourseDate, *, now: datetime) -> None:
    """Let a locked register be marked for as long again. Raises Refused when it is not locked."""
    places.hold(date)
    if not is_closed(date, now):
        raise Refused(why_locked(date, now) or "The register is open already.")
    date.register_reopened_at = now


def on_register(date: CourseDate) -> tuple[ColumnElement[bool], ...]:
    """Of a booking: it is on the register of this date."""
    return Booking.course_date_id == date.id, Booking.state == BookingState.CONFIRMED


def hold_open(date: CourseDate, now: datetime) -> None:
    """Hold the date, so that nobody on it changes meanwhile, and refuse while it is locked."""
    places.hold(date)
    if reason := why_locked(date, now):
        raise Refused(reason)


def stays_open() -> timedelta:
    """How long after the end, or after somebody reopened it, a register can be marked."""
    return timedelta(days=partnership.get().register_days)


def _write(
    booking: Booking, attendance: Attendance | None, organiser: Organiser, now: datetime
) -> None:
    booking.attendance = attendance
    booking.marked_at, booking.marked_by = (now, organiser) if attendance else (None, None)


def _those(date: CourseDate, which: ColumnElement[bool]) -> Sequence[Booking]:
    """These people on the register as they stand now."""
    return db.session.scalars(
        select(Booking)
        .where(which, *on_register(date))
        .order_by(Booking.id)
        .execution_options(populate_existing=True)
    ).all()
