"""Every page in every state: axe finds nothing, nothing sticks out at 320 px, titles say the h1.

A route nobody listed here fails the test. With SCREENSHOTS=folder each page is kept as a picture,
wide and narrow, to be looked at.
"""

import datetime
import os
import re
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import url_for
from werkzeug.serving import make_server

from tests.browser import world as worlds
from tests.conftest import NOW
from webapp.db import will_write
from webapp.services import links, second_factor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
PICTURES = os.environ.get("SCREENSHOTS")
PRESSED = {"press": True}

# What comes as a file, and is read by other tests.
FILES = {
    "static",
    "public.theme",
    "public.robots",
    "public.date_ics",
    "public.course_ics",
    "public.programme_ics",
    "public.booking_ics",
    "public.my_feed",
    "public.mail_attachment",
    "organiser.attendees_csv",
    "organiser.attendees_xlsx",
    "organiser.email_file",
}


def public_pages(world):
    """(endpoint, state, address values). A state that ends in "pressed" sends its form empty."""
    token = {name: links.booking_token(booking) for name, booking in world.standings.items()}
    person = world.standings["confirmed"].practitioner
    dates = {
        "open": world.open,
        "online": world.online,
        "full": world.full,
        "past": world.past,
        "cancelled": world.cancelled,
        "closed": world.closed,
        "held back": world.held_back,
        "two days": world.two_days,
    }
    yield "programme", "list", {}
    yield "programme", "month", {"view": "month", "month": "2025-05"}
    yield "programme", "past", {"view": "past"}
    yield "programme", "filtered", {"kind": "briefing", "format": "online", "places": "1"}
    yield "programme", "nothing found", {"q": "nothing is called this"}
    for course in (world.open.course, world.no_dates, world.e_learning, world.cancelled.course):
        yield "course", course.slug[:20], {"slug": course.slug}
    for state, date in dates.items():
        yield "date", state, {"date_id": date.id}
        yield "book", state, {"date_id": date.id}
    yield "book", "pressed", {"date_id": world.open.id}
    yield "written", "without a booking", {"date_id": world.open.id}
    for state, word in token.items():
        yield "booking", state, {"token": word}
    yield "booking", "altered link", {"token": token["confirmed"][:-2] + "xx"}
    yield "change_booking", "confirmed", {"token": token["confirmed"]}
    yield "change_booking", "pressed", {"token": token["confirmed"]}
    yield "cancel_booking", "confirmed", {"token": token["confirmed"]}
    yield "cancel_booking", "waiting", {"token": token["waiting"]}
    yield "interest", "no dates", {"slug": world.no_dates.slug}
    yield "interest", "pressed", {"slug": world.no_dates.slug}
    yield "interest_written", "without a form", {"slug": world.no_dates.slug}
    yield "withdraw_interest", "", {"token": links.interest_token(world.interest)}
    yield "my", "", {}
    yield "my", "pressed", {}
    yield "my_sent", "", {}
    yield "my_bookings", "some", {"token": links.my_token(person, NOW)}
    yield "my_bookings", "expired", {"token": links.my_token(person, NOW.replace(year=2024))}
    yield "mail_as_written", "no demonstration", {"message_id": "nobody@example"}
    for page in ("privacy", "accessibility", "terms", "contact", "calendar_help"):
        yield page, "", {}


def organiser_pages(world):
    date, held_back = {"date_id": world.open.id}, {"date_id": world.held_back.id}
    person = {"booking_id": world.standings["confirmed"].id}
    yield "home", "", {}
    yield "past_dates", "", {}
    yield "attendees", "confirmed", date
    yield "attendees", "waiting", {"date_id": world.full.id, "state": "waiting"}
    yield "attendees", "cancelled", {**date, "state": "cancelled"}
    yield "attendees", "nobody", {"date_id": world.closed.id}
    yield "attendees", "nobody found", {**date, "q": "nobody is called this"}
    yield "access_needs", "", date
    yield "add_attendee", "", date
    yield "add_attendee", "full", {"date_id": world.full.id}
    yield "add_attendee", "pressed", date
    yield "booking", "confirmed", person
    yield "booking", "removed", {"booking_id": world.standings["removed"].id}
    yield "booking", "hostile", {"booking_id": world.standings["hostile"].id}
    yield "cancel_booking", "", person
    yield "cancel_booking", "pressed", person
    yield "details", "face to face", date
    yield "details", "online", {"date_id": world.online.id}
    yield "venue", "", {"venue_id": world.open.venue_id}
    yield "settle", "", held_back
    yield "settle", "pressed", held_back
    yield "interests", "some", {"course_id": world.held_back.course_id}
    yield "interests", "none", {"course_id": world.open.course_id}
    yield "outbox", "", {}
    for number in (1, 2, 3):
        yield "email", f"mail {number}", {"email_id": number}
    yield "audit", "", {}
    yield "settings", "", {}
    yield "account", "", {}
    yield "change_password", "", {}
    yield "change_password", "pressed", {}
    yield "set_up_second_factor", "", {}
    yield "set_up_second_factor", "pressed", {}
    yield "role", "", {}
    yield "attendees", "no such date", {"date_id": 999_999}


