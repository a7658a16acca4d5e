"""Every page in every state: axe finds nothing, nothing sticks out, titles say the h1.

A route nobody listed here fails the test. With SCREENSHOTS=folder each page is kept as a picture,
wide and narrow, to be looked at.
"""

import pytest
from flask import url_for
from sqlalchemy.exc import OperationalError

from tests.browser.walk.pages import (
    courses,
    dates,
    house,
    messages,
    news,
    papers,
    public,
    registers,
    way_in,
)
from webapp.errors import Gone, Refused, TooManyTries
from webapp.services import programme
from webapp.web import kept

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What comes as a file, and is read by other tests.
FILES = {
    "static",
    "public.theme",
    "public.robots",
    "operating.alive",
    "operating.ready",
    "operating.metrics",
    "public.security_txt",
    "public.date_ics",
    "public.course_ics",
    "public.programme_ics",
    "public.week_ics",
    "public.booking_ics",
    "public.my_feed",
    "public.my_dates_feed",
    "public.all_dates_feed",
    "public.mail_attachment",
    "organiser.email_file",
    "organiser.held_person_json",
    "organiser.held_person_text",
    "organiser.all_dates_file",
    "organiser.news_item_text",
    "organiser.news_item_html",
    "public.logo",
    *papers.FILES,
}
# Sends the visitor on to where an announcement, or somebody on a register, stands.
WAYS_ON = {"organiser.news_announcement", "organiser.mark"}
# What an administrator walks through. Each is a walk of its own, so that it is said which broke.
ROOMS = {
    "dates": dates,
    "courses": courses,
    "registers": registers,
    "papers": papers,
    "messages": messages,
    "house": house,
    "news": news,
}


def test_pages_for_visitors(walker, world):
    walker.walk("public", public.pages(world))
    assert not walker.wrong, "\n".join(walker.wrong)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("Somebody was quicker."), 409),
        (Gone("This link has expired."), 410),
        (TooManyTries("There were too many tries. Try again in 5 minutes."), 429),
        (RuntimeError("A fault of ours"), 500),
        (OperationalError("SELECT", {}, Exception("away")), 503),
    ],
)
def test_the_pages_of_what_goes_wrong(walker, filled, monkeypatch, error, status):
    def fail(*_args):
        raise error

    kept.answers.clear()  # of the walks before
    monkeypatch.setattr(programme, "months", fail)
    monkeypatch.setitem(filled.config, "PROPAGATE_EXCEPTIONS", False)
    walker.go("public.programme", f"error {status}", "/", status=status)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_pages_of_addresses_that_lead_nowhere(walker):
    walker.go("none", "no such page", "/nowhere", status=404)
    walker.go("none", "a button's address", "/organiser/sign-out", status=405)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_organisers_way_in(walker, world):
    walker.walk("organiser", way_in.pages(world))
    assert not walker.wrong, "\n".join(walker.wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_pages_for_organisers(walker, world, room):
    walker.sign_in(world.administrator)
    walker.walk("organiser", ROOMS[room].pages(world))
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_with_a_second_factor(walker, world):
    walker.sign_in(world.careful)
    walker.walk("organiser", way_in.HALF_IN)
    walker.page.locator("main form input:not([type=hidden])").first.fill(world.recovery_code)
    walker.page.locator("main form button").first.click()
    walker.walk("organiser", way_in.WITH_SECOND_FACTOR)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_a_trainer_may_see(walker, world):
    walker.sign_in(world.trainer)
    walker.walk("organiser", [("role", "trainer", {}), ("calendars", "trainer", {})])
    walker.walk("organiser", [("home", "forbidden", {})])
    walker.walk("organiser", registers.of_trainers(world))
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_a_reporter_may_see(walker, world):
    walker.sign_in(world.accounts["reporter"])
    walker.walk("organiser", [("role", "reporter", {}), *house.figures(world)])
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_page_of_a_reporter_without_an_agency(walker, world):
    walker.sign_in(world.accounts["reporter of nobody"])
    walker.go("organiser.report", "of nobody", url_for("organiser.report"), status=409)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_who_is_no_administrator_sees_pages_with_less_on_them(walker, world):
    walker.sign_in(world.accounts["organiser"])
    walker.walk("organiser", [("home", "organiser", {}), ("people", "forbidden", {})])
    walker.walk("organiser", house.of_organisers(world))
    assert not walker.wrong, "\n".join(walker.wrong)


def test_what_comes_as_a_file_comes_as_one(walker, world):
    walker.sign_in(world.administrator)
    for endpoint, values, begins in papers.files(world):
        answer = walker.page.request.get(walker.address + url_for(endpoint, **values))
        assert answer.status == 200, f"{endpoint}: {answer.status}"
        assert answer.body().startswith(begins), endpoint
        assert answer.headers["content-disposition"].startswith("attachment"), endpoint
        assert answer.headers["x-content-type-options"] == "nosniff", endpoint


def test_no_page_is_left_out(filled, world):
    rooms = [way_in, *ROOMS.values()]
    doors = {
        "public": public.pages(world),
        "organiser": [
            *(page for room in rooms for page in room.pages(world)),
            *way_in.HALF_IN,
            *way_in.WITH_SECOND_FACTOR,
        ],
    }
    walked = {f"{door}.{endpoint}" for door, pages in doors.items() for endpoint, *_ in pages}
    fetched = {endpoint for endpoint, *_ in papers.files(world)}
    pages = {rule.endpoint for rule in filled.url_map.iter_rules() if "GET" in rule.methods}

    assert fetched == papers.FILES
    assert pages - FILES - WAYS_ON - walked == set()
    assert walked - pages == set()
