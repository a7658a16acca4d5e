"""The figures for the board: bookings and attendance of a period beside the year before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from webapp.db import db
from webapp.formats.periods import Period, year_earlier
from webapp.formats.search import plain
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Figures,
    Line,
    Report,
    Sector,
)
from webapp.services import cancelling

# As many years can be chosen from.
MOST_YEARS = 10
CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)
BOOKED = Booking.is_walk_in.is_(False)
# What is counted among those who have, or came to, a place.
COUNTED: Mapping[str, ColumnElement[bool]] = {
    "booked": BOOKED,
    "came": BOOKED & Booking.attendance.in_(CAME),
    "part": BOOKED & (Booking.attendance == Attendance.PART),
    "absent": BOOKED & (Booking.attendance == Attendance.ABSENT),
    "excused": BOOKED & (Booking.attendance == Attendance.EXCUSED),
    "unmarked": BOOKED & Booking.attendance.is_(None),
    "walk_ins": Booking.is_walk_in.is_(True),
    "trained": Booking.attendance.in_(CAME),
}


@dataclass(frozen=True)
class _Part:
    """What one date adds to the figures; or, where it names an agency, its people there."""

    date_id: int
    course_id: int
    agency_id: int | None
    quarter: int
    figures: Figures


_Key = Callable[[_Part], int | None]


def of(period: Period, agency: Agency | None, *, now: datetime) -> Report:
    """What was held in the period until now, and until this day in the year before; with an
    agency, only its people are counted."""
    this = _parts(period, agency, now)
    before = _parts(period.year_before, agency, year_earlier(now))
    both = [*this, *before]
    whole = Line("", _sum(this), _sum(before))
    quarters = {quarter.quarter: quarter.words for quarter in period.quarters}
    courses = _names(Course.id, Course.title, {part.course_id for part in both})
    agencies = _names(Agency.id, Agency.name, {part.agency_id for part in both})
    sector_of = {} if agency else _sectors_of(agencies)
    sectors = _names(Sector.id, Sector.name, sector_of.values())

    def lines_of(names: Mapping[int, str], whose: _Key) -> list[Line]:
        return _lines(_theirs(this, whose), _theirs(before, whose), names, whose)

    return Report(
        whole,
        _lines(this, before, quarters, lambda part: part.quarter),
        _lines(this, before, courses, lambda part: part.course_id),
        lines_of(sectors, lambda part: sector_of.get(part.agency_id)),
        lines_of(agencies, lambda part: part.agency_id),
        _to_come(period, now),
    )


def periods(now: datetime) -> Sequence[Period]:
    """The financial years there is anything to report of, the latest first."""
    this = Period.of(now)
    first = db.session.scalar(select(func.min(CourseDate.starts_at)))
    oldest = max(Period.of(first).year if first else this.year, this.year - MOST_YEARS + 1)
    return [Period(year) for year in range(this.year, min(oldest, this.year) - 1, -1)]


def _parts(period: Period, agency: Agency | None, until: datetime) -> list[_Part]:
    held = (*_in(period), CourseDate.ends_at <= until)
    dates = {
        row.id: row
        for row in db.session.execute(
            select(
                CourseDate.id, CourseDate.course_id, CourseDate.starts_at, CourseDate.capacity
            ).where(*held)
        )
    }
    of_agency = [Booking.agency_id == agency.id] if agency else []
    people: dict[tuple[int, int], Figures] = {}
    for date_id, agency_id, *counts in db.session.execute(_counted(*held, *of_agency)):
        found = Figures(**dict(zip(COUNTED, counts, strict=True)))
        limited = dates[date_id].capacity is not None
        people[date_id, agency_id] = replace(found, taken=found.booked if limited else 0)
    for date_id, agency_id, late in db.session.execute(_gave_up_late(*held, *of_agency)):
        so_far = people.get((date_id, agency_id), Figures())
        people[date_id, agency_id] = so_far + Figures(late_cancellations=late)
    with_people = {date_id for date_id, _ in people}
    # Of an agency's people it is no matter how many places there were for everybody.
    wholes = [
        (date_id, None, Figures(dates=1, places=0 if agency else date.capacity or 0))
        for date_id, date in dates.items()
        if agency is None or date_id in with_people
    ]
    theirs = [(date_id, agency_id, figures) for (date_id, agency_id), figures in people.items()]
    return [
        _Part(
            date_id,
            dates[date_id].course_id,
            agency_id,
            _quarter(period, dates[date_id].starts_at),
            figures,
        )
        for date_id, agency_id, figures in [*wholes, *theirs]
    ]


def _in(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (
        CourseDate.state == DateState.PUBLISHED,
        CourseDate.starts_at >= period.starts_at,
        CourseDate.starts_at < period.ends_at,
    )


def _counted(*which: ColumnElement[bool]) -> Any:
    """By date and agency, in the order of COUNTED."""
    sums = [func.sum(case((condition, 1), else_=0)) for condition in COUNTED.values()]
    return (
        select(Booking.course_date_id, Booking.agency_id, *sums)
        .join(Booking.course_date)
        .where(*which, Booking.state == BookingState.CONFIRMED)
        .group_by(Booking.course_date_id, Booking.agency_id)
    )


def _gave_up_late(*which: ColumnElement[bool]) -> Any:
    return (
        select(Booking.course_date_id, Booking.agency_id, func.count())
        .join(Booking.course_date)
        .where(*which, cancelling.gave_up_late())
        .group_by(Booking.course_date_id, Booking.agency_id)
    )


def _to_come(period: Period, now: datetime) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(CourseDate)
            .where(*_in(period), CourseDate.ends_at > now)
        )
        or 0
    )


def _theirs(parts: Iterable[_Part], whose: _Key) -> list[_Part]:
    """What agencies or sectors add, each date with people of theirs counted once for each."""
    seen: set[tuple[int, int]] = set()
    found = []
    for part in parts:
        if key := whose(part):
            first = (part.date_id, key) not in seen
            seen.add((part.date_id, key))
            found.append(replace(part, figures=replace(part.figures, dates=int(first))))
    return found


def _sectors_of(agencies: Iterable[int]) -> Mapping[int | None, int]:
    rows = db.session.execute(select(Agency.id, Agency.sector_id).where(Agency.id.in_(agencies)))
    return {row.id: row.sector_id for row in rows}


def _quarter(period: Period, moment: datetime) -> int:
    return next(quarter.quarter for quarter in period.quarters if quarter.holds(moment))


def _sum(parts: Iterable[_Part]) -> Figures:
    return sum((part.figures for part in parts), Figures())


def _names(key: Any, name: Any, keys: Iterable[int | None]) -> Mapping[int, str]:
    """The names of these rows, in the order people expect."""
    rows = db.session.execute(select(key, name).where(key.in_([one for one in keys if one])))
    return dict(sorted(((one, said) for one, said in rows), key=lambda row: (plain(row[1]), row)))


def _lines(
    this: Sequence[_Part],
    before: Sequence[_Part],
    names: Mapping[int, str],
    key: _Key,
) -> list[Line]:
    """One line for each name, in their order."""
    sums: list[dict[int | None, Figures]] = [{}, {}]
    for parts, found in zip((this, before), sums, strict=True):
        for part in parts:
            found[key(part)] = found.get(key(part), Figures()) + part.figures
    return [
        Line(name, *(found.get(one, Figures()) for found in sums)) for one, name in names.items()
    ]
