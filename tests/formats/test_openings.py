import pytest

from tests.makers import make_course, make_date
from webapp.formats import openings
from webapp.formats.openings import OPENINGS


@pytest.fixture
def date(db):
    return make_date(course=make_course(title="Signs of Safety"))


@pytest.mark.parametrize("kind", OPENINGS)
def test_our_own_words_keep_the_rules(kind):
    assert openings.why_not(kind, OPENINGS[kind].words) is None


def test_until_a_partnership_chooses_mails_begin_with_our_words(date):
    said = openings.of("booking_waiting", {}, date, "Ann", position="3rd")
    assert said == (
        "You are 3rd on the waiting list for Signs of Safety. You do not have a place yet."
    )


def test_a_partnerships_words_are_filled_in_for_the_person(date):
    chosen = {"booking_confirmed": "Dear {name}, welcome to {course} on {day}."}
    assert openings.of("booking_confirmed", chosen, date, "Siân  Jones") == (
        "Dear Siân Jones, welcome to Signs of Safety on Thursday 1 May 2025."
    )


def test_a_mail_cannot_leave_out_what_people_need_to_know():
    assert openings.why_not("booking_offered", "A place is free.") == (
        "Add {course} and {deadline}, which people need to know"
    )
    assert openings.why_not("booking_offered", "{course}, until {deadline}") is None


def test_a_mail_cannot_have_a_gap_that_nothing_fills():
    assert openings.why_not("booking_confirmed", "{course} until {deadline} in {town}") == (
        "Nothing fills {deadline} and {town} here."
        " You can use {course}, {name}, {day}, {time} and {place}"
    )
