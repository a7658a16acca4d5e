"""Databases that many write to at once: SQLite and PostgreSQL, each made by the migrations."""

import pytest
from flask_migrate import upgrade
from sqlalchemy import create_engine

from tests.people import settle_in
from tests.races.runners import app_on
from webapp.db import db, will_write


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request, tmp_path_factory):
    """The address of an empty database with a partnership in it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('races')}/races.db"
    if request.param == "postgresql":
        address = another_database(request.getfixturevalue("postgres"), request.module.__name__)
    app = app_on(address)
    will_write()
    with app.app_context():
        upgrade()
        settle_in()
        db.session.remove()
        db.engine.dispose()
    return address


def another_database(server, name):
    """On the same server, so that a race leaves nothing to other tests."""
    server = server.replace("postgresql://", "postgresql+psycopg://")
    name = name.replace(".", "_")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def context(url):
    """The database, for setting up a race and for looking at how it ended, locking nothing."""
    app = app_on(url)
    will_write(False)
    with app.app_context():
        yield db
        db.session.remove()
        db.engine.dispose()
