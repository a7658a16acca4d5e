"""Courses, dates and bookings that come from elsewhere as tables: compared with what is here, and
made by the verbs of the pages, all or none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import datetime, time

from sqlalchemy import select

from webapp.clock import london
from webapp.db import db
from webapp.errors import BookingClosed, Refused
from webapp.formats.search import plain
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Kind,
    Practitioner,
    Sector,
)
from webapp.services import (
    arrangements,
    course_dates,
    courses,
    date_drafts,
    notices,
    places,
    practitioners,
    standing,
    waiting_list,
)
from webapp.services.arrangements import Arrangements
from webapp.services.bookings import why_not_added
from webapp.services.courses import About
from webapp.services.details import Details

NAMED_ALREADY = "An earlier row has this person on this date"
BOOKED_ALREADY = "This person has a booking for this date already"


class BookedAlready(Refused):
    """Somebody of the table is on the date, or was named before."""


@dataclass(frozen=True)
class NewDate:
    course: Course
    arrangements: Arrangements


@dataclass(frozen=True)
class NewBooking:
    course_date: CourseDate
    email: str
    details: Details


class Known:
    """What is here, for a whole table in a few queries."""

    def __init__(self) -> None:
        self._courses: dict[str, list[Course]] = {}
        for course in db.session.scalars(select(Course).order_by(Course.id)):
            for name in {plain(course.title), course.slug}:
                self._courses.setdefault(name, []).append(course)

    def has(self, title: str) -> bool:
        return plain(title) in self._courses

    def course(self, said: str) -> Course:
        """The course of this title, or of this name in its address. Raises Refused."""
        found = self._courses.get(plain(" ".join(said.split())), [])
        if not found:
            raise Refused(
                f"There is no course called “{said}” here" if said else "Course is missing"
            )
        if len(found) > 1:
            names = " or ".join(course.slug for course in found)
            raise Refused(f"Several courses are called so. Say instead: {names}")
        return found[0]


class KnownDates:
    """The dates of some courses and who is on them."""

    def __init__(self, known: Iterable[Course], now: datetime) -> None:
        ids = {course.id for course in known}
        self._dates = course_dates.of_courses(ids)
        dates = [date for of_course in self._dates.values() for date in of_course]
        self._there = {
            _where_and_when(date.course_id, date, date.starts_at)
            for date in dates
            if date.state is not DateState.CANCELLED
        }
        self._standing = places.places_of(dates, now)
        rows = db.session.execute(
            select(Booking.course_date_id, Practitioner.email)
            .join(Booking.practitioner)
            .join(Booking.course_date)
            .where(CourseDate.course_id.in_(ids), Booking.state != BookingState.CANCELLED)
        )
        self._booked = {(date_id, email) for date_id, email in rows}
        self._named: set[tuple[int, str]] = set()

    def take_date(self, course: Course, new: Arrangements, now: datetime) -> NewDate:
        """A date that could be made beside those here and those taken before. Raises Refused."""
        if course.kind is Kind.E_LEARNING:
            raise Refused("E-learning is taken at any time, so it has no dates")
        new = arrangements.of_new_date(new, now=now)
        key = _where_and_when(course.id, new, new.days[0][0])
        if key in self._there:
            raise Refused("The course has a date at this time and place already")
        self._there.add(key)
        return NewDate(course, new)

    def date(self, course: Course, day: Day, starts: time | None, now: datetime) -> CourseDate:
        """The date that begins on this day and can take somebody still. Raises Refused."""
        found = [
            date
            for date in self._dates.get(course.id, [])
            if date.starts_at
            and london(date.starts_at).date() == day
            and starts in {None, london(date.starts_at).time()}
        ]
        open_ones = [date for date in found if why_not_added(date, now) is None]
        if len(open_ones) > 1:
            raise Refused("The course has several dates on this day. Say when it starts")
        if open_ones:
            return open_ones[0]
        raise Refused(
            (found and why_not_added(found[0], now)) or "The course has no date on this day"
        )

    def take_booking(self, new: NewBooking) -> BookingState:
        """How this person will stand after those taken before. Raises Refused."""
        date = new.course_date
        who = date.id, new.email
        if who in self._booked:
            raise BookedAlready(BOOKED_ALREADY)
        if who in self._named:
            raise BookedAlready(NAMED_ALREADY)
        self._named.add(who)
        before, sector = self._standing[date.id], new.details.agency.sector_id
        if before.left_for(sector) != 0:
            self._standing[date.id] = before.with_one_more(sector)
            return BookingState.CONFIRMED
        of_sector = {**before.waiting_of, sector: before.waiting_of.get(sector, 0) + 1}
        self._standing[date.id] = replace(before, waiting=before.waiting + 1, waiting_of=of_sector)
        return BookingState.WAITING


def _where_and_when(course_id: int, held: CourseDate | Arrangements, at: datetime | None) -> object:
    return course_id, at, held.format, held.venue and held.venue.id, held.room


def agencies_by_name(sectors: Sequence[Sector]) -> Mapping[str, set[int]]:
    """The ids of the agencies that are, or were, called so; each also as "Sector: name"."""
    found: dict[str, set[int]] = {}
    for sector in sectors:
        for agency in sector.agencies:
            for name in (agency.name, *agency.former_names):
                for called in (name, f"{sector.name}: {name}"):
                    found.setdefault(plain(called), set()).add(agency.id)
    return found


def make_courses(abouts: Sequence[About], *, published: bool, now: datetime) -> list[Course]:
    return [courses.add(about, published=published, now=now) for about in abouts]


def make_dates(new: Sequence[NewDate], *, published: bool, now: datetime) -> int:
    """Drafts, or published at once; how many people were told of them. Raises Refused."""
    in_order = sorted(new, key=lambda one: one.course.id)  # in which courses are held
    made = [date_drafts.add(one.course, one.arrangements, now=now) for one in in_order]
    return date_drafts.publish_all(made, now=now) if published else 0


def make_bookings(
    new: Sequence[NewBooking], *, written_to: bool, now: datetime
) -> Counter[tuple[CourseDate, BookingState]]:
    """A place, or one in line, for each in their order; how many stand how on which date.

    Raises Refused when one of them is booked, or a date off, since a moment ago.
    """
    made: Counter[tuple[CourseDate, BookingState]] = Counter()
    for date in sorted({one.course_date for one in new}, key=lambda date: date.id):
        waiting_list.lapse_on(date, now=now)
        if reason := why_not_added(date, now):
            raise BookingClosed(reason)
        for one in new:
            if one.course_date is date:
                booking = _book(one, now)
                made[date, booking.state] += 1
                if written_to:
                    notices.tell(booking, now=now, by_hand=True)
    return made


def _book(new: NewBooking, now: datetime) -> Booking:
    practitioner = practitioners.find_or_make(new.email, now=now)
    if places.booking_of(practitioner, new.course_date) is not None:
        raise BookedAlready(f"{new.email}: {BOOKED_ALREADY}.")
    return standing.begin(practitioner, new.course_date, new.details, now=now)
