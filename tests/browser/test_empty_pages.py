"""The pages of a house that nobody has filled yet: useful, and as easy to read as all others."""

import pytest
from flask import url_for

from tests.browser import world
from tests.browser.walker import WIDE, Walker, served
from tests.conftest import NOW
from tests.makers import make_organiser, make_partnership, make_practitioner
from webapp.db import will_write
from webapp.models import RoleName
from webapp.services import links

EMPTY = [
    *("home", "past_dates", "drafts", "courses", "venues", "copy_programme", "registers"),
    *("outbox", "news", "search", "report", "imports", "erasures", "agencies"),
]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def walker(app, db, chromium):
    with (
        chromium.new_context(viewport=WIDE) as context,
        served(app) as address,
        app.test_request_context(),
    ):
        yield Walker(context.new_page(), address)


def test_pages_for_visitors_when_there_is_nothing(walker):
    make_partnership()
    token = links.my_token(make_practitioner(), NOW)
    will_write(False)
    views = [("programme", f"{view} empty", {"view": view}) for view in ("list", "month", "past")]
    walker.walk("public", [*views, ("my_bookings", "none", {"token": token})])
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_for_organisers_when_there_is_nothing(walker):
    make_partnership()
    person = make_organiser(role=RoleName.ADMINISTRATOR, password=world.PASSWORD)
    will_write(False)
    walker.sign_in(person)
    walker.walk("organiser", [(page, "empty", {}) for page in EMPTY])
    assert not walker.wrong, "\n".join(walker.wrong)


def test_before_the_seeds_are_loaded_there_is_a_page_too(walker):
    will_write(False)
    walker.go("public.programme", "without a partnership", url_for("public.programme"))
    assert not walker.wrong, "\n".join(walker.wrong)
