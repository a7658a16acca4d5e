"""Places that were missed: what counts as one, whose they are, and how many.

Several places missed on one day count once, since whatever kept somebody away was one thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.clock import london
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Attendance, Booking, CourseDate, DateState, LadderStep
from webapp.models.causes import EXCUSED
from webapp.services import cancelling, places


@dataclass(frozen=True)
class Miss:
    """A place that was missed: when, when we learnt of it, and when that training ended."""

    booking: Booking
    at: datetime
    known_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        return london(self.ends_at).date()


def counts() -> ColumnElement[bool]:
    """Of a booking: its place was missed, and nobody has said that it does not count. Who gave it
    up and then booked it again is judged by the place they have, and nobody by what a colleague
    booked for them and they have not confirmed."""
    first = aliased(Booking)
    is_passed_on = exists().where(
        first.id == Booking.replaces_id, first.practitioner_id != Booking.practitioner_id
    )
    # They may never have known of it.
    is_a_colleagues_word = and_(
        Booking.terms_id.is_(None), or_(Booking.booked_by_id.is_not(None), is_passed_on)
    )
    no_excuse = or_(Booking.cause.is_(None), Booking.cause.not_in(EXCUSED))
    return and_(
        or_(
            Booking.attendance == Attendance.ABSENT,
            and_(cancelling.gave_up_late(), no_excuse),
        ),
        Booking.miss_set_aside_at.is_(None),
        ~is_a_colleagues_word,
        Booking.course_date.has(
            and_(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at.is_not(None))
        ),
    )


def misses(*which: ColumnElement[bool]) -> list[Miss]:
    """What these people missed, the first first, and of each day the first alone."""
    rows = db.session.scalars(
        select(Booking)
        .where(counts(), *which)
        .order_by(Booking.id)
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.agency),
            joinedload(Booking.course_date).joinedload(CourseDate.course),
        )
        .execution_options(populate_existing=True)
    ).all()
    found: dict[tuple[int, date], Miss] = {}
    for miss in sorted(map(_miss, rows), key=lambda miss: miss.at):
        found.setdefault((miss.booking.practitioner_id, miss.day), miss)
    return list(found.values())


def how_many(found: Sequence[Miss], step: LadderStep, at: datetime) -> int:
    """How many of one person's count for this step at that moment."""
    begins = max(step.since, months_before(at, step.months))
    return sum(begins <= miss.at <= at for miss in found)


def why_not_set_aside(booking: Booking) -> str | None:
    """One sentence saying why there is nothing to set aside; None when there is."""
    if booking.miss_set_aside_at is not None:
        return "This missed place has been set aside already."
    if not booking.was_missed:
        return "This place was not missed, or there was a reason that counts."
    return None


def set_aside(booking: Booking, *, reason: str, now: datetime) -> None:
    """This missed place counts against nobody. Raises Refused when there is nothing to set aside.

    What was written already stays written.
    """
    places.hold_for(booking)
    if why_not := why_not_set_aside(booking):
        raise Refused(why_not)
    booking.miss_set_aside_at, booking.miss_set_aside_reason = now, reason
    booking.updated_at = now


def _miss(booking: Booking) -> Miss:
    ends_at = booking.course_date.ends_at
    assert ends_at is not None
    if booking.attendance is Attendance.ABSENT:
        at, known_at = ends_at, max(booking.marked_at or ends_at, ends_at)
    else:
        at = known_at = booking.cancelled_at or ends_at
    return Miss(booking, at, known_at, ends_at)


def months_before(moment: datetime, number: int) -> datetime:
    """The same hour of the same day so many months before; of a shorter month the last day."""
    local = london(moment)
    year, month = divmod(local.year * 12 + local.month - 1 - number, 12)
    for days in range(4):
        try:
            return local.replace(year=year, month=month + 1, day=local.day - days)
        except ValueError:
            continue
    raise AssertionError("No month has fewer than 28 days.")
