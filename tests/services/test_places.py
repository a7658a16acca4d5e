from sqlalchemy import update

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from webapp.models import Attendance, BookingState, CourseDay
from webapp.services import places


def test_who_holds_a_date_reads_its_days_again(db):
    date = make_date()
    [day] = date.days
    assert day.revision == 0
    # As somebody else would, who was quicker.
    elsewhere = update(CourseDay).values(revision=7).execution_options(synchronize_session=False)
    db.session.execute(elsewhere)
    places.hold(date)
    assert day.revision == 7


def test_everybody_on_a_date_comes_in_the_order_they_booked_without_those_who_left(db):
    date = make_date()
    waiting = make_booking(date, state=BookingState.WAITING)
    sure = make_booking(date)
    make_booking(date, state=BookingState.CANCELLED)
    make_booking()

    assert places.everybody(date) == [waiting, sure]
    assert places.everybody(date, BookingState.CONFIRMED) == [sure]


def test_of_a_date_that_is_over_it_is_said_who_came_with_a_place_and_who_walked_in(db):
    date = make_date(capacity=4)
    for attendance in (Attendance.ATTENDED, Attendance.LATE, Attendance.ABSENT, None):
        make_booking(date, attendance=attendance)
    for _ in range(3):
        make_booking(date, attendance=Attendance.ATTENDED, is_walk_in=True)

    assert places.of(date, NOW).confirmed == 7
    over = places.of(date, date.ends_at)
    assert over.confirmed == 7
    assert over.afterwards == "2 of 4 with a place came, 1 not marked, 3 walk-ins"
