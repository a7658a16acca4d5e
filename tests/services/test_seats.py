from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, save
from tests.people import book, booking_of, settle_in
from webapp.clock import LONDON
from webapp.db import db as database
from webapp.formats.school_terms import SchoolTerm
from webapp.models import Attendance, AuditLine, BookingState, Ending
from webapp.services import bookings, cannot_come, moving, seats, waiting_list
from webapp.services.details import details_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AUTUMN = SchoolTerm.read("2024-autumn")
STARTS = datetime(2024, 11, 25, 10, tzinfo=LONDON)
EARLIER = STARTS - 30 * DAY


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def held(capacity=2, starts_at=STARTS, **facts):
    return make_date(starts_at=starts_at, capacity=capacity, **facts)


def booked(date, at=EARLIER, **facts):
    return make_booking(date, **{"booked_at": at, **facts})


def gave_up(date, at, *, ending=Ending.BY_PRACTITIONER, **facts):
    return booked(date, state=BookingState.CANCELLED, ending=ending, cancelled_at=at, **facts)


def waited(date, taken_at=None, **facts):
    return booked(date, waiting_since=EARLIER, place_taken_at=taken_at, **facts)


def found(term=AUTUMN, now=NOW):
    return seats.of(term, ["Cancelling"], now=now)


def of_term(term=AUTUMN, now=NOW):
    return found(term, now).terms[0].seats


def test_fill_late_cancellations_and_absences_are_those_of_the_report():
    date = held(capacity=4)
    booked(date, attendance=Attendance.ATTENDED)
    booked(date, attendance=Attendance.ABSENT)
    booked(date, attendance=Attendance.ATTENDED, is_walk_in=True)
    gave_up(date, STARTS - HOUR, gave_up_late=True)
    unlimited = held(capacity=None)
    booked(unlimited, attendance=Attendance.ABSENT)

    its = of_term()
    assert (its.dates, its.booked, its.absent, its.late_cancellations) == (2, 3, 2, 1)
    assert (its.places, its.taken, its.came) == (4, 2, 1)
    assert (its.fill, its.late, its.stayed_away) == (50, 25, 67)


def test_a_place_from_the_waiting_list_is_taken_again_and_so_fast():
    date = held(capacity=2)
    booked(date)
    gave_up(date, STARTS - 10 * DAY)
    waited(date, STARTS - 10 * DAY + 3 * HOUR)

    its = of_term()
    assert (its.freed, its.taken_again, its.hours, its.again) == (1, 1, 3, 100)


def test_whoever_books_when_there_are_other_places_has_not_taken_the_freed_one():
    date = held(capacity=3)
    gave_up(date, STARTS - 10 * DAY)
    booked(date, STARTS - 9 * DAY)
    assert (of_term().freed, of_term().taken_again) == (1, 0)
    booked(date, STARTS - 9 * DAY)
    assert of_term().taken_again == 0
    booked(date, STARTS - 8 * DAY)
    assert (of_term().taken_again, of_term().hours) == (1, 48)


def test_the_hours_are_in_the_middle_of_all_that_are_known():
    date = held(capacity=4)
    for hours in (1, 2, 9):
        gave_up(date, STARTS - 20 * DAY)
        waited(date, STARTS - 20 * DAY + hours * HOUR)
    booked(date)
    assert (of_term().taken_again, of_term().hours) == (3, 2)


def test_when_an_older_offer_was_taken_is_not_known_and_not_guessed():
    date = held(capacity=1)
    gave_up(date, STARTS - 10 * DAY)
    waited(date)
    its = of_term()
    assert (its.freed, its.taken_again, its.was_free, its.hours) == (1, 1, (), None)


def test_a_colleague_takes_a_place_that_was_never_free():
    date = held(capacity=1)
    first = gave_up(date, STARTS - 2 * DAY, ending=Ending.SUBSTITUTED)
    booked(date, STARTS - 2 * DAY, replaces=first)
    its = of_term()
    assert (its.freed, its.taken_again, its.to_colleagues) == (0, 0, 1)


def test_a_place_is_free_whose_colleague_has_to_be_allowed_first():
    date, day = held(capacity=1), STARTS - 2 * DAY
    first = gave_up(date, day, ending=Ending.SUBSTITUTED)
    waits = {"state": BookingState.WAITING, "waiting_since": day, "approval_asked_at": day}
    booked(date, day, replaces=first, **waits)
    booked(date, day + HOUR)
    its = of_term()
    assert (its.freed, its.taken_again, its.to_colleagues) == (1, 1, 0)


