"""What stands above a list of trainings and is said of all of them."""

import pytest

from tests.formats.test_news_named_beside import trainings

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
