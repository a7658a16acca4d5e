"""The programme of a week whose days are named alone, under the days the week lasts."""

import pytest

from tests.formats.test_news_named_beside import trainings

PROGRAMME = (
    "Monday – What is my part in keeping adults safe, at home and in the place where I work?\n\n"
    "See our leaflet\n\nLooking after carers webinar 10am – 11am\n\n"
    "Tuesday – Taking the lead\n\nLeading a safer organisation webinar 1.30pm – 2.30pm\n\n"
    "Wednesday – Who cares for the carers?\n\nVicarious trauma lunch and learn 12noon – 12:45pm\n"
)


def test_a_weekday_heads_what_is_on_in_the_week_that_was_said():
    page = f"Safeguarding Adults Week is from Monday 12th – Friday 16th May 2025.\n\n{PROGRAMME}"

    assert trainings(page) == [
        ("Looking after carers", [12]),
        ("Leading a safer organisation", [13]),
        ("Vicarious trauma lunch and learn", [14]),
    ]


@pytest.mark.parametrize("above", ["Timetable of training", "Pictures"])
def test_a_day_above_a_heading_is_that_of_what_it_names(above):
    page = (
        f"Safeguarding Week 2025\n\n{above}\n\nA programme for all partners.\n\n"
        "Monday 12 May 2025\n\nRecognising Neglect\n\n• Lead: Ann Lee\n"
        "• Session times: 9.30am - 4.30pm\n"
    )

    assert trainings(page) == [("Recognising Neglect", [12])]


def test_the_day_of_a_training_stays_with_it_whatever_heading_follows():
    page = (
        "Seeing Neglect course\n\nA day for all partners.\n\nMonday 12 May 2025\n\n"
        "Mill House\n\nDoors are open 9.30am - 4.30pm\n"
    )

    assert trainings(page) == [("Seeing Neglect course", [12])]


def test_a_weekday_says_no_day_where_no_week_was_said():
    assert [days for _, days in trainings(f"Our helpline\n\n{PROGRAMME}") if days] == []


def test_two_weekdays_are_no_programme():
    page = (
        "Safeguarding Adults Week is from Monday 12th – Friday 16th May 2025.\n\n"
        "Our office\n\nMonday – 9am to 4pm\nFriday – 9am to 1pm\n"
    )

    assert trainings(page) == []


@pytest.mark.parametrize("week", ["12-16 May 2025", "Monday 12 to Friday 16 May 2025"])
def test_days_of_the_week_may_be_shortened_and_have_their_number(week):
    page = (
        f"Safeguarding Adults Week {week}\n\nMon 12: Self-neglect, 2-3.30pm (Teams)\n"
        "Tues 13th - Capacity in practice 9.30am-12.30pm\nWed: Scams and fraud 11-12, online\n"
    )

    assert trainings(page) == [
        ("Self-neglect", [12]),
        ("Capacity in practice", [13]),
        ("Scams and fraud", [14]),
    ]


def test_a_number_outside_the_week_is_no_day_of_it():
    page = "Safeguarding Adults Week 12-16 May 2025\n\nMon 12: A\nTue 13: B\nWed 24: Talk, 2-3pm\n"

    assert [days for _, days in trainings(page) if 24 in days] == []


def test_the_themes_of_a_week_are_no_trainings():
    page = (
        "Safeguarding Adults Week 12-16 May 2025\n\nEvery day is about something else:\n\n"
        "- Monday – Self-neglect\n- Tuesday – Capacity training\n- Wednesday – Scams and fraud\n"
    )

    assert trainings(page) == []
