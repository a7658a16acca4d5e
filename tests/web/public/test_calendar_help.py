"""The page that says how training gets into a calendar, and what stays right there by itself."""

from itertools import pairwise

import pytest

from tests.makers import make_partnership
from tests.web.reading import heading, links, main

PROGRAMS = [
    "New Outlook for Windows and Outlook on the web",
    "Classic Outlook for Windows",
    "Google Calendar",
    "Apple Calendar on an iPhone or iPad",
    "Apple Calendar on a Mac",
    "Thunderbird",
]


@pytest.fixture
def page(client):
    make_partnership()
    return client.get("/help/calendar")


def parts(page, level):
    """The words below each heading of this level, up to the next heading of it or above."""
    found, here = {}, None
    for element in main(page).all():
        if element.name in {"h1", "h2", level}:
            here = found.setdefault(element.text, []) if element.name == level else None
        elif here is not None and element.name in {"p", "li", "dt", "dd"}:
            here.append(element.text)
    return {title: " ".join(words) for title, words in found.items()}


def test_the_contents_lead_to_every_section_in_order(page):
    contents = [
        (link["href"], link.text) for link in main(page).one("nav").all("a", class_="govuk-link")
    ]
    sections = [
        (f"#{h2['id']}", h2.text) for h2 in main(page).all("h2") if h2.get("id") != "contents"
    ]
    assert heading(page) == "Training in your calendar"
    assert contents == sections
    assert len(contents) == 9


def test_every_link_within_the_page_has_its_place(page):
    ids = [element["id"] for element in main(page).all() if element.get("id")]
    assert len(ids) == len(set(ids))
    anchors = [a["href"][1:] for a in main(page).all("a") if a["href"].startswith("#")]
    assert set(anchors) <= set(ids)
    # Other pages point here.
    assert {"subscribe", "steps", "discreet"} <= set(ids)


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(e.name[1]) for e in main(page).all() if e.name in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_program_has_steps_how_often_it_looks_and_how_to_remove_it(page):
    said = parts(page, "h3")
    assert [title for title in said if title in PROGRAMS] == PROGRAMS
    for program in PROGRAMS:
        assert "Fetches changes:" in said[program]
        assert "To remove it:" in said[program]
    numbered = [ol for ol in main(page).all("ol") if len(ol.all("li")) >= 3]
    assert len(numbered) >= len(PROGRAMS)


def test_it_is_honest_about_delays(page):
    said = parts(page, "h3")
    assert "more than a day. You cannot hurry it." in said["Google Calendar"]
    assert "can take a day. You cannot hurry it." in said[PROGRAMS[0]]
    updates = parts(page, "h2")["What updates by itself, and how soon"]
    assert "Invitation When something changes, we send a new one at once." in updates
    assert "File, or a link to Google or Outlook Never. It is a copy." in updates


def test_it_says_what_declining_does_and_does_not(page):
    said = parts(page, "h3")["If you decline"]
    assert "Declining the invitation does not cancel your place." in said
    assert "ask whether to release the place" in said


def test_the_way_to_a_discreet_diary_names_what_the_other_page_calls_it(page):
    said = parts(page, "h2")["Have your diary say only “Training”"]
    assert "Change what your diary says" in said
    assert "Only “Training”" in said
    assert links(page)["link to your bookings"] == "/my"


def test_before_the_partnership_is_known_the_page_stands_and_names_nobody(client):
    page = client.get("/help/calendar")
    assert page.status_code == 200
    assert "Stuck?" not in page.text
