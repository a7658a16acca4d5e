"""Whole pages: the partnership's own, a newsletter, a list, a page that was marked up."""

from datetime import date, time
from pathlib import Path

import pytest

from tests.fuzz import news as fuzz
from webapp.errors import Refused
from webapp.formats import news_page
from webapp.models import Kind

CASES = sorted((Path(__file__).parents[1] / "news" / "open").glob("*.txt"))
# As the partnership writes its news: a title, the day it was put there, prose, dates in prose, and
# a way back to the list.
PARTNERSHIP = """Latest news

Our services are praised by the inspectors

Published 16 April 2025.

Inspectors came in February and have now told us that they liked what they saw.

Those who were seen said:

  • that they were listened to
  • that somebody came when they called

Read the whole report (.pdf).

Back to list of news


E-learning about radicalisation

Published 2 April 2025.

The online training part of our site now has all the e-learning about radicalisation that is \
available. Go to the online training page to see it, and to take what you and your team need.

Back to list of news


Lotte's Circle, a new group

Published 25 March 2025.

A free group for students who have lost somebody meets every week. It is open to young people of \
sixteen and over, who can refer themselves.

Back to list of news


Master Class: Who looks after him?

Published 20 March 2025.

A morning about boys who care for a parent, with Dr Ada Penn, is held on Wednesday 21st May 2025 \
from 10.00am to 12.30pm on Microsoft Teams. Anyone whose work brings them to families may come.

Book a place online via the portal.

Back to list of news


Neglect briefings for all agencies

Published 12 March 2025.

Please note the dates for your diary:

  • Tuesday 6 May, 9.30am to 12.30pm, Mill House
  • Monday 13 May, 1.30pm to 4.30pm, Mill House

Back to list of news
"""


def read(page, published=None):
    return news_page.read(page, published)


@pytest.fixture(scope="module")
def partnership():
    return {item.title.text: item for item in read(PARTNERSHIP).items}


def test_every_announcement_of_the_partnership_is_found_under_its_title(partnership):
    assert list(partnership) == [
        "Our services are praised by the inspectors",
        "E-learning about radicalisation",
        "Lotte's Circle, a new group",
        "Master Class: Who looks after him?",
        "Neglect briefings for all agencies",
    ]


def test_news_and_groups_are_told_from_training(partnership):
    assert [item.is_training for item in partnership.values()] == [False, True, False, True, True]
    assert partnership["E-learning about radicalisation"].kind is Kind.E_LEARNING


def test_each_has_the_day_on_which_it_was_announced(partnership):
    assert [item.published for item in partnership.values()] == [
        date(2025, 4, 16),
        date(2025, 4, 2),
        date(2025, 3, 25),
        date(2025, 3, 20),
        date(2025, 3, 12),
    ]
    said = partnership["Neglect briefings for all agencies"].published_words
    assert said.text == "Published 12 March 2025"


def test_a_day_in_prose_is_a_session_with_its_hours_and_place(partnership):
    item = partnership["Master Class: Who looks after him?"]
    (one,) = item.sessions
    assert (one.day, one.starts, one.ends) == (date(2025, 5, 21), time(10), time(12, 30))
    assert one.is_online
    assert item.booking.text.startswith("Book a place online")


def test_days_without_a_year_have_that_of_the_announcement_and_doubt_is_told(partnership):
    first, second = partnership["Neglect briefings for all agencies"].sessions
    assert (first.day, first.is_in_conflict) == (date(2025, 5, 6), False)
    assert second.day == date(2025, 5, 13)
    assert second.is_in_conflict
    assert second.weekday_as_written == "Monday"
    assert {one.venue.text for one in (first, second)} == {"Mill House"}


def test_a_newsletter_is_parted_by_its_headings_and_its_day_tells_the_year():
    page = (
        "Safeguarding bulletin, 3 March 2025\n\nNEGLECT WORKSHOP\n"
        "6 May, 10am to 1pm at Mill House.\n\nA NEW CHAIR\nWe welcome Ann Lee.\n\n"
        "HIDDEN MEN WEBINAR\n8 May, 2pm to 3pm on Teams.\n"
    )
    training = [item for item in read(page).items if item.is_training]
    assert [item.title.text for item in training] == ["NEGLECT WORKSHOP", "HIDDEN MEN WEBINAR"]
    assert [item.sessions[0].day for item in training] == [date(2025, 5, 6), date(2025, 5, 8)]


def test_a_list_at_the_end_of_a_newsletter_is_not_told_twice():
    page = (
        "Neglect workshop\n\n6 May 2025, 10am to 1pm at Mill House.\n\n"
        "Neglect workshop dates\n\n6 May 2025\n"
    )
    assert [len(item.sessions) for item in read(page).items] == [1]


