"""How to book, told once, is that of every training that says nothing of it."""

from datetime import date

from webapp.formats import news_page
from webapp.formats.announcements import Sure

PAGE = """Training this spring

{of_all}

Recognising neglect
Tuesday 6 May 2025, 10am to 1pm

Safer recruitment workshop
Thursday 8 May 2025, 10am to 1pm
To book ring Hattie on 01632 960 001.
"""


def found(of_all):
    read = news_page.read(PAGE.format(of_all=of_all), date(2025, 4, 1))
    return read.text, [item.booking for item in read.items if item.sessions]


def test_how_to_book_a_course_is_how_to_book_each_that_says_nothing_else():
    text, (first, second) = found("To book your place on a course, complete the form.")

    assert first.text == "To book your place on a course, complete the form"
    assert first.sure is Sure.INFERRED
    assert text[first.start : first.end] == first.text
    assert second.text == "To book ring Hattie on 01632 960 001"


def test_how_to_book_something_else_is_not_how_to_book_training():
    assert found("To book the hall ring Bert.")[1][0] is None
