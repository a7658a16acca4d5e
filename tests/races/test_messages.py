"""The same message sent by two at once, and joining instructions by two workers: once each."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_organiser
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.models import CourseDate, Email, Organiser, WrittenTo
from webapp.services import date_messages, joining
from webapp.services.date_messages import Said

REPEATS, AT_ONCE, PEOPLE = 5, 4, 6

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def all_at_once(url, do):
    """What each of them got for doing this at the same moment, in a transaction of its own."""
    app, gate = app_on(url), threading.Barrier(AT_ONCE)

    def leg(_):
        will_write()
        with app.app_context():
            gate.wait()
            got = do()
            db.session.commit()
            db.session.remove()
        return got

    db.session.rollback()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(leg, range(AT_ONCE)))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return done


def a_date():
    will_write()
    date = make_date(capacity=None, starts_at=NOW + timedelta(days=2))
    for _ in range(PEOPLE):
        make_booking(date)
    return date


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_a_message_sent_by_many_at_once_reaches_each_person_once(context, url, repeat):
    date = a_date()
    olive = make_organiser()
    said = Said(WrittenTo.ALL, None, "Bring a pen", "Dear {name}, bring a pen.")
    message = date_messages.draft(date, said, olive)
    db.session.commit()
    message_id, olive_id = message.id, olive.id

    def send():
        return date_messages.send(
            date_messages.get(message_id), fetch(Organiser, olive_id), now=NOW
        )

    assert sorted(all_at_once(url, send)) == [0] * (AT_ONCE - 1) + [PEOPLE]
    copies = db.session.scalar(
        select(func.count()).select_from(Email).where(Email.date_message_id == message_id)
    )
    assert copies == PEOPLE


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_of_many_workers_one_tells_people_how_to_join(context, url, repeat):
    date_id = a_date().id

    def tell():
        return joining.send_if_due(fetch(CourseDate, date_id), now=NOW)

    told = all_at_once(url, tell)
    assert told.count(None) == AT_ONCE - 1
    assert PEOPLE in told
    assert joining.sent_to(fetch(CourseDate, date_id)) == PEOPLE
