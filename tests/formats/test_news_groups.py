"""Which days are one occurrence of a course of several."""

from webapp.formats import news_page


def groups(page):
    (item,) = news_page.read(page, None).items
    return [session.group for session in item.sessions]


def test_the_days_of_a_two_day_course_that_stand_on_one_line_are_one_occurrence():
    page = (
        "Neglect training\nA two-day course.\n"
        "6 May 2025 and 13 May 2025, 10am to 4pm\n3 June 2025 and 10 June 2025, 10am to 4pm\n"
    )
    assert groups(page) == ["1", "1", "2", "2"]


def test_days_to_choose_from_are_each_their_own():
    assert groups("Neglect training\n6 May 2025 and 13 May 2025, 10am to 4pm\n") == [None, None]
    assert groups(
        "Neglect training\nA two-day course.\n6 May 2025 or 13 May 2025, 10am to 4pm\n"
    ) == [None, None]


def test_two_days_running_in_one_expression_are_one_occurrence():
    assert groups("Neglect training\n6 and 7 May 2025, 10am to 4pm\n") == ["1", "1"]


def test_numbered_days_are_one_occurrence_until_the_numbers_begin_again():
    page = (
        "Neglect training\nYou need to come to both days.\n"
        "Day 1: 6 May 2025, 10am to 4pm\nDay 2: 13 May 2025, 10am to 4pm\n"
        "Day 1: 3 June 2025, 10am to 4pm\nDay 2: 10 June 2025, 10am to 4pm\n"
    )
    assert groups(page) == ["1", "1", "2", "2"]


def test_two_times_of_one_day_are_no_occurrence_of_two():
    page = (
        "Neglect training\nBoth sessions are the same.\n6 May 2025, 10am to 12 noon or 2pm to 4pm\n"
    )
    assert groups(page) == [None, None]
