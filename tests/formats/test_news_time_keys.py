"""Times that are told once for several days, with which of them each is for."""

from datetime import date, time

import pytest

from webapp.formats import news_page

MORNING, AFTERNOON = (time(9, 30), time(12, 30)), (time(13), time(16))


def hours(lines):
    page = f"Neglect training\nA course about neglect.\n\n{lines}\n"
    items = news_page.read(page, date(2025, 4, 1)).items
    found = [one for item in items for one in item.sessions]
    return [(one.starts, one.ends) for one in sorted(found, key=lambda one: one.day)]


DAYS = "Tuesday 3 June 2025\nThursday 12 June 2025\nTuesday 8 July 2025\n"


@pytest.mark.parametrize(
    "said",
    [
        "All sessions are 9.30am to 12.30pm, except 12 June which is 1pm to 4pm.",
        "Each runs from 9.30am to 12.30pm by Teams, apart from the 12th (1pm to 4pm).",
        "Tuesdays 9.30am - 12.30pm, Thursdays 1pm - 4pm",
        "Times: 9.30 - 12.30 on the 3rd and the 8th; 1 - 4 on the 12th",
    ],
)
def test_the_days_are_told_apart_by_their_dates(said):
    assert hours(f"{DAYS}\n{said}") == [MORNING, AFTERNOON, MORNING]


def test_a_day_is_told_by_its_month():
    said = "Each runs from 9.30am to 12.30pm, other than the one in July, which is 1pm to 4pm."
    assert hours(f"{DAYS}\n{said}") == [MORNING, MORNING, AFTERNOON]


def test_parts_have_times_by_their_numbers():
    days = "Module 1: 3 June 2025\nModule 2: 10 June 2025\nModule 3: 17 June 2025\n"
    found = hours(f"{days}\nModules 1 and 3 run 9.30am to 12.30pm, the others 1pm to 4pm.")
    assert found == [MORNING, AFTERNOON, MORNING]


def test_days_without_numbers_are_counted():
    days = "3 June, 10 June and 17 June 2025\n"
    found = hours(f"{days}\nSession 1 is 1pm to 4pm, sessions 2 and 3 are 9.30am to 12.30pm.")
    assert found == [AFTERNOON, MORNING, MORNING]


def test_mornings_and_afternoons_are_defined_once():
    days = "3 June 2025 (morning)\n10 June 2025 (afternoon)\n17 June 2025, am\n"
    told = "Morning sessions: 9.30am to 12.30pm\nAfternoon sessions: 1pm to 4pm"
    assert hours(f"{days}\n{told}") == [MORNING, AFTERNOON, MORNING]


def test_a_star_marks_the_days_of_another_time():
    days = "3 June 2025\n10 June 2025 *\n17 June 2025\n"
    found = hours(f"All are 9.30am to 12.30pm unless starred (*): 1pm to 4pm.\n\n{days}")
    assert found == [MORNING, AFTERNOON, MORNING]


def test_what_no_day_is_known_by_tells_no_days_apart():
    days = "3 June 2025\n10 June 2025\n"
    found = hours(f"{days}\nMonday 9.30am to 12.30pm or Friday 9.30am to 12.30pm.")
    assert found == [MORNING, MORNING]


def test_a_day_said_only_as_an_exception_is_a_day():
    said = "All dates 9.30am to 12.30pm except 17 June 2025 (1pm to 4pm)"
    assert hours(f"3 June 2025\n10 June 2025\n{said}") == [MORNING, MORNING, AFTERNOON]


def test_of_several_times_above_a_list_the_one_of_each_is_meant():
    said = "The tour takes place from 1pm to 4pm.\nEach session is 9.30am to 12.30pm on Teams."
    days = "- Attachment: Mon 2 June 2025\n- Neglect: Tue 3 June 2025\n- Trauma: Wed 4 June 2025"
    assert hours(f"{said}\n\n{days}") == [MORNING] * 3


def test_of_two_days_on_a_line_each_has_its_own_half():
    told = "am is 9.30am to 12.30pm, pm is 1pm to 4pm"
    assert hours(f"3 June 2025 (am), 10 June 2025 (pm)\n{told}") == [MORNING, AFTERNOON]
    assert hours(f"3 June 2025 amor 10 June 2025pm\n{told}") == [MORNING, AFTERNOON]
