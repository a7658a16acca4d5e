"""The worker and a command may read a mailbox at the same moment: an answer is asked about once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import incoming as mails
from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.models import Booking
from webapp.services import replies

READERS, REPEATS = 6, 5

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def at_once(url):
    """Do this in several threads, each in a transaction of its own."""
    app = app_on(url)

    def at_once(verb, *, runners=READERS):
        gate = threading.Barrier(runners)

        def run(_):
            will_write()
            with app.app_context():
                gate.wait()
                done = verb()
                db.session.commit()
                return done

        db.session.rollback()
        with ThreadPoolExecutor(runners) as pool:
            done = list(pool.map(run, range(runners)))
        db.session.rollback()
        return done

    yield at_once
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_a_no_read_by_many_at_once_is_one_question_and_kept_at_once_one_answer(
    context, at_once, repeat
):
    address = f"ann-{repeat}@agency.example"
    will_write()
    booking = book(make_date(), address)
    key, message = booking.id, mails.answer(uid=booking.invites[0].uid, attendee=address)

    heard = at_once(lambda: replies.read(message, now=NOW).words)
    assert sum("we ask whether" in words for words in heard) == 1
    assert kinds(address) == ["booking_confirmed", "booking_declined"]

    kept = at_once(lambda: replies.keep(fetch(Booking, key), now=NOW))
    assert sorted(kept) == [False] * (READERS - 1) + [True]
    assert kinds(address) == ["booking_confirmed", "booking_declined", "booking_kept"]
    assert booking.invites[0].sequence == 1
