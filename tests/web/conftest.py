"""What tests of pages share."""

import pytest

from tests.conftest import Client
from webapp import create_app
from webapp.db import db as database
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
