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


def test_what_pictures_and_buttons_leave_behind_is_no_title():
    page = (
        "Toggle Contrast\n\nPartnership logo\n\nSeeing Neglect training\n\nImage\n\nneglect.jpg\n\n"
        "Tuesday 6 May 2025, 10am - 12pm\n\nBook your place.\n"
    )
    assert [item.title.text for item in news_page.read(page, None).items] == [
        "Seeing Neglect training"
    ]


def test_a_programme_of_several_events_on_one_day_is_no_agenda_of_one():
    page = (
        "Regional events\n\nWe have joined in a programme of free events open to all.\n\n"
        "You can book your place on any of these:\n\nMonday 12 May 2025 - Hosted by Leeds\n\n"
        "10.25 to 12.00 Guardians and Neglect\n\nWhat guardians may do.\n\n"
        "12.30 to 13.30 Briefing on Strangulation\n\nWhat the law says.\n"
    )
    assert trainings(page) == [
        ("Guardians and Neglect", [12]),
        ("Briefing on Strangulation", [12]),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "Intelligence portal\n\nIs your team signed up? The police hear by it what is going on.\n\n"
        "To register your organisation go to the portal.\n",
        "News for Leeds\n\nA few places are left on the sessions of our Weeks.\n"
        "They take place during 12 to 16 May 2025: see the full programme and book your place.\n",
    ],
)
def test_a_service_to_register_with_and_the_days_of_a_week_are_none(page):
    assert [days for _, days in trainings(page) if days] == []
    assert "Intelligence portal" not in dict(trainings(page))


def test_two_trainings_with_short_names_at_the_same_hours_are_two():
    page = "Harm training\n\n6 May 2025, 10am - 12pm\n\nRisk training\n\n6 May 2025, 10am - 12pm\n"
    assert trainings(page) == [("Harm training", [6]), ("Risk training", [6])]


@pytest.mark.parametrize("lead", ["Coming up:", "\nStill to come this term:\n"])
def test_what_is_to_come_below_a_story_is_not_over(lead):
    story = "Seeing Neglect conference: what a day!\n\nOn 3 March 2025 we came together to learn.\n"
    listed = "- 6 May 2025: Hidden Harm, 10am - 12pm\n- 7 May 2025: Safer Sleep, 2pm - 4pm\n"
    assert trainings(f"{story}{lead}\n{listed}") == [("Hidden Harm", [6]), ("Safer Sleep", [7])]


def test_days_to_come_of_a_training_are_under_its_title():
    page = "Seeing Neglect training\n\nFor all.\nComing up:\n6 May 2025, 10am - 12pm\n"
    assert trainings(page) == [("Seeing Neglect training", [6])]
