"""Pages of one event: what stands between its title and its hours names no other."""

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_page

TILE = "Seeing Neglect\n\n6 May\n\nThe Olde Myl, Marsham\n\nPrice\n\n"
HOURS = "Start\nMay 6, 2025 - 10:00 am\n\nEnd\nMay 6, 2025 - 3:00 pm\n\nAddress\n\n12 High Street\n"


def hours(page):
    items = news_page.read(page, None).items
    return [(one.starts, one.ends) for item in items for one in item.sessions]


def test_a_place_between_title_and_hours_is_no_training():
    assert trainings(TILE + HOURS) == [("Seeing Neglect", [6])]


def test_two_trainings_on_one_day_stay_two():
    page = (
        "Seeing Neglect\n\n6 May 2025\n\n10am - 12pm\n\n"
        "Listening to Children\n\n6 May 2025\n\n1pm - 3pm\n"
    )
    assert [title for title, _ in trainings(page)] == ["Seeing Neglect", "Listening to Children"]


@pytest.mark.parametrize("between", [" - ", ", ", " at ", " "])
def test_two_lines_with_the_only_day_of_a_page_are_its_beginning_and_its_end(between):
    lines = f"May 6, 2025{between}9:30 am\n\nMay 6, 2025{between}12:30 pm\n\n"
    [(starts, ends)] = hours(f"Seeing Neglect\n\n6 May\n\n{lines}The Mill, Marsham\n")
    assert (starts.hour, ends.hour) == (9, 12)


@pytest.mark.parametrize(
    "lines",
    [
        "6 May 2025, 9:30 am\n\n7 May 2025, 1:30 pm\n",
        "6 May 2025, 9:30 am\n\n6 May 2025, 11:30 am\n\n6 May 2025, 2:30 pm\n",
        "6 May 2025, 9:30 am for schools\n\n6 May 2025, 1:30 pm for nurseries\n",
    ],
)
def test_other_hours_stay_beginnings(lines):
    assert all(ends is None for _, ends in hours(f"Seeing Neglect\n\n{lines}"))


def test_an_hour_at_which_a_session_ends_begins_no_other():
    page = (
        "Neglect workshop\n\nTuesday 6 May 2025, 9.30am to 1pm - The Mill\n\n"
        "There is lunch at 1pm on 6 May 2025.\n"
    )
    assert [starts.hour for starts, _ in hours(page)] == [9]


def test_what_follows_a_day_is_not_its_title():
    page = (
        "Safeguarding Conference\n\n9:30am - 5:30pm Wednesday 17th September 2025, followed by a"
        " dinner\n9:20am - 3:30pm Thursday 18th September 2025\n"
    )
    assert trainings(page) == [("Safeguarding Conference", [17, 18])]


@pytest.mark.parametrize(
    "price", [". £90 including lunch and resources", ", free of charge for our schools", " – £45"]
)
def test_a_title_with_its_day_and_price_is_a_training(price):
    page = (
        "New courses\n\nOur own trainers hold them in the spring, and everybody may come.\n\n"
        f"Seeing Neglect in Young Children 6 May 2025{price}\n\nIn one day we look at it.\n\n"
        f"Children Who Are at Risk 8 May 2025{price}\n\nIn one day we hear them.\n"
    )
    assert trainings(page) == [
        ("Seeing Neglect in Young Children", [6]),
        ("Children Who Are at Risk", [8]),
    ]


def test_words_that_lead_to_the_courses_below_are_none():
    page = (
        "Blog\n\nA few places are left on the courses below. You must have done ‘Seeing Neglect in"
        " Families’ before.\n\nHearing Children Course\n\nThursday 15 May 2025\n"
    )
    assert trainings(page) == [("Hearing Children Course", [15])]
