"""Which place is whose, where one is said for several or for another."""

from datetime import date

import pytest

from webapp.formats import news_page


def venues(page):
    items = news_page.read(page, date(2025, 4, 1)).items
    return [item.venue.text if item.venue else None for item in items if item.sessions]


def test_the_place_of_one_training_of_a_day_is_not_that_of_the_next():
    page = """Learning week

Tuesday 6 May 2025

09.30 to 11.30    Neglect awareness workshop
Venue: Guildhall, Castle Street

12.00 to 13.00    Self-neglect briefing

Wednesday 7 May 2025

10.00 to 11.00    Coercive control briefing (Online)
"""
    found = venues(page)

    assert str(found[0]).startswith("Guildhall")
    assert found[1:] == [None, "Online"]


def test_a_line_that_leads_in_says_where_all_below_it_are():
    page = """Adults' week

The board will hold two lunchtime sessions on Zoom:

Tuesday 6 May 2025, 12.30 - 1.15pm - Financial abuse training
Thursday 8 May 2025, 12.30 - 1.15pm - Hoarding training

Nobody need book.
"""
    assert venues(page) == ["Zoom", "Zoom"]


def test_a_title_may_say_that_training_is_online():
    page = """Self-neglect training (delivered via Teams)

  • 6 May 2025 (11-12.30)
  • 15 May 2025 (3.30-5)
"""
    assert venues(page) == ["Teams"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("6 May 2025 09:30am - 12:00pm at The Limes, Overbury", "The Limes, Overbury"),
        ("6 May 2025, 2.00pm - 4.00pm (online) Free to attend", "online"),
        ("6 May 2025, 9.30 - 12.30, Arcade training room. Free.", "Arcade training"),
        ("6 May 2025, 9.30 - 12.30\nWhere? The Old Granary", "Old Granary"),
    ],
)
def test_a_place_is_known_by_where_it_is_said(said, place):
    [venue] = venues(f"Neglect awareness training\n\n{said}\n")

    assert place in str(venue)


def test_a_place_of_every_thursday_is_not_that_of_all():
    page = """Neglect awareness training
6 May 2025, 10am to 1pm

Drop in for parents
Every Thursday at the Castle Street clinic.
"""
    assert venues(page)[0] is None


def test_what_is_not_given_a_place_is_online_where_the_page_says_so():
    page = """Training this spring

Where no place is given the session is online.

Neglect awareness workshop
6 May 2025, 10am to 1pm

Safer recruitment workshop
8 May 2025, 10am to 1pm
Venue: Guildhall, Castle Street
"""
    first, second = venues(page)

    assert first == "online"
    assert str(second).startswith("Guildhall")
