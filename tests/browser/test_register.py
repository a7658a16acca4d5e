"""A register of thirty on a trainer's phone: marked in under a minute of taps, without a script."""

import time
from datetime import timedelta

import pytest
from flask import url_for

from tests.browser import world
from tests.browser.walker import Walker, served
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_organiser, make_partnership
from webapp.db import db as database
from webapp.db import will_write
from webapp.models import Attendance, RoleName
from webapp.services import register_lists

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 360, "height": 740}
MARKS = ["attended", "attended", "late", "absent", "attended", "excused"]


@pytest.fixture
def date(db):
    """On now, with thirty people, given by Tess."""
    make_partnership()
    tess = make_organiser(
        "tess@partnership.example", role=RoleName.TRAINER, password=world.PASSWORD
    )
    date = make_date(starts_at=NOW - timedelta(minutes=10), capacity=30, trainers=[tess])
    for n in range(30):
        make_booking(date, name=f"Person {n:02}")
    return date


@pytest.fixture
def phone(app, date, chromium):
    with (
        chromium.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False
        ) as context,
        served(app) as address,
        app.test_request_context(),
    ):
        walker = Walker(context.new_page(), address)
        will_write(False)
        walker.sign_in(date.trainers[0])
        walker.page.goto(address + url_for("organiser.register", date_id=date.id))
        yield walker.page


def test_thirty_people_are_marked_in_under_a_minute(phone, date):
    people = phone.locator(".app-register__person").evaluate_all("all => all.map(p => p.id)")
    wanted = [MARKS[n % len(MARKS)] for n in range(30)]
    began = time.monotonic()
    for person, mark in zip(people, wanted, strict=True):
        phone.locator(f"#{person} button[value={mark}]").tap()
        phone.locator(f"#{person} button[value={mark}][aria-current]").wait_for()
    took = time.monotonic() - began

    database.session.rollback()
    assert [one.attendance for one in register_lists.everybody(date)] == wanted
    assert took < 60


def test_after_a_tap_the_next_person_is_in_sight(phone):
    ids = phone.locator(".app-register__person").evaluate_all("all => all.map(p => p.id)")
    for here, following in ((ids[0], ids[1]), (ids[17], ids[18])):
        phone.locator(f"#{here} button[value=attended]").tap()
        phone.locator(f"#{here} button[aria-current]").wait_for()
        box = phone.locator(f"#{following} button[value=attended]").bounding_box()
        assert 0 <= box["y"] <= PHONE["height"] - box["height"]
        assert box["height"] >= 44


def test_a_tap_whose_answer_was_lost_on_the_way_can_be_made_again(phone, date):
    late = phone.locator(".app-register__person").first.locator("button[value=late]")
    register = phone.url

    def lose(route):
        route.fetch(max_redirects=0)
        route.abort()

    phone.route("**/register/*", lose)
    with phone.expect_event("requestfailed"):
        late.tap(no_wait_after=True)
    phone.unroute("**/register/*")
    database.session.rollback()
    assert register_lists.everybody(date)[0].attendance is Attendance.LATE
    database.session.rollback()

    phone.goto(register)
    late.tap()
    phone.locator("button[value=late][aria-current]").wait_for()
    database.session.rollback()
    assert register_lists.everybody(date)[0].attendance is Attendance.LATE
