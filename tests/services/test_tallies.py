from datetime import timedelta

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.queries import counted
from webapp.models import Attendance, BookingState
from webapp.services import tallies


def test_dates_over_and_to_come_are_counted_at_once_each_by_what_can_be_of_it(db):
    over = make_date(starts_at=NOW - timedelta(days=1))
    make_booking(over, attendance=Attendance.LATE)
    make_booking(over, attendance=Attendance.ATTENDED, is_walk_in=True)
    make_booking(over)
    ahead = make_date()
    for state in BookingState:
        make_booking(ahead, state=state)
    make_booking(ahead, state=BookingState.WAITING, approval_asked_at=NOW)

    with counted() as sent:
        found = tallies.of([over, ahead, make_date()], NOW)

    assert len([one for one in sent if "FROM booking" in one]) == 1
    assert [dict(+one) for one in found.values()] == [
        {"confirmed": 3, "came": 1, "walk_ins": 1, "unmarked": 1},
        {"confirmed": 1, "offered": 1, "waiting": 1, "to_approve": 1, "unmarked": 1},
        {},
    ]


def test_of_no_dates_nothing_is_asked(db):
    with counted() as sent:
        assert tallies.of([], NOW) == {}
    assert sent == []
