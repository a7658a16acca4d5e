"""The themes of a week that is kept are no trainings."""

import pytest

from tests.formats.test_news_named_beside import trainings

WEEK = "Safeguarding Adults Week – 17 to 21 November 2025\n\n"
DAYS = ("Monday, 17 November", "Tuesday, 18 November", "Wednesday, 19 November")


def page(marks, themes, below, week=WEEK):
    parts = zip(DAYS, themes, below, strict=True)
    return week + "".join(f"{day}{marks}{what}\n\n{more}\n\n" for day, what, more in parts)


THEMES = ("Exploitation", "What is my role in keeping adults safe?", "Prevent")
TO_READ = ("Read our guide.", "Think of a colleague.", "Watch the film, come to your own view.")


@pytest.mark.parametrize("marks", [" – ", ": ", " - "])
@pytest.mark.parametrize(
    "week",
    [WEEK, "Home\n\nHate Crime Awareness Week, 15-22 November 2025\n\nTheme: Together\n\n"],
)
def test_days_of_a_week_that_is_kept_have_but_a_theme(marks, week):
    assert trainings(page(marks, THEMES, TO_READ, week)) == []


@pytest.mark.parametrize(
    ("themes", "below"),
    [
        (THEMES, ("10am – 11am, Teams", "2pm – 3pm, Teams", "9am – 10am, Teams")),
        (("Exploitation webinar", "Neglect workshop", "Prevent briefing"), TO_READ),
        (THEMES, ("Book your place here.",) * 3),
    ],
)
def test_what_can_be_gone_to_or_booked_in_such_a_week_is_training(themes, below):
    assert len(trainings(page(" – ", themes, below))) == 3


def test_days_outside_the_week_are_none_of_it():
    other = WEEK.replace("17 to 21 November", "1 to 5 December")
    assert trainings(page(" – ", THEMES, TO_READ, other))
