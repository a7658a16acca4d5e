"""What tests of pages share."""

import pytest
from flask_migrate import upgrade

from tests.conftest import Client
from tests.makers import make_booking, make_date, make_organiser, make_partnership, make_terms
from webapp import create_app
from webapp.db import db as database
from webapp.db import will_write
from webapp.models import RoleName
from webapp.web.security import limiter


@pytest.fixture
def house_with(app):
    """Makes the same house, on the same database, with settings of its own."""
    built = []

    def make(**settings):
        another = create_app(
            {
                "TESTING": True,
                "SECRET_KEY": app.config["SECRET_KEY"],
                "WTF_CSRF_ENABLED": False,
                "RATELIMIT_ENABLED": False,
                "BASE_URL": "http://localhost",
                "SQLALCHEMY_DATABASE_URI": app.config["SQLALCHEMY_DATABASE_URI"],
                **settings,
            }
        )
        another.test_client_class = Client
        built.append(another)
        return another

    yield make
    limiter.enabled = False  # there is one for all houses, and the next test has another
    for another in built:
        with another.app_context():
            database.session.remove()
            database.engine.dispose()


@pytest.fixture
def installed(tmp_path):
    """The settings of a house of its own, whose database is there, to be served as in earnest."""
    url = f"sqlite:///{tmp_path}/training.db"
    with create_app({"SECRET_KEY": "a key", "SQLALCHEMY_DATABASE_URI": url}).app_context():
        will_write()
        upgrade()
        make_partnership()
        database.session.remove()
        database.engine.dispose()
    return {
        "WEBAPP_INSTANCE": str(tmp_path),
        "WEBAPP_DATABASE_URL": url,
        "WEBAPP_SECRET_KEY": "a key",
    }


@pytest.fixture
def world(db):
    """Two dates, each with a booking, that have the numbers 1 and 2; the trainer gives the first.

    The account with the number 1 is nobody's who signs in here: it may be closed by a button.
    """
    make_partnership()
    make_terms()
    make_organiser()
    people = {role: make_organiser(role=role) for role in RoleName}
    for trainers in ([people[RoleName.TRAINER]], []):
        make_booking(make_date(trainers=trainers), email=f"ann{len(trainers)}@agency.example")
    return people
