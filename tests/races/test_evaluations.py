"""A form sent twice at once is one answer, and of many workers one asks."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.people import kinds
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.models import Attendance, Booking, CourseDate, Evaluation
from webapp.services import evaluations
from webapp.services.evaluations import Answers

REPEATS, AT_ONCE = 5, 4

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def booked():
    will_write()
    date = make_date(starts_at=NOW - timedelta(hours=4), ends_at=NOW - timedelta(hours=1))
    return make_booking(date, attendance=Attendance.ATTENDED, marked_at=NOW)


def all_at_once(url, do):
    """What each of them got for doing this at the same moment, in a transaction of its own."""
    app, gate = app_on(url), threading.Barrier(AT_ONCE)

    def leg(number):
        will_write()
        with app.app_context():
            gate.wait()
            got = do(number)
            db.session.commit()
            db.session.remove()
        return got

    db.session.rollback()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(leg, range(AT_ONCE)))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    db.session.rollback()
    return done


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_answers_sent_by_many_at_once_are_one_persons_answers(context, url, repeat):
    key = booked().id

    def answer(number):
        said = Answers(number + 1, number + 1, number + 1)
        return evaluations.answer(fetch(Booking, key), said, now=NOW)

    all_at_once(url, answer)
    [given] = db.session.scalars(select(Evaluation).where(Evaluation.booking_id == key))
    assert given.useful == given.confident_before == given.confident_after


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_of_many_workers_one_asks(context, url, repeat):
    booking = booked()
    key, email = booking.course_date_id, booking.email

    asked = all_at_once(url, lambda _: evaluations.ask(fetch(CourseDate, key), now=NOW))
    assert sorted(asked) == [(0, 0)] * (AT_ONCE - 1) + [(1, 0)]
    assert kinds(email) == ["evaluation"]
