"""What is charged for a place that is given up late or stays empty, and to whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db, lock
from webapp.formats.charges import Entry
from webapp.formats.months import Month
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Length,
    Partnership,
    Policy,
    Sector,
    Tariff,
)
from webapp.services import cancelling, cut_off

LATEST = (
    select(Tariff)
    .where(Tariff.since <= bindparam("at"))
    .order_by(Tariff.since.desc(), Tariff.id.desc())
    .limit(1)
)


def in_force(at: datetime) -> Tariff | None:
    """The latest there was at that moment; None while nothing has ever been charged."""
    return db.session.scalar(LATEST, {"at": at})


def change(
    *, for_late: bool, for_absence: bool, amounts: Mapping[str, Mapping[str, int]], now: datetime
) -> None:
    """Charge this from now on. Who has booked is charged what held then."""
    lock(Partnership.updated_at)
    facts = {
        "for_late": for_late,
        "for_absence": for_absence,
        "amounts": {whose: dict(row) for whose, row in amounts.items() if row},
    }
    latest = in_force(now)
    if latest is None or any(getattr(latest, name) != value for name, value in facts.items()):
        db.session.add(Tariff(since=now, **facts))
        db.session.flush()


def policy(date: CourseDate, ours: Partnership, *, now: datetime) -> Policy:
    """What holds for whoever books the date now, from whatever sector."""
    return policies([date], ours, now=now)[date.id]


def policies(dates: Sequence[CourseDate], ours: Partnership, *, now: datetime) -> dict[int, Policy]:
    """The same of all these dates, by id, in two queries."""
    tariff, found = in_force(now), {}
    sectors = db.session.scalars(select(Sector.id)).all() if tariff else []
    for date in dates:
        ends, length = cut_off.of(date, ours), Length.of(date)
        if tariff is None:
            found[date.id] = Policy(ends, date.starts_at)
        else:
            pence = [tariff.pence(sector, length) for sector in sectors] or [0]
            found[date.id] = _policy(date, ends, tariff, pence)
    return found


def policy_for(booking: Booking, ours: Partnership | None = None) -> Policy:
    """What holds for this person, since they booked."""
    date, tariff = booking.course_date, in_force(booking.booked_at)
    ends = cut_off.of_booking(booking, ours)
    if tariff is None:
        return Policy(ends, date.starts_at)
    return _policy(date, ends, tariff, [tariff.pence(booking.agency.sector_id, Length.of(date))])


def of_month(month: Month) -> Sequence[Entry]:
    """Who gave up a place late or did not come, on dates that start in the month; by date and name.

    The excused are among them, and are charged nothing.
    """
    tariffs = db.session.scalars(
        select(Tariff).order_by(Tariff.since.desc(), Tariff.id.desc())
    ).all()
    found = db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at >= month.starts_at,
            CourseDate.starts_at < month.ends_at,
            or_(cancelling.gave_up_late(), _stayed_away()),
        )
        .order_by(CourseDate.starts_at, CourseDate.id, Booking.name, Booking.id)
        .options(
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            joinedload(Booking.practitioner),
            joinedload(Booking.agency).joinedload(Agency.sector),
        )
    ).all()
    return [Entry(one, _charged(one, tariffs)) for one in found]


def _charged(booking: Booking, tariffs: Sequence[Tariff]) -> int:
    """In pence, by the tariff there was when they booked."""
    held = (tariff for tariff in tariffs if tariff.since <= booking.booked_at)
    tariff = next(held, None)
    if tariff is None or not booking.was_missed or booking.miss_set_aside_at is not None:
        return 0
    counts = tariff.for_late if booking.gave_up_late else tariff.for_absence
    return tariff.pence(booking.agency.sector_id, Length.of(booking.course_date)) if counts else 0


def _stayed_away() -> ColumnElement[bool]:
    away = Booking.attendance.in_([Attendance.ABSENT, Attendance.EXCUSED])
    return (Booking.state == BookingState.CONFIRMED) & away


def _policy(
    date: CourseDate, ends: datetime | None, tariff: Tariff, pence: Sequence[int]
) -> Policy:
    charged = tariff.for_late, tariff.for_absence
    return Policy(ends, date.starts_at, min(pence), max(pence), *charged)
