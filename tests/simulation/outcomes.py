"""What came of a year under one rule, counted from the rows it left."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select

from tests.simulation.life import Life
from tests.simulation.promises import ASKS, HAS_A_PLACE
from webapp.db import db
from webapp.models import Attendance, Booking, CourseDate, Email

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    seats: int
    attended: int
    mails: int
    # Places given up on dates that had been full, how many somebody else had in the end, and for
    # how many hours half of them stood empty at least, until then or the start.
    freed: int
    passed_on: int
    empty_hours: float
    # Of the people who found all dates full: who never had a place, and of them who was never told
    # of one; and how often somebody came too late for a place they were told of.
    without: int
    told_of_none: int
    too_late: int

    @property
    def fill(self) -> float:
        return 100 * self.attended / self.seats

    @property
    def mails_a_seat(self) -> float:
        return self.mails / self.attended

    @property
    def share_passed_on(self) -> float:
        return 100 * self.passed_on / self.freed if self.freed else 0.0


def of(life: Life) -> Outcome:
    seats = sum(planned.capacity for planned in life.year.dates)
    came = select(func.count()).where(Booking.attendance == Attendance.ATTENDED)
    empty = [gap for date in life.rows.ids.values() for gap in _gaps(date)]
    held, told = _who(HAS_A_PLACE), _who(ASKS)
    without = life.turned_away - held
    return Outcome(
        seats=seats,
        attended=db.session.scalars(came).one(),
        mails=db.session.scalars(select(func.count()).select_from(Email)).one(),
        freed=len(empty),
        passed_on=sum(was_filled for _, was_filled in empty),
        empty_hours=median(gap / HOUR for gap, _ in empty) if empty else 0.0,
        without=len(without),
        told_of_none=len(without - told),
        too_late=life.came_too_late,
    )


def _who(kinds: Iterable[str]) -> set[tuple[str, int]]:
    """By address and course: who was sent a mail of these kinds."""
    rows = db.session.execute(
        select(Email.to, CourseDate.course_id)
        .join(Booking, Booking.id == Email.booking_id)
        .join(CourseDate, CourseDate.id == Booking.course_date_id)
        .where(Email.kind.in_(kinds))
    )
    return {(to, course - 1) for to, course in rows}


def _gaps(date_id: int) -> list[tuple[timedelta, bool]]:
    """How long each place stood empty that was given up after the date had been full once, and
    whether somebody else had it in the end."""
    date = db.session.get_one(CourseDate, date_id)
    assert date.starts_at is not None
    assert date.capacity is not None
    taken, was_full, gaps = 0, False, []
    empty: deque[datetime] = deque()
    for at, change in sorted(_changes(date).items()):
        if at >= date.starts_at:
            break
        for _ in range(-change if was_full else 0):
            empty.append(at)
        for _ in range(min(change, len(empty))):
            gaps.append((at - empty.popleft(), True))
        taken += change
        was_full = was_full or taken == date.capacity
    return gaps + [(date.starts_at - at, False) for at in empty]


def _changes(date: CourseDate) -> dict[datetime, int]:
    """By how many the people with a place became more, or fewer, at each moment."""
    changes: dict[datetime, int] = defaultdict(int)
    rows = db.session.execute(
        select(Booking.id, Booking.cancelled_at, func.min(Email.queued_at))
        .join(Email, Email.booking_id == Booking.id)
        .where(Booking.course_date_id == date.id, Email.kind.in_(HAS_A_PLACE))
        .group_by(Booking.id, Booking.cancelled_at)
    )
    for _, ended_at, began_at in rows:
        changes[began_at] += 1
        if ended_at is not None:
            changes[ended_at] -= 1
    return changes
