"""Two phones in one room: a walk-in added on both is one person, and no tap is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_organiser
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.models import Agency, Attendance, Booking, CourseDate, Organiser
from webapp.services import registers

REPEATS = 8

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def race(context, url):
    """Do all this at once, each in a thread and a transaction of its own."""
    app = app_on(url)

    def race(*legs):
        gate = threading.Barrier(len(legs))

        def go(leg):
            gate.wait()
            will_write()
            with app.app_context():
                leg()
                db.session.commit()

        db.session.rollback()
        with ThreadPoolExecutor(len(legs)) as pool:
            list(pool.map(go, legs))
        db.session.rollback()

    yield race
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_walk_in_added_on_two_phones_at_once_is_one_person(race):
    olive, agency = make_organiser().id, make_agency().id
    for _ in range(REPEATS):
        date = make_date(starts_at=NOW - timedelta(hours=1)).id

        def add(date=date):
            registers.walk_in(
                fetch(CourseDate, date),
                name="Wilma Walker",
                email=f"wilma{date}@agency.example",
                agency=fetch(Agency, agency),
                organiser=fetch(Organiser, olive),
                now=NOW,
            )

        race(*[add] * 4)
        [came] = db.session.scalars(select(Booking).where(Booking.course_date_id == date))
        assert (came.is_walk_in, came.attendance) == (True, Attendance.ATTENDED)


def test_a_tap_made_while_somebody_marks_the_rest_is_never_lost(race):
    olive = make_organiser().id
    for _ in range(REPEATS):
        date = make_date(starts_at=NOW - timedelta(hours=1))
        absent, *others = [make_booking(date).id for _ in range(4)]
        date_id = date.id

        def rest(date_id=date_id):
            date = fetch(CourseDate, date_id)
            registers.rest_present(date, fetch(Organiser, olive), now=NOW)

        def tap(key=absent):
            booking = fetch(Booking, key)
            registers.mark(booking, Attendance.ABSENT, fetch(Organiser, olive), now=NOW)

        race(rest, tap, rest)
        assert fetch(Booking, absent).attendance is Attendance.ABSENT
        assert {fetch(Booking, key).attendance for key in others} == {Attendance.ATTENDED}