def test_what_introduces_a_list_is_no_training_beside_it():
    page = (
        "## Neglect workshops for all\n\nBook a place on one of our workshops now.\n\n"
        "## Neglect workshop\n\n6 May 2025, 10am to 1pm.\n"
    )
    first, second = read(page).items
    assert (first.is_training, first.why) == (False, news_page.INTRODUCES)
    assert second.is_training


def test_a_shelf_without_days_names_no_training():
    (item,) = read(
        "Upcoming training\n\nBook a place online now, all our courses are free.\n"
    ).items
    assert not item.is_training


def test_marked_up_and_plain_pages_are_read_alike():
    plain = "Neglect workshop\n\n6 May 2025, 10am to 1pm\n\nVenue: Mill House\n"
    marked = "<h2>Neglect workshop</h2><p>6 May 2025, 10am to 1pm</p><p>Venue: Mill House</p>"
    told = [
        [(item.title.text, item.is_training, item.venue.text, one.day, one.starts)]
        for page in (plain, marked)
        for item in read(page).items
        for one in item.sessions
    ]
    assert told[0] == told[1]


def test_the_day_of_the_page_is_taken_where_nothing_on_it_says_one():
    page = "Neglect workshop\n\nTuesday 6 May, 10am to 1pm\n"
    (item,) = read(page, date(2025, 4, 1)).items
    assert item.sessions[0].day == date(2025, 5, 6)
    (item,) = read(page).items
    assert (item.sessions[0].day, item.sessions[0].month_day) == (None, (5, 6))


def test_a_page_without_words_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="words"):
        read(" \n ")


def test_an_empty_item_of_nothing_but_asides_is_no_announcement():
    assert read("<body><footer><p>Contact us</p></footer></body>").items == ()


@pytest.mark.parametrize("page", [PARTNERSHIP, *CASES[::4]], ids=lambda page: str(page)[-30:])
def test_every_word_and_day_is_on_the_page_and_read_the_same_again(page):
    text = page if isinstance(page, str) else page.read_text()
    assert fuzz.check(text, date(2025, 4, 1)) is not None


def test_a_page_that_is_only_a_day_announces_nothing():
    assert news_page.read("1/1/2000", date(2025, 4, 16)).items == ()


def test_a_tile_of_two_days_is_of_the_card_below_it() -> None:
    page = (
        "Events\n\n15\nMay\n2025\n\nHoarding workshop\n1.30pm - 4.30pm\nTown Hall\nBook now\n\n"
        "20\nMay\n2025\n\nNeglect workshop\n1.30pm - 4.30pm\nTown Hall\nBook now\n\n"
        "3 - 4\nJune\n2025\n\nManaging allegations: two-day programme\n9.15am - 4pm each day\n"
        "Town Hall\nBook now\n"
    )
    *_, last = news_page.read(page, date(2025, 4, 1)).items
    assert last.title.text == "Managing allegations: two-day programme"
    assert [(one.day.day, one.starts.hour) for one in last.sessions if one.day and one.starts] == [
        (3, 9),
        (4, 9),
    ]


def test_what_is_to_be_booked_names_what_stands_under_the_heading_of_something_else() -> None:
    page = (
        "Older People Week 2025\n\nThe week is from 2 to 6 June.\n\n"
        "On Wednesday 14 May 2025, 2pm to 3.15pm, a helpline tells anyone who visits people at "
        "home what its callers tell them. It takes place on Zoom.\n"
        "Register for Hidden Harm, Open Secrets using the online form.\n"
    )
    (item,) = (item for item in news_page.read(page, date(2025, 4, 1)).items if item.sessions)
    assert item.title.text == "Hidden Harm, Open Secrets"


def test_places_left_may_begin_a_title() -> None:
    page = "Places left: Seeing neglect\n\nThursday 8 May 2025, 9.30am to 12.45pm, Mill House\n"
    (item,) = news_page.read(page, date(2025, 4, 1)).items
    assert item.title.text == "Places left: Seeing neglect"


def test_a_day_of_a_timetable_may_have_remarks_below_with_a_day_of_their_own() -> None:
    days = ("Tuesday 13", "Wednesday 14", "Thursday 15")
    page = (
        "Learning week\n\nMonday 12 May 2025\n\nFirst steps in listening\n\n"
        "Session times: 9.30am - 4pm\nLocation: Mill House\n\n"
        "This is meant for those new to the work. Please send the form by 5 May.\n\n"
    )
    for day in days:
        page += f"{day} May 2025\n\nSupervision on {day}\n\nSession times: 10am - noon\n\n"
    found = [item for item in news_page.read(page, date(2025, 4, 1)).items if item.sessions]
    assert [[one.day.day for one in item.sessions if one.day] for item in found] == [
        [12],
        [13],
        [14],
        [15],
    ]