def way_in(world):
    yield "sign_in", "", {}
    yield "sign_in", "pressed", {}
    yield "forgotten", "", {}
    yield "forgotten", "pressed", {}
    yield "forgotten_written", "", {}
    invited = links.password_token(world.trainer, NOW)
    yield "choose_password", "", {"token": invited}
    yield "choose_password", "pressed", {"token": invited}
    yield "choose_password", "altered link", {"token": invited[:-2] + "xx"}


SEPARATELY = {"code", "recovery_code", "switch_off_second_factor", "recovery_codes"}


class Walker:
    """Goes through pages in a browser and writes down what is wrong with each."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.wrong, self.seen = [], set()
        page.on("console", self._listen)

    def _listen(self, message):
        # The browser says so of every answer that is not a 200, as many here rightly are.
        if message.type == "error" and "status of" not in message.text:
            self.wrong.append(f"{self.page.url}: {message.text}")

    def walk(self, door, pages):
        for endpoint, state, values in pages:
            self.go(f"{door}.{endpoint}", state, url_for(f"{door}.{endpoint}", **values))

    def go(self, endpoint, state, path):
        answer = self.page.goto(self.address + path)
        self.seen.add(endpoint)
        if answer.status >= 500:
            self.wrong.append(f"{path}: {answer.status}")
        if state.endswith("pressed"):
            self.press()
        self.look(f"{endpoint} {state}")

    def press(self):
        """Send the page's form with nothing in it, past the browser's own checks."""
        form = self.page.locator("main form[method=post]").first
        form.evaluate(
            "form => { form.noValidate = true;"
            " form.querySelectorAll('input:not([type=hidden]):not([type=radio])"
            ":not([type=checkbox]), textarea').forEach(i => i.value = '');"
            " form.querySelectorAll('[type=radio], [type=checkbox]')"
            ".forEach(i => i.checked = false);"
            " form.querySelectorAll('select').forEach(i => i.value = '') }"
        )
        form.locator("button:not([type=button])").first.click()
        if not self.page.locator(".govuk-error-summary").count():
            self.wrong.append(f"{self.page.url}: sent empty, and no error summary")
        if not self.page.title().startswith("Error: "):
            self.wrong.append(f"{self.page.url}: the title of a page with errors says so")

    def look(self, name):
        page = self.page
        headings = page.locator("h1").all_inner_texts()
        if len(headings) != 1:
            self.wrong.append(f"{name}: {len(headings)} h1")
        elif _plain(headings[0]) not in _plain(page.title()):
            self.wrong.append(f"{name}: title {page.title()!r}, h1 {headings[0]!r}")
        page.set_viewport_size(WIDE)
        self.picture(name, "wide")
        for violation in Axe().run(page).response["violations"]:
            places = [node["target"] for node in violation["nodes"]][:3]
            self.wrong.append(f"{name}: {violation['id']}: {violation['help']} {places}")
        page.set_viewport_size(NARROW)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            self.wrong.append(f"{name}: {width} px wide on a screen of 320")
        self.picture(name, "narrow")
        page.set_viewport_size(WIDE)

    def picture(self, name, width):
        if PICTURES:
            file = re.sub(r"\W+", "-", f"{name} {width}").strip("-")
            self.page.screenshot(path=Path(PICTURES) / f"{file}.png", full_page=True)


def _plain(text):
    return "".join(text.split()).casefold()


@pytest.fixture
def address(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def walker(app, db, chromium, address):
    with chromium.new_context() as context, app.test_request_context():
        yield Walker(context.new_page(), address)


@pytest.fixture
def world(app, db):
    world = worlds.build()
    will_write(False)  # from here on the tests only look: the browser needs the write lock
    return world


def test_pages_for_visitors(walker, world):
    walker.walk("public", public_pages(world))
    walker.go("none", "no such page", "/nowhere")
    assert walker.wrong == []


def test_the_page_after_booking(walker, world):
    page = walker.page
    page.goto(walker.address + url_for("public.book", date_id=world.open.id))
    page.get_by_label("Full name", exact=True).fill("Ann New")
    page.get_by_label("Work email address").fill("ann.new@york.gov.uk")
    page.get_by_label("Job role").fill("Nurse")
    page.get_by_label("Line manager's full name").fill("Max Manager")
    page.get_by_label("Line manager's email address").fill("max@york.gov.uk")
    page.get_by_label("I agree to the booking terms").check()
    page.locator("main form button").last.click()
    walker.look("public.book the agency is suggested")
    page.locator("main form button").last.click()
    assert "/written" in page.url
    walker.look("public.written after booking")
    assert walker.wrong == []


def test_the_pages_after_other_forms_in_a_demonstration(walker, world, app, monkeypatch):
    monkeypatch.setitem(app.config, "TODAY", datetime.date(2025, 4, 17))
    page, email = walker.page, "confirmed@northyorkshire.police.uk"
    page.goto(walker.address + url_for("public.my"))
    page.get_by_label("Email address").fill(email)
    page.locator("main form button").click()
    walker.look("public.my_sent after the form")
    page.get_by_role("link", name="Your training bookings").click()
    walker.look("public.mail_as_written in a demonstration")
    page.goto(walker.address + url_for("public.interest", slug=world.no_dates.slug))
    page.get_by_label("Full name").fill("Ann New")
    page.get_by_label("Work email address").fill(email)
    page.locator("main form button").click()
    walker.look("public.interest_written after the form")
    assert walker.wrong == []


def test_pages_when_there_is_nothing(walker, db):
    from tests.makers import make_partnership

    make_partnership()
    walker.walk("public", [("programme", "empty", {}), ("programme", "month", {"view": "month"})])
    assert walker.wrong == []


def test_the_organisers_way_in(walker, world):
    walker.walk("organiser", way_in(world))
    assert walker.wrong == []


def test_pages_for_organisers(walker, world):
    sign_in(walker, world.administrator)
    walker.walk("organiser", organiser_pages(world))
    for group in re.findall(r"/organiser/settings/\w+", _source(walker, "organiser.settings")):
        walker.go("organiser.settings_group", f"{group[20:]}", group)
        walker.go("organiser.settings_group", f"{group[20:]} pressed", group)
    assert walker.wrong == []


def test_pages_with_a_second_factor(walker, world, db):
    person = world.administrator
    will_write()
    second_factor.turn_on(person, second_factor.new_secret())
    code = second_factor.new_recovery_codes(person)[0]
    db.session.commit()
    will_write(False)
    sign_in(walker, person)
    walker.walk("organiser", [("code", "", {}), ("code", "pressed", {})])
    walker.walk("organiser", [("recovery_code", "", {}), ("recovery_code", "pressed", {})])
    walker.page.locator("main form input:not([type=hidden])").first.fill(code)
    walker.page.locator("main form button").first.click()
    walker.walk("organiser", [("switch_off_second_factor", "", {}), ("recovery_codes", "", {})])
    walker.walk("organiser", [("account", "with a second factor", {})])
    assert walker.seen >= {f"organiser.{name}" for name in SEPARATELY}
    assert walker.wrong == []


def test_pages_a_trainer_may_see(walker, world):
    sign_in(walker, world.trainer)
    walker.walk("organiser", [("role", "trainer", {}), ("home", "forbidden", {})])
    assert walker.wrong == []


def test_no_page_is_left_out(app, world):
    with app.test_request_context():
        walked = {f"public.{endpoint}" for endpoint, *_ in public_pages(world)}
        walked |= {f"organiser.{endpoint}" for endpoint, *_ in organiser_pages(world)}
        walked |= {f"organiser.{endpoint}" for endpoint, *_ in way_in(world)}
    walked |= {f"organiser.{endpoint}" for endpoint in SEPARATELY} | {"organiser.settings_group"}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}

    assert pages - FILES - walked == set()
    assert walked - pages == set()


def sign_in(walker, organiser):
    page = walker.page
    page.goto(walker.address + url_for("organiser.sign_in"))
    page.get_by_label("Email address").fill(organiser.email)
    page.get_by_label("Password", exact=True).fill(worlds.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _source(walker, endpoint):
    walker.page.goto(walker.address + url_for(endpoint))
    return walker.page.content()
