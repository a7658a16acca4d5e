"""Days that stand under their month."""

import pytest

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_source
from webapp.formats.news_rows import rows


def days(page):
    read = rows(news_source.read(page))
    return [(one.day, one.month, one.year, one.weekday) for row in read for one in row.days]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("DECEMBER\n7th – Neglect, 9.30am", [(7, 12, None, None)]),
        ("December 2025:\n7 - Neglect, 9.30am", [(7, 12, 2025, None)]),
        ("January\nTues 12 Neglect, 9.30am", [(12, 1, None, 1)]),
        ("March\nthe 3rd | Neglect", [(3, 3, None, None)]),
        ("March\nTue 3rd and Wed 4th - Neglect", [(3, 3, None, 1), (4, 3, None, 2)]),
        (
            "March\n3rd, 4th & 5th: Harm",
            [(3, 3, None, None), (4, 3, None, None), (5, 3, None, None)],
        ),
        ("March\n3rd and 40 places", [(3, 3, None, None)]),
        ("March\n3rd: Neglect\nApril\n4th: Harm", [(3, 3, None, None), (4, 4, None, None)]),
    ],
)
def test_a_line_under_a_month_begins_with_its_day(page, found):
    assert days(page) == found


@pytest.mark.parametrize(
    "page",
    [
        "7th – Neglect, 9.30am",
        "March\n2 - 4pm, Town Hall",
        "March\n9.30am: Neglect",
        "March\n40 - places",
        "March\n3 places are left",
        "March\nLevel 3 Neglect",
        "# March\n# Elsewhere\n3rd: Neglect",
        "Marching\n3rd: Neglect",
    ],
)
def test_other_numbers_are_no_days(page):
    assert days(page) == []


def test_the_passage_is_the_day_as_it_is_written():
    page = "March\nTues 3rd – Neglect"
    (day,) = rows(news_source.read(page))[1].days
    assert page[day.start : day.end] == "Tues 3rd"


def test_a_weekday_tells_that_a_day_is_of_the_month_of_the_one_before():
    page = (
        "Wednesday 14 May, 10am\nAgain on Wednesday 21st at the same time.\nOn Friday 21st we rest."
    )
    assert days(page) == [(14, 5, None, 2), (21, 5, None, 2)]


def test_a_month_may_begin_the_line_and_its_day_end_it():
    page = (
        "Learning Lunches\n\nOnline, 12.30pm-1.15pm.\n"
        "April: Bruising in babies (Tuesday 8th)\nMay: Fathers (Tuesday 13)\nJune: none this year\n"
    )

    assert trainings(page) == [("Bruising in babies", [8]), ("Fathers", [13])]
