"""A time that begins in one place and ends in another."""

from datetime import time

import pytest

from webapp.formats import news_source
from webapp.formats.news_rows import rows


def hours(page):
    read = rows(news_source.read(page))
    return [(slot.starts, slot.ends) for row in read for slot in row.times]


def days(page):
    return [mention.day for row in rows(news_source.read(page)) for mention in row.days]


def table(*cells):
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<table><tr>{row}</tr><tr>{row}</tr></table>"


@pytest.mark.parametrize(
    "page",
    [
        "Start time: 9.30am\nEnd time: 3.30pm",
        "Starts: 9.30am\nVenue: Town Hall\nFinishes: 3.30pm",
        "Start\n9.30am\nEnd\n3.30pm",
    ],
)
def test_a_form_gives_start_and_end_one_by_one(page):
    assert hours(page) == [(time(9, 30), time(15, 30))]


def test_a_day_said_again_beside_the_end_is_one_day():
    page = "Start date: 6 May 2025 9.30am\nEnd date: 6 May 2025 3.30pm"
    assert days(page) == [6]
    assert hours(page) == [(time(9, 30), time(15, 30))]


@pytest.mark.parametrize(
    "page",
    [
        "Start time: 3.30pm\nEnd time: 9.30am",
        "Start: 6 May 2025 9.30am\nEnd: 7 May 2025 3.30pm",
        "Start time: 9.30am\n1\n2\n3\n4\n5\nEnd time: 3.30pm",
    ],
)
def test_what_cannot_be_one_session_stays_apart(page):
    assert [ends for _, ends in hours(page)] == [None, None]


def test_a_start_and_an_end_in_cells_side_by_side_are_one_time():
    whole = (time(10), time(11, 30))
    assert hours(table("Neglect", "Monday 13 March", "10am", "11.30am")) == [whole, whole]


@pytest.mark.parametrize(
    "cells",
    [
        ("Monday 13 March", "2pm", "10am"),
        ("Monday 13 March", "10am", "Town Hall", "2pm"),
        ("Monday 13 March", "10am registration", "2pm"),
        ("Monday 13 March", "10am", "2pm", "4pm"),
    ],
)
def test_other_times_in_cells_stay_as_they_are(cells):
    assert {ends for _, ends in hours(table(*cells))} == {None}
