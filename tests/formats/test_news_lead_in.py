"""What stands above a list of trainings and is said of all of them."""

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_page

LIST = (
    "Monday 12 May – Seminar – Seeing Neglect.\nIn this session we looked at homes.\n"
    "Tuesday 13 May – Understanding Consent.\nIn this session we explored who decides.\n"
)


@pytest.mark.parametrize(
    "lead",
    [
        "We hosted many online events all week, and every seat was taken!",
        "Our sessions in the week were held online.",
    ],
)
def test_what_was_held_is_not_to_come(lead):
    assert trainings(f"Events of our week 2025\n{lead}\n{LIST}", None) == []
    # On a page that was made before these days they are.
    assert len(trainings(f"Events of our week 2025\n{lead}\n{LIST}")) == 2


@pytest.mark.parametrize("lead", ["We held talks in March. The next are:", "Come to our talks."])
def test_what_comes_again_is_to_come(lead):
    assert len(trainings(f"Events of our week 2025\n{lead}\n{LIST}", None)) == 2


@pytest.mark.parametrize(
    "lead",
    [
        "In the week we take a different safeguarding theme each day.",
        "Each day we look at a different theme.",
    ],
)
def test_the_themes_of_days_are_no_sessions(lead):
    page = (
        "Keeping adults safe\n\nSafeguarding Adults Week is from Monday 12th – Friday 16th May "
        f"2025.\n\n{lead}\n- Monday – Understanding Consent\n- Tuesday – Recognising Neglect\n"
        "- Wednesday – Setting Boundaries\n"
    )
    assert trainings(page) == []


LISTED = (
    "Voluntary sector news\n\n{lead}\n\n"
    "  \u2022 11th May at 7pm, The proposed Duty (Emery\u2019s Law) (New rules are out for "
    "consultation; halls may have to take steps against attacks):\n"
    "  \u2022 12th May at 7.30pm, Hate and your street (What to do about hatred, above all on the "
    "net):\n"
    "  \u2022 26th May at 7pm, Open doors (First steps for a place of worship and those in it):\n"
)


@pytest.mark.parametrize(
    "lead",
    [
        "Register to join any of the FREE security webinars.",
        "Sign up for any of these free courses.",
        "The next training sessions:",
        "Our online sessions are listed below.",
    ],
)
def test_those_of_a_list_are_what_is_said_right_above_it(lead):
    found = news_page.read(LISTED.format(lead=lead), None).items
    assert [item.title.text for item in found if item.is_training] == [
        "The proposed Duty (Emery\u2019s Law)",
        "Hate and your street",
        "Open doors",
    ]


@pytest.mark.parametrize(
    "lead",
    ["Thank you to everyone who came to our webinars.", "In the village hall:", "Ring us."],
)
def test_what_else_stands_above_a_list_says_nothing_of_them(lead):
    found = news_page.read(LISTED.format(lead=lead), None).items
    assert not any("stands under" in item.why for item in found)
