"""Where training is held, as pages tell it."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_places import places

TOLD = [
    ("Venue: Oak Suite, Town Hall, OX1 2AB", ["Oak Suite, Town Hall, OX1 2AB"]),
    ("Where\nThe Old Forge, Mill Lane", ["The Old Forge, Mill Lane"]),
    ("\U0001f4c5 6 May \U0001f4cd Priory House \U0001f465 All", ["Priory House"]),
    ("Location - Priory House. Please bring a pen.", ["Priory House"]),
    (
        "Venue: Microsoft Teams Webinar This webinar is free for everybody",
        ["Microsoft Teams Webinar"],
    ),
    ("Venue: Hill House Time: 10am to 1pm Cost: £20", ["Hill House"]),
    ("Venues: Zoom, Elm Tree Nursery School", ["Zoom", "Elm Tree Nursery School"]),
    ("Venue: Days 1 and 2 – St Mark's Centre; Day 3 – Zoom", ["St Mark's Centre", "Zoom"]),
    ("All will be held via MS Teams", ["MS Teams"]),
    ("These courses will be held face-to-face at West Hall.", ["West Hall"]),
    ("Both at the Quaker Meeting House.", ["Quaker Meeting House"]),
    (
        "It runs on Wednesday 18 October at the Corn Exchange, Surrey Street, CR0 1RG.",
        ["Corn Exchange, Surrey Street, CR0 1RG"],
    ),
    ("Thursday 8th September 12:00 - 13:30 The Mill Centre", ["The Mill Centre"]),
    ("Thursday 8 May, 9.30am to 1pm, The Grand", ["The Grand"]),
    ("Tue 4 March 2025, 10am - Oak Suite - fully booked", ["Oak Suite"]),
    ("05/02/2024 09:30-16:00 2 Days Stocks Hill Family Centre", ["Stocks Hill Family Centre"]),
    ("Friday 6 June, 9.00am to 10.00am\nSt Oswald’s Parish Centre", ["St Oswald’s Parish Centre"]),
    ("Friday 6 June, 9.00am to 10.00am\nTrust office", ["Trust office"]),
    ("Now on 19 March at the Drill Hall instead of Priory House.", ["Drill Hall"]),
    ("All courses are at the Gate Trust, Mill Road. Book here.", ["Gate Trust, Mill Road"]),
    ("Our training is held on the Microsoft Teams platform.", ["Microsoft Teams"]),
    ("It is on 6 May via Microsoft Teams from 9:30am to 1pm.", ["Microsoft Teams"]),
    ("They take place online on Tuesday 12 March at 2pm.", ["online"]),
]
NOT_TOLD = [
    "Thursday 8 May, 10am: The Basics",
    "Book a place online via our website",
    "Online safety matters to all of us",
    "Brief your teams before the end of May",
    "Venue: to be confirmed",
    "Working in the Family Court",
    "6 May, 10am\nSession lead: Exploitation Hub",
    "6 May, 10am\nFamily Drug and Alcohol Court (FDAC)",
    "Safeguarding in School and Church",
    "Anybody who already has a seat in the Hudson Room on this date need not book again.",
]
LISTED = """The dates are:
• Thursday 8 September 12:00 - 13:30 The Mill Centre
• Tuesday 13 September 13:00 - 14:30 Queen's Hospital, Education Centre
• Wednesday 5 October 12:30 - 14:00 Metro Charity, Millwall
"""
TABLE = """<table><tr><th>Date</th><th>Time</th><th>Venue</th></tr>
<tr><td>Wed 14 May 2025</td><td>9:30-16:30</td><td>Sacred Heart, Lowther</td></tr>
<tr><td>Wed 18 June 2025</td><td>9:30-16:30</td><td>Online</td></tr>
<tr><td>Wed 25 June 2025</td><td>9:30-16:30</td><td>TBC</td></tr></table>"""
FLATTENED = "Course\nDate\nVenue\nDSL Refresher\n25/04/2023\nLarch Room, Broad Centre\n"


def said(page):
    source = news_source.read(page)
    found = places(source.lines, source)
    # What is shown is what stands there.
    assert all(source.text[place.start : place.end] == place.text for place in found)
    assert [place.start for place in found] == sorted(place.start for place in found)
    return [place.text for place in found]


@pytest.mark.parametrize(("page", "expected"), TOLD)
def test_a_place_is_told_by_labels_by_prose_and_beside_the_time(page, expected):
    assert said(page) == expected


@pytest.mark.parametrize("page", NOT_TOLD)
def test_what_only_looks_like_a_place_is_none(page):
    assert said(page) == []


def test_a_name_where_the_rest_of_a_list_has_its_places_is_one():
    assert said(LISTED)[-1] == "Metro Charity, Millwall"


def test_the_cells_below_a_heading_are_places_whatever_they_are_called():
    assert said(TABLE) == ["Sacred Heart, Lowther", "Online"]


def test_the_title_below_the_last_column_head_of_a_flattened_table_is_no_place():
    assert said(FLATTENED) == ["Larch Room, Broad Centre"]


def test_what_is_online_is_said_to_be():
    source = news_source.read("Venue: MS Teams\n\nVenue: Hill House")

    assert [place.is_online for place in places(source.lines, source)] == [True, False]


def test_a_word_in_passing_counts_only_where_nothing_better_is_said():
    assert said("An online briefing for governors.") == ["online"]
    assert said("An online briefing for governors.\nVenue: Zoom") == ["Zoom"]


def test_a_day_after_a_place_is_none_of_it():
    assert said("Venue: Mill House, Larch Lane Tuesday 20 June") == ["Mill House, Larch Lane"]
