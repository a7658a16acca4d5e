"""Pages of one event, which say its day and hours more than once; and what is over."""

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_page

EVENT = (
    "Leading Safely for churches in Haleby\n\nTue May 06, 2025\n\n"
    "Time Tue May 06 2025 at 01:30 pm to 05:30 pm\n\nFind tickets on Eventbrite\n\n"
    "Leading Safely for churches in Haleby\nLeading Safely\n\n"
    "Tuesday 6th May 2025, 1.30pm - 5.30pm\n\nAbout this event\n\n"
    "Tuesday 6th May 2025, 1.30pm - 5.30pm\n\nFor those who lead a training.\n"
)


def test_a_session_that_is_told_again_is_one():
    assert trainings(EVENT) == [("Leading Safely for churches in Haleby", [6])]


def test_two_trainings_at_the_same_hours_are_two():
    page = (
        "Spring courses\n\nSeeing Neglect\n\n6 May 2025, 10am - 12pm\n\n"
        "Chairing Well\n\n6 May 2025, 10am - 12pm\n"
    )
    assert trainings(page) == [("Seeing Neglect", [6]), ("Chairing Well", [6])]


@pytest.mark.parametrize(
    "page",
    [
        "Resources\n\nThe pact is on our site.\n\nInfant Mental Health event – 6 May 2025\n\n"
        "On Tuesday 6 May the partnership held a training event on Infant Mental Health.\n\n"
        "• How clinicians assess the bond of parent and infant\n",
        "Focus group: learning from reviews\n\nA student would like people from all agencies "
        "to a short focus group on Thursday 8 May at 1pm. We will hold briefings this winter.\n",
    ],
)
def test_what_was_held_or_asks_for_opinions_is_none(page):
    assert trainings(page) == []


def test_a_training_of_many_weeks_has_its_first_day_alone():
    page = "Understanding Domestic Abuse\n\n12 May – 28 July 2025\n\nEnrol for it online.\n"
    assert trainings(page) == [("Understanding Domestic Abuse", [12])]


def test_hours_right_after_other_hours_are_a_second_session():
    page = "Online safety training\n\nMonday 12 May 9am – 11am 12pm – 2pm\n\nBook your place.\n"
    item = next(iter(news_page.read(page, None).items))
    assert [one.starts.hour for one in item.sessions] == [9, 12]
