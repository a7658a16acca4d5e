"""An organiser's desk to measure: so many dates and bookings, with what comes of them.

At size 1 there is what its `Scale` says, 60 dates and 1,500 bookings unless another is given; at
size 10 ten times as many of everything that grows with the years.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_course,
    make_date,
    make_email,
    make_held_back_date,
    make_many_dates,
    make_organiser,
    make_partnership,
    make_postponed_date,
    make_terms,
    make_venue,
    save,
)
from webapp.db import Base, db
from webapp.models import (
    AccessNeeds,
    Attendance,
    AuditLine,
    Booking,
    BookingState,
    Certificate,
    CourseDate,
    DateMessage,
    DateState,
    Email,
    Evaluation,
    Interest,
    Practitioner,
    RoleName,
    WrittenTo,
)

# So many days back and ahead the dates lie.
REACH = 300
# Of so many people in a row on a date that is over, one each is marked like this.
MARKS = [Attendance.ATTENDED] * 6 + [Attendance.LATE, Attendance.PART, Attendance.ABSENT, None]
# Of so many in a row on one to come, one each stands like this.
STATES = [BookingState.CONFIRMED] * 7 + [
    BookingState.OFFERED,
    BookingState.WAITING,
    BookingState.CANCELLED,
]


@dataclass(frozen=True)
class Scale:
    """How much there is at size 1; so many of the bookings are on one date."""

    courses: int
    dates: int
    bookings: int
    on_one: int


SMALL = Scale(courses=10, dates=60, bookings=1500, on_one=300)


@dataclass(frozen=True)
class Desk:
    """Whose it is, the date with most people, the course with most dates, and some booking."""

    organiser: Any
    date: int
    course: int
    booking: int


def fill(size: int, scale: Scale = SMALL) -> Desk:
    make_partnership()
    make_terms()
    organiser = make_organiser(role=RoleName.ADMINISTRATOR)
    agencies = [make_agency(f"Agency {number:02}").id for number in range(30)]
    number = scale.dates * size
    apart = timedelta(days=2 * REACH) / number
    dates = make_many_dates(number - 1, first=NOW - timedelta(days=REACH), apart=apart)
    on_one = scale.on_one * size
    over = make_date(course=dates[0].course, starts_at=NOW - timedelta(days=2), capacity=on_one)
    _other_courses(dates, (scale.courses - 1) * size)
    _other_dates(size)
    bookings = _bookings(over, dates, agencies, range(scale.bookings * size), on_one)
    _what_follows(bookings, over, organiser.id)
    _wishes(over, organiser.id, agencies, size)
    return Desk(organiser, over.id, over.course_id, bookings[-1]["id"])


def _other_courses(dates: Sequence[CourseDate], number: int) -> None:
    """Three dates of four are of other courses, as many of each."""
    courses = [make_course(title=f"Course {n:04}").id for n in range(number)]
    others = [date for number, date in enumerate(dates) if number % 4]
    for number, date in enumerate(others):
        date.course_id = courses[number % len(courses)]
    db.session.commit()


def _other_dates(size: int) -> None:
    venue, course = make_venue(), make_course()
    for _ in range(3 * size):
        make_held_back_date(course=course, venue=venue)
        make_postponed_date(course=course, venue=venue)
        make_date(course=course, venue=venue, state=DateState.DRAFT)
        make_date(course=course, venue=venue, state=DateState.CANCELLED)
        make_venue()
        make_organiser(role=RoleName.TRAINER)


def _bookings(
    over: CourseDate,
    dates: Sequence[CourseDate],
    agencies: Sequence[int],
    numbers: range,
    on_one: int,
) -> list[dict[str, Any]]:
    _write(
        Practitioner,
        (
            {
                "id": number + 1,
                "email": f"person{number}@agency{number % 30}.example",
                "created_at": NOW,
                "erasure_asked_at": None if number % 300 else NOW,
            }
            for number in numbers
        ),
    )
    on = {date.id: date for date in (over, *dates)}
    ids = [date.id for date in dates]
    found = []
    for number in numbers:
        date = on[over.id if number < on_one else ids[number % len(ids)]]
        past = date.is_past(NOW)
        state = BookingState.CONFIRMED if past else STATES[number % 10]
        mark = MARKS[number % 10] if past else None
        offered = state is BookingState.OFFERED
        found.append(
            {
                "id": number + 1,
                "course_date_id": date.id,
                "practitioner_id": number + 1,
                "agency_id": agencies[number % 30],
                "state": state,
                "name": f"{('Ann', 'Łukasz', 'Zoë', 'Siân')[number % 4]} Example {number}",
                "job_role": "Social worker",
                "manager_name": "Max Manager",
                "manager_email": "max@agency.example",
                "booked_at": NOW - timedelta(days=30),
                "waiting_since": NOW if state is BookingState.WAITING else None,
                "offered_until": NOW + timedelta(hours=20) if offered else None,
                "attendance": mark,
                "marked_at": NOW if mark else None,
                "updated_at": NOW,
            }
        )
    _write(Booking, found)
    return found


def _what_follows(bookings: Sequence[dict[str, Any]], over: CourseDate, organiser: int) -> None:
    """Needs, mails, lines of the log, certificates and evaluations."""
    needs = [booking for booking in bookings if booking["id"] % 10 == 0]
    _write(AccessNeeds, ({"booking_id": one["id"], "access": "A ramp"} for one in needs))
    mail = make_email(sent_at=NOW)
    words = {"kind": mail.kind, "message": mail.message, "queued_at": NOW, "next_try_at": NOW}
    _write(
        Email,
        (
            {
                **words,
                "to": f"person{one['id']}@agency.example",
                "subject": f"About booking {one['id']}",
                "message_id": f"<{one['id']}.{copy}@partnership.example>",
                "booking_id": one["id"],
                "sent_at": NOW if one["id"] % 50 else None,
                "gave_up_at": None if one["id"] % 50 else NOW,
                "failure": None if one["id"] % 50 else "550 No",
            }
            for one in bookings
            for copy in range(2)
        ),
    )
    _write(
        AuditLine,
        (
            {
                "at": NOW - timedelta(minutes=one["id"]),
                "organiser_id": organiser,
                "action": ("saw a booking", "cancelled a booking", "saw the register")[line],
                "course_date_id": one["course_date_id"],
                "booking_id": one["id"],
            }
            for one in bookings
            for line in range(3)
        ),
    )
    came = [one for one in bookings if one["attendance"] in (Attendance.ATTENDED, Attendance.LATE)]
    _write(
        Certificate,
        (
            {
                "booking_id": one["id"],
                "code": f"CODE{one['id']:06}",
                "name": one["name"],
                "title": "Safeguarding basics",
                "starts_on": NOW.date(),
                "ends_on": NOW.date(),
                "minutes": 180,
                "given_at": NOW,
            }
            for one in came
        ),
    )
    _write(
        Evaluation,
        (
            {
                "booking_id": one["id"],
                "useful": 4,
                "confident_before": 2,
                "confident_after": 1 + one["id"] % 5,
                "will_do": f"Ask sooner, and write it down, number {one['id']}.",
                "answered_at": NOW,
            }
            for one in came
        ),
    )


def _wishes(over: CourseDate, organiser: int, agencies: Sequence[int], size: int) -> None:
    _write(
        Interest,
        (
            {
                "course_id": over.course_id,
                "email": f"keen{number}@agency.example",
                "name": f"Keen {number}",
                "registered_at": NOW,
            }
            for number in range(100 * size)
        ),
    )
    for _ in range(20 * size):
        save(
            DateMessage(
                course_date_id=over.id,
                organiser_id=organiser,
                written_to=WrittenTo.ALL,
                subject="What to bring",
                body="A pen.",
                queued_at=NOW,
            )
        )


def _write(table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    written = list(rows)
    if written:
        db.session.execute(insert(table), written)
        db.session.commit()
