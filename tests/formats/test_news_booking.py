"""How to book, as a page says it."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_booking import booking


def said(page):
    found = booking(news_source.read(page).lines)
    return found.text if found else None


@pytest.mark.parametrize(
    "sentence",
    [
        "Book at the learning hub",
        "Please fill in and return the form below",
        "It is booked through the staff portal",
        "RSVP to the business unit",
        "Email sue.training@partnership.example for a form",
        "Please ring the training team",
        "Telephone 01632 960001",
        "To save a place tell the office",
        "Training can be accessed via the portal",
        "Free, just turn up",
        "Book by writing to the business unit",
        "Book by 18 November with the office",
    ],
)
def test_how_to_book_in_many_words(sentence):
    assert (
        said(f"Neglect training\n6 May 2025, 10am to 1pm. {sentence}. Lunch is there.") == sentence
    )


def test_whom_to_ask_counts_only_where_nothing_speaks_of_booking():
    page = "Call the team on 01632 960001. To book, use the hub."
    assert said(page) == "To book, use the hub"
    assert said("We tell families what we do. Nobody called.") is None
