"""Administrators who close each other's accounts at once: one of them is always left."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_organiser
from tests.races.runners import app_on
from webapp.db import db, fetch, will_write
from webapp.errors import Refused
from webapp.models import Organiser, RoleName
from webapp.services import accounts
from webapp.services.accounts import Powers

REPEATS = 10

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def close(organiser, by):
    accounts.close(organiser, by=by)


def make_a_trainer_of(organiser, by):
    accounts.change(organiser, Powers(name=None, roles={RoleName.TRAINER}), by=by, now=NOW)


def leg(app, gate, take_away, organiser_id, by_id):
    """Both accounts are read before the gate opens, as a page does."""
    will_write(False)
    with app.app_context():
        organiser, by = fetch(Organiser, organiser_id), fetch(Organiser, by_id)
        db.session.rollback()
        will_write()
        gate.wait()
        try:
            take_away(organiser, by)
            db.session.commit()
        except Refused:
            return "refused"
    return "done"


@pytest.mark.parametrize("take_away", [close, make_a_trainer_of])
def test_of_administrators_who_take_it_from_each_other_one_is_left(context, url, take_away):
    app = app_on(url)
    for _ in range(REPEATS):
        will_write()
        ann, ben = (make_organiser(role=RoleName.ADMINISTRATOR).id for _ in range(2))
        db.session.rollback()
        gate = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(partial(leg, app, gate, take_away), (ann, ben), (ben, ann)))
        will_write(False)
        db.session.rollback()
        rows = db.session.scalars(select(Organiser).where(Organiser.id.in_([ann, ben])))
        left = [one for one in rows if one.active and one.is_administrator]
        assert (len(left), sorted(done)) == (1, ["done", "refused"])
        db.session.rollback()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
