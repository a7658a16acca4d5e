"""One app and one world for all the walks; a page that walks through them and writes down."""

import pytest

from tests.browser import world as worlds
from tests.browser.walker import WIDE, Walker, served
from tests.conftest import NOW, empty
from webapp import clock
from webapp.db import db as database
from webapp.db import will_write


@pytest.fixture(scope="package")
def filled(house):
    """One app for all the walks of this folder, at NOW; its world is built once."""
    app, folder = house
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        with app.app_context():
            empty(folder)
        will_write()
        yield app
    with app.app_context():
        database.session.remove()
        database.engine.dispose()


@pytest.fixture(scope="package")
def world(filled):
    """Somebody in every state. Its rows live in a context that gives addresses to every test."""
    with filled.test_request_context():
        world = worlds.build()
        will_write(False)  # from here on the tests only look: the browser needs the write lock
        yield world


@pytest.fixture(scope="package")
def address(filled, world):
    with served(filled) as address:
        yield address


@pytest.fixture
def walker(chromium, address):
    with chromium.new_context(viewport=WIDE) as context:
        yield Walker(context.new_page(), address)
