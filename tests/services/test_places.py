from sqlalchemy import update

from tests.makers import make_booking, make_date
from webapp.models import BookingState, CourseDay
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
