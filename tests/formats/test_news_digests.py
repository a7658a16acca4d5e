"""Digests put on a page on one day, numbered headings, and who a title says that it is for."""

from datetime import date

import pytest

from webapp.formats import news_page


def items(page, published=None):
    return {item.title.text: item.is_training for item in news_page.read(page, published).items}


def trainings(page, published=None):
    return [title for title, is_training in items(page, published).items() if is_training]


DIGEST = (
    "Posted March 28, 2024\n\n{name}\n\nWhat our agencies have to tell this month.\n\n"
    "Harmful Sexual Behaviour\n\nWe are giving a multi-agency briefing on what is usual at which "
    "age. To book a place on this briefing please use the link.\n\n"
    "A new arrangement for the county\n\nThe three partners have agreed how they share the work."
    "\n\nAdvice line moves\n\nFrom now on it is in the town hall.\n"
)


@pytest.mark.parametrize(
    "name",
    [
        "Wexmoor Safeguarding Partnership: Monthly Digest",
        "Wexmoor Safeguarding Partnership Monthly Digest \u2013 March 2024",
        "Wexmoor Partnership Newsletter, Issue 12",
        "Schools e-bulletin (March 2024)",
        "Partnership Round-up",
    ],
)
def test_a_digest_is_told_by_its_name_below_its_day(name):
    assert trainings(DIGEST.format(name=name)) == ["Harmful Sexual Behaviour"]
    found = news_page.read(DIGEST.format(name=name), None).items
    assert {item.published for item in found} == {date(2024, 3, 28)}


def test_an_announcement_with_its_day_over_it_stays_one():
    page = DIGEST.format(name="Briefings on harmful sexual behaviour")
    assert len(items(page)) == 1


NUMBERED = (
    "Borough Council \u2013 {heading}\n\n1. Reporting Hate Incidents\n\n"
    "Half a day on how to tell of what people meet in daily life, at home or on the bus.\n\n"
    "Day and Date: Monday 16th February 2015\nTime: 6 \u2013 9 pm\n\n"
    "2. Challenging Contempt\n\nHalf a day on how to speak up against it, on the net or at home."
    "\n\nDay and Date: Tuesday 17th February 2015\nTime: 6 \u2013 9 pm\n"
)


@pytest.mark.parametrize(
    ("heading", "number"),
    [("Training for communities", 2), ("Workshops this winter", 2), ("Consultation", 0)],
)
def test_numbered_headings_stand_under_the_one_before_them(heading, number):
    page = NUMBERED.format(heading=heading)
    assert len(trainings(page)) == number
    bracketed = page.replace("1. R", "1) R").replace("2. C", "2) C")
    assert len(trainings(bracketed)) == number


def test_what_a_letter_has_in_it_is_no_title():
    page = (
        "Round-up\n\nContents: (click)\n\nFunding; Vacancies; Volunteering; Training; Public\n\n"
        "Notices; Health;\n\nNeglect workshop\n\nTuesday 4 March 2025, 10am to 1pm\n"
    )
    assert items(page) == {"Round-up": False, "Neglect workshop": True}


@pytest.mark.parametrize(
    ("title", "is_for_practitioners"),
    [
        ("Working Together and Effective Support for Children and Families in Wexmoor", True),
        ("Better outcomes for children", True),
        ("Thresholds for children and families", True),
        ("Care planning for children", True),
        ("Support for parents", False),
        ("Craft sessions for children", False),
        ("Youth Conference", False),
        ("Student Summit", False),
        ("Young Leaders' Congress", False),
        ("Youth Work Conference", True),
    ],
)
def test_for_whom_a_title_says_it_is(title, is_for_practitioners):
    page = (
        f"News\n\nAnother thing\n\nThe office has moved.\n\n{title}\n\nTuesday 4 March 2025, 10am "
        "to 1pm, at the Mill. It shows how all of us work in the county. Book a place online.\n"
    )
    assert items(page)[title] is is_for_practitioners


@pytest.mark.parametrize(
    ("who", "is_training"),
    [
        ("The day is organised for young people aged 11-17.", False),
        ("This course is for girls between the ages of 12 and 15.", False),
        ("The event is for all students in years 9 to 11.", False),
        ("It is for practitioners whose course is for young people aged 11-17.", True),
    ],
)
def test_an_event_is_for_those_whose_age_it_says(who, is_training):
    page = f"Voices of Tomorrow\n\nTuesday 4 March 2025, 10am to 1pm, at the Mill.\n\n{who}\n"
    assert items(page) == {"Voices of Tomorrow": is_training}
