from threading import Thread

from sqlalchemy import text

from tests.conftest import ON_POSTGRES
from tests.makers import make_partnership
from webapp.db import db as database
from webapp.services import commits


def latest():
    return commits.latest(database.engine)


def in_a_thread_of_its_own(what):
    thread = Thread(target=what)
    thread.start()
    thread.join()


def test_it_stays_the_same_while_people_only_read(db):
    make_partnership()
    first = latest()
    db.session.execute(text("SELECT count(*) FROM partnership"))
    db.session.rollback()
    assert first is not None
    assert latest() == first


def test_every_commit_makes_another_one_and_what_is_taken_back_makes_none(db):
    ours = make_partnership()
    seen = {latest()}
    for name in ("One", "Two", "Three"):
        ours.name = name
        db.session.flush()
        before = latest()
        db.session.commit()
        assert latest() != before
        seen.add(latest())
    assert len(seen) == 4


def test_what_somebody_else_commits_is_seen_by_every_thread_at_once(app, db):
    ours, found = make_partnership(), []

    def look():
        with app.app_context():
            found.append(latest())

    in_a_thread_of_its_own(look)
    ours.name = "Another"
    db.session.commit()
    in_a_thread_of_its_own(look)
    in_a_thread_of_its_own(look)
    assert found[0] != found[1] == found[2]


def test_after_the_connections_were_given_up_nothing_is_taken_for_what_it_was(db):
    make_partnership()
    before = latest()
    database.engine.dispose()
    if not ON_POSTGRES:  # where each counts for itself, and the new one begins anew
        assert latest() != before
    assert latest() == latest()
