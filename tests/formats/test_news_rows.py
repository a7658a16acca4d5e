"""Lines with their days and times, and what is left of each beside them."""

import re

import pytest

from webapp.errors import Refused
from webapp.formats import news_source
from webapp.formats.news_rows import heads_a_day, rows


def read(page):
    return rows(news_source.read(page))


def test_what_is_said_beside_days_and_times_is_left():
    (row,) = read("Tuesday 6 May 2025, 10am to 1pm: Neglect at Mill House")
    assert len(row.days) == len(row.times) == 1
    assert row.rest == ", : Neglect at Mill House"
    assert row.words == 6


@pytest.mark.parametrize(
    ("line", "is_bare"),
    [
        ("Dates: 6 May and 8 May, from 10am until 1pm", True),
        ("6 May, Mill House", False),
        ("Mill House", False),
    ],
)
def test_a_line_is_bare_when_only_joints_stand_beside_its_days(line, is_bare):
    assert read(line)[0].is_bare == is_bare


def test_a_day_that_a_mail_broke_in_two_is_one_day_of_the_first_line():
    first, second = read("The first day is Tuesday\n6 May 2025 in Mill House")
    assert [day.weekday for day in first.days] == [1]
    assert second.days == ()


def test_times_that_a_mail_broke_in_two_are_one_time_of_the_first_line():
    first, second = read("Come on 6 May at 10am -\n1pm in Mill House")
    assert first.times[-1].ends is not None
    assert first.times[-1].ends.hour == 13
    assert second.times == ()


def test_two_bullets_are_not_one_line_that_was_broken():
    first, second = read("- Tuesday\n- 6 May 2025")
    assert not first.days
    assert second.days[0].weekday is None


def test_a_heading_without_a_month_is_in_that_of_the_day_before():
    _, second = read("Monday 6 May 2024\n\nTuesday 7th\n")
    assert [(day.day, day.month, day.year) for day in second.days] == [(7, 5, 2024)]


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("Monday 6 May", True),
        ("Tuesday 7 May: listening", True),
        ("Monday 6 May, 10am", False),
        ("- Monday 6 May", False),
        ("We met in Mill House on Monday 6 May", False),
        ("6 May and 7 May", False),
    ],
)
def test_a_day_heads_what_is_below_where_little_else_is_said(line, heads):
    assert heads_a_day(read(line)[0]) == heads


def test_a_page_of_nothing_but_days_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="more than 3,000 dates"):
        read("1/5/25 " * 10_001)


def test_what_was_asked_of_a_line_is_remembered_but_not_handed_on():
    row, other = read("at the same time\nat another time")
    same = re.compile("same")
    assert [row.says(same), row.says(same), other.says(same)] == [True, True, False]


@pytest.mark.parametrize(
    ("line", "weekdays"),
    [
        ("L85 Parish training Friday 1-4pm 14/12/2025", ["Friday"]),
        ("| Neglect | Tuesday | 10am-12pm | 6 May 2025 |", ["Tuesday"]),
        ("Monday 10-11.30am 10/2/2025 17/2/2025", ["Monday", None]),
        ("Fire drill 10-11.30am 10/2/2025", [None]),
        ("Tuesday 10am-12pm, Mill House, 6 May 2025", [None]),
    ],
)
def test_hours_may_stand_between_a_weekday_and_its_day(line, weekdays):
    (row,) = rows(news_source.read(line))
    assert [day.weekday_as_written for day in row.days] == weekdays
