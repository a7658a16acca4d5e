"""Every page in every state: axe finds nothing, nothing sticks out at 320 px, titles say the h1.

A route nobody listed here fails the test. With SCREENSHOTS=folder each page is kept as a picture,
wide and narrow, to be looked at.
"""

import datetime

import pytest
from flask import url_for
from sqlalchemy.exc import OperationalError

from tests.browser import world as worlds
from tests.browser.walker import WIDE, Walker, served
from tests.conftest import NOW, empty
from webapp import clock
from webapp.db import db as database
from webapp.db import will_write
from webapp.errors import Gone, Refused, TooManyTries
from webapp.services import links, programme

pytestmark = [pytest.mark.browser, pytest.mark.slow]

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
    "public.my_dates_feed",
    "public.all_dates_feed",
    "public.mail_attachment",
    "organiser.attendees_csv",
    "organiser.attendees_xlsx",
    "organiser.email_file",
    "organiser.all_dates_file",
    "organiser.news_item_text",
    "organiser.news_item_html",
}
# Sends the visitor on to where an announcement stands.
WAYS_ON = {"organiser.news_announcement"}
GROUPS = ("partnership", "contact", "who", "rules", "data")


def public_pages(world):
    """(endpoint, state, address values). "And pressed": once more, with its form sent empty."""
    token = {name: links.booking_token(booking) for name, booking in world.standings.items()}
    person = world.standings["confirmed"].practitioner
    dates = {
        "open and pressed": world.open,
        "online": world.online,
        "full": world.full,
        "past": world.past,
        "cancelled": world.cancelled,
        "closed": world.closed,
        "held back": world.held_back,
        "two days": world.two_days,
        "postponed": world.postponed,
        "shortened": world.shortened,
    }
    yield "programme", "list", {}
    yield "programme", "month", {"view": "month", "month": "2025-05"}
    yield "programme", "month with nothing", {"view": "month", "month": "2031-05"}
    yield "programme", "past", {"view": "past"}
    yield "programme", "past, nothing found", {"view": "past", "text": "nothing is called this"}
    yield "programme", "filtered", {"kind": "briefing", "format": "online"}
    yield "programme", "with places", {"places": "yes"}
    yield "programme", "nothing found", {"text": "nothing is called this", "month": "2025-05"}
    for course in (world.open.course, world.no_dates, world.e_learning, world.cancelled.course):
        yield "course", course.slug[:20], {"slug": course.slug}
    for state, date in dates.items():
        yield "date", state.removesuffix(" and pressed"), {"date_id": date.id}
        yield "book", state, {"date_id": date.id}
    yield "written", "without a booking", {"date_id": world.open.id}
    for state, word in token.items():
        yield "booking", state, {"token": word}
    yield "booking", "altered link", {"token": token["confirmed"][:-2] + "xx"}
    yield "booking", "replaced link", {"token": world.replaced}
    yield "change_booking", "confirmed and pressed", {"token": token["confirmed"]}
    yield "cancel_booking", "confirmed", {"token": token["confirmed"]}
    yield "cancel_booking", "waiting", {"token": token["waiting"]}
    for state in ("confirmed", "declined", "put off", "cancelled", "past"):
        yield "reply", state, {"token": token[state]}
    yield "interest", "no dates and pressed", {"slug": world.no_dates.slug}
    yield "interest_written", "without a form", {"slug": world.no_dates.slug}
    yield "withdraw_interest", "", {"token": links.interest_token(world.interest)}
    yield "my", "asked and pressed", {}
    yield "my_sent", "", {}
    yield "my_bookings", "some", {"token": links.my_token(person, NOW)}
    for state in ("put off", "moved", "passed on", "discreet", "date cancelled"):
        person = world.standings[state].practitioner
        yield "my_bookings", state, {"token": links.my_token(person, NOW)}
        yield "diary", state, {"token": links.my_token(person, NOW)}
    yield "my_bookings", "expired", {"token": links.my_token(person, NOW.replace(year=2024))}
    yield "mail_as_written", "no demonstration", {"message_id": "nobody@example"}
    for page in ("privacy", "accessibility", "terms", "contact", "calendar_help"):
        yield page, "", {}
    yield "terms", "no such version", {"version": 99}


