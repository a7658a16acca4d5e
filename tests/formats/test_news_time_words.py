"""Times of day by what stands around them: from one to the other, and those said by the way."""

import pytest

from webapp.formats.news_times import times


def told(text):
    """Starts and ends of what is on, without when people arrive."""
    return [
        f"{slot.starts:%H:%M}" + (f"-{slot.ends:%H:%M}" if slot.ends else "")
        for slot in times(text)
        if not slot.is_aside
    ]


@pytest.mark.parametrize(
    "text",
    [
        "9.30am registration, 10am start",
        "9.30am registration and 10am start",
        "10am (please arrive by 9.45am)",
        "Registration and coffee from 9.15am. Starts at 10am",
        "Doors open at 9.30am for a 10am start",
        "9.30am - 10am registration, course from 10am",
        "10am and not 9.30am as first advertised",
        "10am instead of 9.30am",
    ],
)
def test_when_people_arrive_and_what_it_is_not_are_no_starts(text):
    assert told(text) == ["10:00"]


@pytest.mark.parametrize(
    "text",
    [
        "10am (registration 9.30am) until 4pm",
        "10am. We aim to finish by 4pm",
        "Starting at 10am and finishing around 4pm",
        "Doors open at 9.30am for a 10am start and we close at 4pm",
        "begins at 10am and not 9.30am; it still ends at 4pm",
        "10.00hrs - 16.00hrs",
        "10.00 hrs to 16.00 hrs",
    ],
)
def test_an_end_is_found_however_it_is_said(text):
    assert told(text) == ["10:00-16:00"]


def test_an_end_alone_is_no_start():
    assert told("This seminar will run until 2.30pm") == []
    assert told("The room is ours until 4pm. We begin at 1pm") == ["13:00"]


def test_registration_is_the_start_where_nothing_else_is_said():
    assert told("Registration from 9am") == ["09:00"]


def test_a_day_that_begins_with_registration_is_taken_whole():
    assert told("Registration 9am to 4pm") == ["09:00-16:00"]


def test_the_number_of_a_day_is_no_hour():
    assert told("9.30am start. Day 1 ends at 4pm and Day 2 at 3.30pm") == ["09:30"]