@pytest.mark.parametrize(
    "facts",
    [
        {"waiting_since": EARLIER},
        {"waiting_since": EARLIER, "ending": Ending.OFFER_LAPSED},
        {"waiting_since": EARLIER, "ending": Ending.OFFER_DECLINED},
        {"ending": Ending.ADDRESS_CORRECTED},
        {"at": STARTS + HOUR},
    ],
    ids=["waited", "lapsed", "declined", "another address", "after the start"],
)
def test_what_frees_no_place_that_anybody_could_take_is_not_counted(facts):
    date = held(capacity=1)
    gave_up(date, **{"at": STARTS - DAY, **facts})
    assert of_term().freed == 0


def test_beyond_the_places_nobody_leaves_a_free_one():
    date = held(capacity=1)
    booked(date)
    gave_up(date, STARTS - DAY)
    assert of_term().freed == 0


def test_places_that_nobody_had_though_people_waited_are_said():
    date = held(capacity=3)
    booked(date)
    for state in (BookingState.WAITING, BookingState.OFFERED):
        booked(date, state=state, waiting_since=EARLIER)
    booked(date, state=BookingState.WAITING, waiting_since=EARLIER, approval_asked_at=EARLIER)
    assert of_term().empty_while_wanted == 2
    booked(held(capacity=0), state=BookingState.WAITING, waiting_since=EARLIER)
    assert of_term().empty_while_wanted == 2


def test_the_real_verbs_leave_what_it_takes_to_tell():
    """Cancelled and offered on; cancelled near the start and taken; sent a colleague; moved in."""
    date = make_date(capacity=2, starts_at=NOW + 20 * DAY)
    other = make_date(course=date.course, capacity=2, starts_at=NOW + 25 * DAY)
    people = [f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan", "eve")]
    ann, ben, cat, dan = [book(date, email, submission=email) for email in people[:4]]
    bookings.cancel(ann, now=NOW + HOUR)
    waiting_list.accept(cat, now=NOW + 3 * HOUR)
    late = date.starts_at - 5 * HOUR
    bookings.cancel(ben, now=late)
    waiting_list.accept(dan, now=late + HOUR)
    cannot_come.send_colleague(
        cat, email="fay@agency.example", details=details_of(cat), now=late + HOUR
    )
    eve = book(other, people[4])
    bookings.cancel(dan, now=late + 2 * HOUR)
    database.session.commit()
    moving.move(eve, date, reason=None, over_capacity_reason=None, now=late + 4 * HOUR)
    database.session.commit()
    assert cat.place_taken_at == NOW + 3 * HOUR
    assert booking_of(date, people[4]).place_taken_at is None

    its = of_term(SchoolTerm.of(date.starts_at), now=date.ends_at)
    assert (its.taken, its.freed, its.taken_again, its.to_colleagues) == (2, 3, 3, 1)
    assert sorted(its.was_free) == [HOUR, 2 * HOUR, 2 * HOUR]


def test_terms_stand_beside_each_other_and_courses_beside_the_term_before():
    course = make_course(title="Neglect")
    booked(held(course=course))
    booked(
        held(course=make_course(title="Aware"), starts_at=datetime(2024, 6, 3, 10, tzinfo=LONDON))
    )
    held(course=make_course(title="Long ago"), starts_at=datetime(2024, 2, 5, 10, tzinfo=LONDON))
    held(starts_at=datetime(2025, 2, 5, 10, tzinfo=LONDON))

    all_of_it = found()
    assert [(line.term.words, line.seats.dates) for line in all_of_it.terms] == [
        ("Autumn term 2024", 1),
        ("Summer term 2024", 1),
        ("Spring term 2024", 1),
    ]
    assert [(line.name, line.now.dates, line.before.dates) for line in all_of_it.courses] == [
        ("Aware", 0, 1),
        ("Neglect", 1, 0),
    ]


def test_what_has_not_been_held_is_not_counted():
    held(starts_at=NOW + DAY)
    assert of_term(SchoolTerm.of(NOW)).dates == 0


def test_the_days_on_which_a_policy_changed_stand_with_their_term():
    day = datetime(2024, 10, 1, 23, 30, tzinfo=LONDON)
    for detail in ("Cancelling", "Cancelling", "Whom to ask"):
        save(AuditLine(at=day, action="changed the settings", detail=detail))
    save(AuditLine(at=day, action="published booking terms", detail="2"))
    save(AuditLine(at=day - 90 * DAY, action="changed the settings", detail="Cancelling"))

    autumn, summer, *_ = found().terms
    assert autumn.changes == {day.date(): ["Cancelling", "Booking terms"]}
    assert summer.changes == {(day - 90 * DAY).date(): ["Cancelling"]}