def organiser_pages(world):
    date, held_back = {"date_id": world.open.id}, {"date_id": world.held_back.id}
    person = {"booking_id": world.standings["confirmed"].id}
    yield "home", "", {}
    yield "past_dates", "", {}
    yield "attendees", "confirmed", date
    yield "attendees", "waiting", {"date_id": world.full.id, "state": "waiting"}
    yield "attendees", "cancelled", {**date, "state": "cancelled"}
    yield "attendees", "everybody, sorted", {**date, "state": "all", "sort": "agency"}
    yield "attendees", "nobody", {"date_id": world.closed.id}
    yield "attendees", "nobody found", {**date, "q": "nobody is called this"}
    yield "attendees", "no such date", {"date_id": 999_999}
    yield "access_needs", "some", date
    yield "access_needs", "none", {"date_id": world.closed.id}
    for state in ("postponed", "cancelled", "shortened"):
        yield "attendees", state, {"date_id": getattr(world, state).id}
        yield "details", state, {"date_id": getattr(world, state).id}
        yield "postpone_date", state, {"date_id": getattr(world, state).id}
        yield "cancel_date", state, {"date_id": getattr(world, state).id}
    yield "postpone_date", "open and pressed", date
    yield "cancel_date", "open and pressed", date
    yield "details", "two days and pressed", {"date_id": world.two_days.id}
    yield "details", "held back", held_back
    for state in ("moved", "passed on", "declined", "put off", "waiting"):
        yield "booking", state, {"booking_id": world.standings[state].id}
        yield "move_booking", state, {"booking_id": world.standings[state].id}
        yield "substitute", state, {"booking_id": world.standings[state].id}
    yield "move_booking", "confirmed and pressed", person
    yield "substitute", "confirmed and pressed", person
    yield "calendars", "administrator", {}
    yield "add_attendee", "open and pressed", date
    yield "add_attendee", "full and pressed", {"date_id": world.full.id}
    yield "add_attendee", "past", {"date_id": world.past.id}
    yield "booking", "confirmed", person
    yield "booking", "removed", {"booking_id": world.standings["removed"].id}
    yield "booking", "hostile", {"booking_id": world.standings["hostile"].id}
    yield "cancel_booking", "confirmed and pressed", person
    yield "cancel_booking", "removed already", {"booking_id": world.standings["removed"].id}
    yield "details", "face to face", date
    yield "details", "online", {"date_id": world.online.id}
    yield "venue", "known and pressed", {"venue_id": world.open.venue_id}
    yield "settle", "held back and pressed", held_back
    yield "settle", "never held back", date
    yield "interests", "some", {"course_id": world.held_back.course_id}
    yield "interests", "none", {"course_id": world.open.course_id}
    yield "outbox", "all", {}
    yield "outbox", "returned", {"standing": "returned"}
    yield "outbox", "given up", {"standing": "given-up"}
    yield "outbox", "nothing found", {"q": "nobody is called this"}
    for number in (1, 2, 3):
        yield "email", f"mail {number}", {"email_id": number}
    yield "audit", "all", {}
    yield "audit", "no such day", {"first": "2025-02-31"}
    yield "audit", "nothing found", {"last": "2001-01-01"}
    yield "settings", "", {}
    for group in GROUPS:
        yield "settings_group", f"{group} and pressed", {"group": group}
    yield "settings_group", "no such group", {"group": "nothing"}
    yield "account", "", {}
    yield "change_password", "asked and pressed", {}
    yield "set_up_second_factor", "asked and pressed", {}
    yield "role", "", {}
    yield from news_pages(world)


def news_pages(world):
    yield "news", "what waits, and pressed", {}
    yield "news", "settled", {"list": "settled"}
    yield "news", "readings", {"list": "readings"}
    for number, reading in enumerate(world.readings, 1):
        yield "news_reading", f"reading {number}", {"reading_id": reading.id}
    yield "news_reading", "no such reading", {"reading_id": 999_999}
    for word, announcement in world.announcements.items():
        yield "news_draft", word.lower(), {"announcement_id": announcement.id}
    yield "news_draft", "new and pressed", {"announcement_id": world.announcements["Neglect"].id}
    yield "news_item", "several dates", {"course_id": world.open.course_id}
    yield "news_item", "held back", {"course_id": world.held_back.course_id}
    yield "news_item", "no dates", {"course_id": world.no_dates.id}
    yield "news_item", "e-learning", {"course_id": world.e_learning.id}
    yield "news_item", "hostile and cancelled", {"course_id": world.cancelled.course_id}


