"""How well seats are filled, term by term and course by course: how many were taken, given up late
or missed, how many that came free somebody else took, and after how long.

It is for whoever judges a change of policy, so it says on which days there was one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from webapp.clock import london
from webapp.db import db
from webapp.formats.school_terms import SchoolTerm
from webapp.formats.search import plain
from webapp.models import (
    Attendance,
    AuditLine,
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Seats,
)
from webapp.services import cancelling, freed_places, places
from webapp.services.freed_places import GIVEN_UP, WAITS

# The term and those before it.
TERMS = 6
CHANGED, NEW_TERMS = "changed the settings", "published booking terms"
TERMS_OF_BOOKING = "Booking terms"


@dataclass(frozen=True)
class TermLine:
    """One term, and what was changed in it on which days."""

    term: SchoolTerm
    seats: Seats
    changes: Mapping[date, Sequence[str]]


@dataclass(frozen=True)
class CourseLine:
    name: str
    now: Seats
    before: Seats


@dataclass(frozen=True)
class Filling:
    # The one asked for, and those before it there is anything to say of, the latest first.
    terms: Sequence[TermLine]
    # Of that term and the one before it, by title.
    courses: Sequence[CourseLine]


def of(term: SchoolTerm, policies: Collection[str], *, now: datetime) -> Filling:
    """Of dates that were held until now. `policies` are the settings whose changes are marked."""
    terms = [term]
    while len(terms) < TERMS:
        terms.append(terms[-1].before)
    of_term: dict[SchoolTerm, Seats] = {}
    of_course: dict[tuple[SchoolTerm, int], Seats] = {}
    for held, seats in _of_dates(terms[-1].starts_at, term.ends_at, now):
        its = SchoolTerm.of(held.starts_at)
        of_term[its] = of_term.get(its, Seats()) + seats
        of_course[its, held.course_id] = of_course.get((its, held.course_id), Seats()) + seats
    changes = _changes(policies, terms[-1].starts_at, min(term.ends_at, now))
    lines = [
        TermLine(
            one,
            of_term.get(one, Seats()),
            {day: what for day, what in changes.items() if one.holds(day)},
        )
        for one in terms
    ]
    both = (term, term.before)
    titles = _titles(course_id for its, course_id in of_course if its in both)
    return Filling(
        [line for line in lines if line.term == term or line.seats.dates or line.changes],
        [
            CourseLine(title, *(of_course.get((one, course_id), Seats()) for one in both))
            for course_id, title in titles
        ],
    )


def _of_dates(first: datetime, last: datetime, now: datetime) -> list[tuple[Any, Seats]]:
    """Counted by the database; people are read of those dates alone where somebody gave a place
    up, as without that none came free."""
    took_part = and_(Booking.state == BookingState.CONFIRMED, ~Booking.is_walk_in)
    counts = {
        "booked": took_part,
        "absent": and_(took_part, Booking.attendance == Attendance.ABSENT),
        "late_cancellations": cancelling.gave_up_late(),
        "came": and_(took_part, Booking.attendance.in_(places.CAME)),
        "waited": and_(Booking.state.in_(WAITS), Booking.approval_asked_at.is_(None)),
        "given_up": Booking.ending.in_(GIVEN_UP),
    }
    dates = db.session.execute(
        select(
            CourseDate.id,
            CourseDate.course_id,
            CourseDate.starts_at,
            CourseDate.capacity,
            *(func.count().filter(which).label(name) for name, which in counts.items()),
        )
        .outerjoin(CourseDate.bookings)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at >= first,
            CourseDate.starts_at < last,
            CourseDate.ends_at <= now,
        )
        .group_by(CourseDate.id)
    ).all()
    theirs: dict[int, list[Any]] = {one.id: [] for one in dates if one.given_up}
    for row in db.session.execute(
        select(
            Booking.id,
            Booking.course_date_id,
            Booking.state,
            Booking.ending,
            Booking.is_walk_in,
            Booking.booked_at,
            Booking.waiting_since,
            Booking.place_taken_at,
            Booking.cancelled_at,
            Booking.replaces_id,
            Booking.invites.any().label("was_invited"),
        ).where(Booking.course_date_id.in_(theirs))
    ):
        theirs[row.course_date_id].append(row)
    return [(one, _of_date(one, theirs.get(one.id, ()))) for one in dates]


def _of_date(date: Any, rows: Sequence[Any]) -> Seats:
    whole = Seats(
        dates=1,
        booked=date.booked,
        absent=date.absent,
        late_cancellations=date.late_cancellations,
    )
    if date.capacity is None:
        return whole
    limited = replace(
        whole,
        places=date.capacity,
        taken=date.booked,
        came=date.came,
        empty_while_wanted=min(date.waited, max(date.capacity - date.booked, 0)),
    )
    return limited + freed_places.of(date.starts_at, date.capacity, rows) if rows else limited


def _titles(course_ids: Iterable[int]) -> list[tuple[int, str]]:
    """In the order people expect."""
    rows = db.session.execute(select(Course.id, Course.title).where(Course.id.in_(set(course_ids))))
    return sorted(((key, title) for key, title in rows), key=lambda row: (plain(row[1]), row))


def _changes(policies: Collection[str], first: datetime, last: datetime) -> dict[date, list[str]]:
    """What was changed on which day on London's calendar, the earliest first."""
    rows = db.session.execute(
        select(AuditLine.at, AuditLine.action, AuditLine.detail)
        .where(
            AuditLine.at >= first,
            AuditLine.at < last,
            AuditLine.action.in_([CHANGED, NEW_TERMS]),
        )
        .order_by(AuditLine.at, AuditLine.id)
    )
    found: dict[date, list[str]] = {}
    for at, action, detail in rows:
        what = TERMS_OF_BOOKING if action == NEW_TERMS else detail
        if what in (*policies, TERMS_OF_BOOKING):
            day = found.setdefault(london(at).date(), [])
            day += [] if what in day else [what]
    return found
