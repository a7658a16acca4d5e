"""For whom, what about and how to book: what an announcement says beside days and places."""

import pytest

from webapp.formats import news_source
from webapp.formats.announcements import Words
from webapp.formats.news_details import details

AUDIENCES = [
    (
        "Target audience\nAll multi-agency partners, police etc.",
        "All multi-agency partners, police etc.",
    ),
    ("Who should attend? Nurses and midwives", "Nurses and midwives"),
    ("Audience: pastoral leads", "pastoral leads"),
    ("This webinar is free to access for Dales professionals.", "Dales professionals"),
    (
        "It is meant for people who meet victims in their work. Lunch is provided.",
        "people who meet victims in their work",
    ),
    (
        "Reception teams and school officers will find it most useful.",
        "Reception teams and school officers",
    ),
    ("Midwives and social workers are especially welcome.", "Midwives and social workers"),
    ("Suitable for youth workers and pastoral staff.", "youth workers and pastoral staff"),
    ("They are for pharmacists and paramedics.", "pharmacists and paramedics"),
    ("For new champions. Lunch is included.", "new champions"),
    ("It suits new staff and anyone who forgot.", "new staff and anyone who forgot"),
    ("It is on Teams, from 10am, for practitioners in any agency.", "practitioners in any agency"),
    ("The room is on the first floor.", None),
]
BOOKINGS = [
    (
        "A morning about neglect. Book a place online via the portal.",
        "Book a place online via the portal",
    ),
    (
        "To book, email learning@example.org by Friday.",
        "To book, email learning@example.org by Friday",
    ),
    ("How do I book?\nSign up on the learning hub.", "Sign up on the learning hub"),
    ("Email us for the Zoom link.", "Email us for the Zoom link"),
    ("Reserve a seat", "Reserve a seat"),
    ("Those who have already booked need do nothing.", None),
    ("We published a book of poems.", None),
]
ITEM = """Understanding Neglect
Published 4 March 2025.
Target audience
All practitioners
Course outline
Neglect is hard to name. This day helps you to see it early and to say so.
The model rests on:
• seeing the child
• saying what you see
Tuesday 20 May, 10.00am to 11.00am
Book a place online.
"""


def of(page, title=""):
    source = news_source.read(page)
    found = details(source.lines, source, Words(title, 0, len(title)))
    for words in (found.audience, found.booking):
        assert words is None or source.text[words.start : words.end] == words.text
    return found


def text(words):
    return words.text if words else None


@pytest.mark.parametrize(("page", "expected"), AUDIENCES)
def test_whom_it_is_for_is_told_by_labels_and_in_sentences(page, expected):
    assert text(of(page).audience) == expected


@pytest.mark.parametrize(("page", "expected"), BOOKINGS)
def test_how_to_book_is_the_first_sentence_that_says_so(page, expected):
    assert text(of(page).booking) == expected


def test_the_title_tells_the_audience_where_nothing_else_does():
    page = "A morning for trustees\nSaturday 14 June 2025, 10am"

    assert text(of(page, "A morning for trustees").audience) == "trustees"


def test_the_outline_is_the_prose_that_is_none_of_the_rest():
    outline = of(ITEM, "Understanding Neglect").outline.text

    assert outline.splitlines() == [
        "Neglect is hard to name. This day helps you to see it early and to say so.",
        "The model rests on:",
        "seeing the child",
        "saying what you see",
    ]


def test_what_says_nothing_of_them_has_no_details():
    found = of("Neglect")

    assert (found.audience, found.outline, found.booking) == (None, None, None)
    assert found.agenda == found.speakers == ()


def outline(page):
    """Of a page that begins with its title."""
    source = news_source.read(page)
    first = source.lines[0]
    found = details(source.lines, source, Words(first.text, first.start, first.end)).outline
    return found.text if found else None


def test_of_one_paragraph_that_says_everything_what_it_is_about_is_the_outline():
    line = (
        "An hour at lunch on asking the next question. Thursday 12 June, 12 noon - 1pm, Town Hall."
        " Book your place by 2 June. Everybody who meets families may come."
    )
    about = "An hour at lunch on asking the next question. Everybody who meets families may come."
    assert outline(f"Curiosity Briefing\n{line}") == about


def test_a_paragraph_of_days_and_booking_alone_has_no_outline():
    page = (
        "Curiosity Briefing\nThursday 12 June, 12 noon - 1pm, Town Hall. Book your place by 2 June."
    )
    assert outline(page) is None
