from datetime import time

import pytest

from tests.makers import make_date
from tests.web.reading import filled_in, main, typed, wrong
from webapp.db import db as database
from webapp.models import CourseDate
from webapp.services import agendas
from webapp.services.agendas import Line
from webapp.web.organiser.agenda import MOST_LINES, in_words, read

TWO_DAYS = """9.30am Welcome
11.15am Adultification | Jahnine Davis
midday Lunch
Day 2
10am Panel | All speakers"""
LINES = [
    Line(1, time(9, 30), "Welcome"),
    Line(1, time(11, 15), "Adultification", "Jahnine Davis"),
    Line(1, time(12), "Lunch"),
    Line(2, time(10), "Panel", "All speakers"),
]


def test_an_agenda_is_read_line_by_line():
    assert read(TWO_DAYS) == LINES


def test_what_is_read_is_shown_as_it_is_typed():
    assert in_words(LINES) == TWO_DAYS
    assert read(in_words(LINES)) == LINES


@pytest.mark.parametrize(
    "said",
    [
        "9.30 Talk",
        "09:30 Talk",
        "9.30am: Talk",
        "9.30am - Talk",
        " 9.30 AM,  Talk ",
        "9.30am\tTalk",
    ],
)
def test_a_time_is_read_as_people_write_it(said):
    assert read(f"\n{said}\n\n") == [Line(1, time(9, 30), "Talk")]


@pytest.mark.parametrize("said", ["10am 3 steps to safety", "1pm 1-2-1 talks"])
def test_numbers_in_a_title_stay_there(said):
    assert in_words(read(said)) == said


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Welcome", "Agenda, line 1 must begin with a time"),
        ("10am Talk\n25:00 Lunch", "Agenda, line 2 must begin with a time"),
        ("10am", "Agenda, line 1 must say what happens at 10am"),
        ("10am | Ann", "Agenda, line 1 must say what happens at 10am"),
        ("11am Talk\n1.15 Lunch", "Agenda, line 2: 1.15am is before the line above it"),
        ("Day 2\n10am Talk\nDay 1\n10am Talk", "Agenda, line 3: the days must be in order"),
        ("Day 0\n10am Talk", "Agenda, line 1: the days must be in order"),
        ("10am " + "x" * 201, "Agenda, line 1: title and speaker must be 200 characters"),
        ("10am Talk\n" * (MOST_LINES + 1), "100 lines or fewer"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(said, why):
    with pytest.raises(ValueError, match=why):
        read(said)


def test_the_agenda_of_a_date_is_changed_and_visitors_see_it(signed_in, db, client):
    date = make_date()
    url = f"/organiser/dates/{date.id}/details"
    signed_in.post(url, data=filled_in(signed_in.get(url), agenda="10am Talk | Ann"))

    assert agendas.of(db.session.get(CourseDate, date.id)) == [Line(1, time(10), "Talk", "Ann")]
    assert "10am Talk Ann" in main(client.get(f"/dates/{date.id}")).text
    changed = db.session.get(CourseDate, date.id).updated_at

    signed_in.post(url, data=filled_in(signed_in.get(url)))
    database.session.expire_all()
    date = db.session.get(CourseDate, date.id)
    assert agendas.of(date) == [Line(1, time(10), "Talk", "Ann")]
    assert date.updated_at >= changed

    signed_in.post(url, data=filled_in(signed_in.get(url), agenda=""))
    database.session.expire_all()
    assert agendas.of(db.session.get(CourseDate, date.id)) == []


def test_an_agenda_that_cannot_be_read_stays_as_it_was_typed(signed_in):
    url = f"/organiser/dates/{make_date().id}/details"
    answer = signed_in.post(url, data=filled_in(signed_in.get(url), agenda="Talk at ten"))
    assert wrong(answer) == {"agenda": "Agenda, line 1 must begin with a time, such as 9.30am"}
    assert typed(answer, "agenda") == "Talk at ten"
