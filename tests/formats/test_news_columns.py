"""Tables whose head says in which column the titles stand."""

from datetime import date

import pytest

from webapp.formats import news_page

HEAD = "Our courses\n\nTeam | Course | Date | Time | Venue\n"


def trainings(page):
    items = news_page.read(page, date(2025, 4, 1)).items
    return [(item.title.text, len(item.sessions)) for item in items if item.is_training]


def test_the_column_of_titles_names_each_row_and_no_longer_cell_does():
    page = (
        HEAD + "Adults | Hoarding | 6 May 2025 | 10am - 1pm | Fire Station Community Room\n"
        "All of children's services | ICON | 8 May 2025 | 2pm - 4pm | Mill House\n"
        "Adults | Self-neglect | 9 May 2025 | 2pm - 4pm | Mill House\n"
    )
    assert trainings(page) == [("Hoarding", 1), ("ICON", 1), ("Self-neglect", 1)]


def test_a_blank_cell_repeats_the_title_above():
    page = (
        HEAD + "Adults | Hoarding | 6 May 2025 | 10am - 1pm | Mill House\n"
        "Adults | | 13 May 2025 | 10am - 1pm | Fire Station\n"
        "Adults | ICON | 8 May 2025 | 2pm - 4pm | Mill House\n"
    )
    assert trainings(page) == [("Hoarding", 2), ("ICON", 1)]


def test_a_row_whose_day_is_to_follow_is_a_training_without_days():
    page = (
        HEAD + "Adults | Hoarding | 6 May 2025 | 10am - 1pm | Mill House\n"
        "Adults | Self-neglect | 7 May 2025 | 10am - 1pm | Mill House\n"
        "Adults | Loss and grief | TBC | TBC | TBC\n"
        "Adults | Hoarding | to be confirmed | |\n"
    )
    assert trainings(page) == [("Hoarding", 1), ("Self-neglect", 1), ("Loss and grief", 0)]


def test_numbered_parts_in_the_column_are_one_training():
    page = (
        "Neglect course\n\nSession | Date | Time\n"
        "Session 1: Seeing it | 6 May 2025 | 10am - 1pm\n"
        "Session 2: Saying it | 8 May 2025 | 10am - 1pm\n"
    )
    assert trainings(page) == [("Neglect course", 2)]


def test_a_column_of_areas_has_no_titles():
    page = (
        "Termly safeguarding briefings\n\nArea | Summer term | Autumn term\n"
        "North and Dale | 6 May 2025 10-11am | 9 September 2025 10-11am\n"
        "City | 7 May 2025 10-11am | 10 September 2025 10-11am\n"
    )
    assert trainings(page) == [("Termly safeguarding briefings", 4)]


@pytest.mark.parametrize("unknown", ["TBC | |", "Date to be confirmed | | Hall", "tba | tba | tba"])
def test_a_day_is_to_follow_under_a_heading_inside_a_table_too(unknown):
    page = (
        "Learning calendar 2025\n\nCourse | Date | Time | Where\n\nAll staff\n\n"
        "Neglect training | 6 May 2025 | 10am - 1pm | Mill House\n\nLeads\n\n"
        "Chairing training | 7 May 2025 | 10am - 1pm | Mill House\n"
        f"Loss and grief | {unknown}\n"
        "Hoarding training | 8 May 2025 | 10am - 1pm | Mill House\n"
    )
    assert ("Loss and grief", 0) in trainings(page)
    assert ("Hoarding training", 1) in trainings(page)
