"""From the news page to a booked place: pasted, asked about, accepted, found and booked; and what
the page says later is told to whoever booked.
"""

from datetime import datetime

import pytest

from tests import calendars
from tests.browser.test_main_job import LONDON, NARROW, WIDE
from tests.browser.visitor import Visitor, private_link

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAYS = {
    "narrow, without JavaScript": {"viewport": NARROW, "java_script_enabled": False},
    "wide": {"viewport": WIDE},
}
PAGE = """News for practitioners

{title}

Published 14 April 2025.

A briefing on what to look for when a family moves house often, for everybody who visits homes.

  • Date: Wednesday 13 June
  • Time: 9.30am to 11am
  • Venue: Microsoft Teams

To book a place, write to the training team.

New leaflet on fire safety

Published 2 April 2025.

The leaflet can be ordered from the fire service.
"""


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture
def visit(chromium, stack, way):
    visitors = []

    def arrive():
        visitors.append(Visitor(chromium, stack, **WAYS[way]))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.context.close()


def test_from_a_pasted_page_to_a_booked_place(visit, stack, way):
    title = f"Families who move often ({way})"
    organiser, ann = visit(), visit()

    organiser_pastes_the_page(organiser, stack, title)
    nothing_is_public_yet(ann, title)
    organiser_says_which_day_and_accepts(organiser, title)
    the_same_page_changes_nothing(organiser, title)
    anns_address = f"ann.{len(title)}@btp.police.uk"
    ann_books_a_place(ann, stack, title, anns_address)
    the_page_names_another_hour_and_ann_is_told(organiser, stack, title, anns_address)


def organiser_pastes_the_page(visitor, stack, title):
    visitor.page.goto("/organiser/news")
    visitor.page.get_by_label("Email").fill(stack.organiser)
    visitor.page.get_by_label("Password", exact=True).fill(stack.password)
    visitor.press("Sign in")
    paste(visitor, title)
    visitor.see("What the page announces", "1 new announcement", title, "Nothing is public")
    marks = visitor.page.locator("mark").all_inner_texts()
    assert title in marks
    assert any("13 June" in mark for mark in marks)
    visitor.see("New leaflet on fire safety", "Not training")


def paste(visitor, title, page=PAGE):
    visitor.page.goto("/organiser/news")
    visitor.page.get_by_label("Text of the page or newsletter").fill(page.format(title=title))
    visitor.page.get_by_label("Day").fill("15")
    visitor.page.get_by_label("Month").fill("4")
    visitor.page.get_by_label("Year").fill("2025")
    visitor.press("Read it")


def nothing_is_public_yet(visitor, title):
    visitor.page.goto("/")
    assert title not in visitor.page.locator("main").inner_text()


def organiser_says_which_day_and_accepts(visitor, title):
    """13 June 2025 is a Friday, and the page says Wednesday."""
    visitor.see("It says Wednesday 13 June", "in 2025 that is a Friday", "Which day is meant?")
    press_by_keyboard(visitor, "Friday 13 June 2025")
    visitor.see("Friday 13 June 2025 it is.", "Friday 13 June 2025, 9.30am to 11am")
    accept = visitor.page.get_by_role("button", name="Accept and publish")
    accept.click()
    visitor.see("There is a problem", "Enter how many places there are")
    visitor.page.get_by_label("Places", exact=True).fill("12")
    accept.click()
    visitor.see("A new course is in the programme, with 1 new date.", "Accepted by")


def the_same_page_changes_nothing(visitor, title):
    paste(visitor, title)
    visitor.see("says nothing that it did not say when it was read before", "Accepted by")


def ann_books_a_place(visitor, stack, title, email):
    visitor.page.goto("/")
    visitor.page.get_by_role("link", name=title).first.click()
    visitor.see("Friday 13 June 2025, 9.30am to 11am", "12 places left")
    visitor.press("Book a place")
    visitor.fill_in("Ann Example", email, "British Transport Police")
    visitor.press("Book this place")
    letter = stack.letterbox.get(email, "You have a place")
    visitor.page.goto(private_link(letter))
    visitor.see("You have a place", title, "Friday 13 June 2025")


def the_page_names_another_hour_and_ann_is_told(visitor, stack, title, email):
    """By the same verb as an organiser's own change: with an invitation that puts diaries right."""
    paste(visitor, title, PAGE.replace("9.30am", "9am"))
    visitor.see("1 changed announcement", "Other times", "9.30am to 11am", "9am to 11am")
    visitor.see("1 person")
    visitor.page.get_by_role("button", name="Change the times and write to 1 person").click()
    visitor.see("The programme says so now. We have written to 1 person.", "Accepted by")
    letter = stack.letterbox.get(email, "Changed: ")
    method, event = invitation(letter, title)
    assert method == "REQUEST"
    assert event["DTSTART"].dt == datetime(2025, 6, 13, 9, tzinfo=LONDON)


def invitation(letter, title):
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    event = calendars.only_event(part.get_payload(decode=True))
    assert event["SUMMARY"] == title
    return part.get_param("method"), event


def press_by_keyboard(visitor, words):
    """On with the Tab key until these words have the focus, then Enter."""
    for _ in range(100):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.textContent").strip() == words:
            with visitor.page.expect_navigation():
                visitor.page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {words!r} by keyboard")