def way_in(world):
    yield "sign_in", "asked and pressed", {}
    yield "forgotten", "asked and pressed", {}
    yield "forgotten_written", "", {}
    invited = links.password_token(world.trainer, NOW)
    yield "choose_password", "invited and pressed", {"token": invited}
    yield "choose_password", "altered link", {"token": invited[:-2] + "xx"}
    expired = links.password_token(world.trainer, NOW.replace(year=2024))
    yield "choose_password", "expired link", {"token": expired}


# After the password, before the code; and what only who has a second factor can see.
HALF_IN = [("code", "asked and pressed", {}), ("recovery_code", "asked and pressed", {})]
WITH_SECOND_FACTOR = [
    ("switch_off_second_factor", "asked and pressed", {}),
    ("recovery_codes", "asked and pressed", {}),
    ("account", "with a second factor", {}),
]


@pytest.fixture(scope="module")
def app(house):
    """One app for all the walks of this module, at NOW; its world is built once."""
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


@pytest.fixture(scope="module")
def world(app):
    """Somebody in every state. Its rows live in a context that gives addresses to every test."""
    with app.test_request_context():
        world = worlds.build()
        will_write(False)  # from here on the tests only look: the browser needs the write lock
        yield world


@pytest.fixture(scope="module")
def address(app, world):
    with served(app) as address:
        yield address


@pytest.fixture
def walker(chromium, address):
    with chromium.new_context(viewport=WIDE) as context:
        yield Walker(context.new_page(), address)


def test_pages_for_visitors(walker, world):
    walker.walk("public", public_pages(world))
    assert not walker.wrong, "\n".join(walker.wrong)


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
    assert not walker.wrong, "\n".join(walker.wrong)


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
def test_the_pages_of_what_goes_wrong(walker, app, monkeypatch, error, status):
    def fail(*_args):
        raise error

    monkeypatch.setattr(programme, "months", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    walker.go("public.programme", f"error {status}", "/", status=status)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_pages_of_addresses_that_lead_nowhere(walker):
    walker.go("none", "no such page", "/nowhere", status=404)
    walker.go("none", "a button's address", "/organiser/sign-out", status=405)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_page_of_a_form_that_was_open_too_long(walker, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = walker.page
    page.goto(walker.address + url_for("public.my"))
    page.get_by_label("Email address").fill("ann@york.gov.uk")
    page.locator("main [name=csrf_token]").evaluate("field => field.value = 'long ago'")
    page.locator("main form button").click()
    walker.look("public.my open too long")
    assert page.get_by_role("button", name="Send").count() == 1
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_organisers_way_in(walker, world):
    walker.walk("organiser", way_in(world))
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_for_organisers(walker, world):
    walker.sign_in(world.administrator)
    walker.walk("organiser", organiser_pages(world))
    assert not walker.wrong, "\n".join(walker.wrong)


def test_the_settle_page_after_settling_and_after_taking_it_back(walker, world):
    walker.sign_in(world.administrator)
    page = walker.page
    page.goto(walker.address + url_for("organiser.settle", date_id=world.held_back.id))
    page.locator("main [type=radio]").nth(1).check()
    page.locator("main form button").click()
    walker.look("organiser.settle settled")
    page.get_by_role("button", name="Hold").click()
    walker.look("organiser.settle held back again")
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_with_a_second_factor(walker, world):
    walker.sign_in(world.careful)
    walker.walk("organiser", HALF_IN)
    walker.page.locator("main form input:not([type=hidden])").first.fill(world.recovery_code)
    walker.page.locator("main form button").first.click()
    walker.walk("organiser", WITH_SECOND_FACTOR)
    assert not walker.wrong, "\n".join(walker.wrong)


def test_pages_a_trainer_may_see(walker, world):
    walker.sign_in(world.trainer)
    walker.walk(
        "organiser",
        [("role", "trainer", {}), ("calendars", "trainer", {}), ("home", "forbidden", {})],
    )
    assert not walker.wrong, "\n".join(walker.wrong)


def test_no_page_is_left_out(app, world):
    doors = {
        "public": public_pages(world),
        "organiser": [*organiser_pages(world), *way_in(world), *HALF_IN, *WITH_SECOND_FACTOR],
    }
    walked = {f"{door}.{endpoint}" for door, pages in doors.items() for endpoint, *_ in pages}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}

    assert pages - FILES - WAYS_ON - walked == set()
    assert walked - pages == set()
