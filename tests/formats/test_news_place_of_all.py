"""A place told once is that of every training that names none."""

from datetime import date

import pytest

from webapp.formats import news_page
from webapp.formats.announcements import Sure

PAGE = """Training this spring

{of_all}

Recognising neglect
Tuesday 6 May 2025, 10am to 1pm

Safer recruitment workshop
Thursday 8 May 2025, 10am to 1pm
Venue: Guildhall, Castle Street
"""


def venues(of_all):
    items = news_page.read(PAGE.format(of_all=of_all), date(2025, 4, 1)).items
    return [item.venue.text if item.venue else None for item in items if item.sessions]


@pytest.mark.parametrize(
    ("of_all", "place"),
    [
        ("All sessions are free and held on Zoom.", "Zoom"),
        ("Every course is at the Lock Keeper's Centre, Wharf Road.", "Lock Keeper's Centre"),
        ("They are on Teams unless the list says otherwise.", "Teams"),
        ("Courses are held at Mill House unless it says Online.", "Mill House"),
    ],
)
def test_a_place_of_all_is_that_of_those_that_name_none(of_all, place):
    first, second = venues(of_all)

    assert str(first).startswith(place)
    assert str(second).startswith("Guildhall")


def test_a_platform_in_passing_is_the_place_of_nothing():
    assert venues("All of us have grown used to Zoom.")[0] is None
    assert venues("Ask the team. They are on Zoom every Friday.")[0] is None


def test_what_is_said_of_all_is_inferred_and_keeps_where_it_stands():
    text = PAGE.format(of_all="All sessions are held on Zoom.")
    found = news_page.read(text, date(2025, 4, 1))
    venue = next(item.venue for item in found.items if item.sessions)

    assert venue.sure is Sure.INFERRED
    assert found.text[venue.start : venue.end] == "Zoom"
