"""What the words around a day make of it."""

from datetime import date

import pytest

from webapp.formats import news_source
from webapp.formats.announcements import Status
from webapp.formats.news_rows import rows
from webapp.formats.news_standing import are_office_hours, labels_away, of_title, standing

PUBLISHED = date(2025, 4, 1)


def stands(line, day=date(2025, 5, 6), published=PUBLISHED, label=""):
    (row,) = rows(news_source.read(line))
    return standing(row, row.days[0], day, published, label)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday 6 May, 10am to 1pm",
        "The next briefing is on 6 May.",
        "The doors are open from 9.30 until 10am on 6 May.",
        "The workshop has been moved to 6 May.",
        "The course runs from 6 May. It starts at 10am.",
        "06/05/25 The role of family, friends and community in finding hidden harm",
    ],
)
def test_a_day_to_come_to(line):
    assert (stands(line).is_session, stands(line).status) == (True, None)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Please reply to the survey by 6 May.", "deadline"),
        ("Cancellations after 6 May are charged", "deadline"),
        ("Closing date 6 May", "deadline or the day of a document"),
        ("The new form is available from 6 May.", "in force"),
        ("A new duty line, from 6 May", "begins"),
        ("From 6 May there is a new form. Ring us (Monday to Thursday 9am to 5pm).", "begins"),
        ("Residents can find our stall in the market on 6 May from 10am to 2pm.", "practitioners"),
        ("Ring 0300 123 4567 (5pm - 9pm) from 6 May", "begins"),
        ("Local families are welcome to meet us on 6 May from 10am to 2pm.", "practitioners"),
        ("The campaign will run throughout the week of 6 May.", "begins"),
        ("The campaign will run in the week commencing Tuesday 6 May.", "begins"),
        ("The grant for lead training is extended to 6 May", "deadline"),
        ("Ask the office. Next review of this page: 6 May.", "in force"),
        ("The helpdesk reopens on 6 May.", "in force"),
        ("Apply soon: places are given out on 6 May", "in force"),
        ("Made by the business unit, version 2.1, 6 May.", "in force"),
        ("The executive met on Tuesday 6 May at 2pm.", "past"),
        ("The next full board meets on 6 May at 2pm.", "members of a body"),
        ("I will report to the cabinet on 6 May at 6pm.", "members of a body"),
        ("Our AGM is on 6 May at 5.30pm in Trinity Hall.", "members of a body"),
        ("You can watch the recording of the seminar of 6 May, 1pm to 2pm.", "past"),
        ("You must have been at the session at Mill House on 6 May.", "past"),
        ("Our office is closed on 6 May.", "closed"),
        ("We are shut from 6 May, and back soon", "closed"),
        ("6 May was a day to remember for all who came", "past"),
        ("The new forms were sent to all of our schools and nurseries on 6 May.", "Nothing says"),
        ("The board launched its toolkit on neglect on 6 May.", "in force or available"),
    ],
)
def test_a_day_that_is_no_session(line, why):
    told = stands(line)
    assert (told.is_session, told.status) == (False, None)
    assert why in told.why


@pytest.mark.parametrize(
    "line",
    [
        "Our director opened the conference at 9.30am on Tuesday 6 May.",
        "A hundred teachers filled the hall on Tuesday 6 May for a morning of training.",
        "Eleven practitioners learned about it on 6 May, 10am to 1pm.",
    ],
)
def test_what_people_did_before_the_page_came_out_is_past(line):
    assert "past" in stands(line, published=date(2025, 5, 8)).why
    assert stands(line, published=date(2025, 5, 2)).is_session


def test_a_day_before_its_page_stands_where_nothing_tells_that_it_is_over():
    assert stands("Tuesday 6 May, 10am to 1pm", published=date(2025, 5, 8)).is_session


def test_a_period_is_no_session_at_its_end():
    (row,) = rows(news_source.read("Neglect awareness week, 6 May to 10 May"))
    assert not standing(row, row.days[1], date(2025, 5, 10), PUBLISHED).is_session


def test_the_day_of_the_announcement_is_no_session_unless_it_has_a_time():
    assert not stands("6 May", published=date(2025, 5, 6)).is_session
    assert stands("6 May, 10am", published=date(2025, 5, 6)).is_session


def test_what_was_over_when_it_was_announced_is_past():
    assert not stands("6 May", published=date(2025, 5, 11)).is_session
    assert stands("6 May", published=date(2025, 5, 10)).is_session
    assert stands("6 May, 10am", published=date(2025, 5, 27)).is_session
    assert not stands("6 May, 10am", published=date(2025, 5, 28)).is_session


def test_what_is_told_as_past_is_past_only_before_it_was_told():
    line = "The workshop on 6 May 2025 took place at Mill House"
    assert not stands(line, published=date(2025, 5, 8)).is_session
    assert stands(line, published=date(2025, 5, 1)).is_session


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("The course on 6 May is cancelled.", Status.CANCELLED),
        ("The course on 6 May has been postponed.", Status.POSTPONED),
        ("The course was due to be held on 6 May.", Status.MOVED),
        ("The course planned for 6 May has been moved to a later day.", Status.MOVED),
        ("The course on 6 May is now full.", Status.FULL),
        ("The course on 6 May takes a full day.", None),
        ("If you cannot attend on 6 May it must be cancelled in time.", None),
    ],
)
def test_a_day_that_is_off_or_full(line, status):
    assert stands(line).status == status


@pytest.mark.parametrize(
    "line",
    [
        "The board's training for all staff meets again on 6 May at 2pm.",
        "The steering group's network meets on 6 May at 2pm.",
        "The course planned for 6 May has a few places left.",
    ],
)
def test_what_a_body_offers_or_what_is_planned_may_be_gone_to(line):
    assert stands(line).is_session


def test_another_sentence_is_about_another_day():
    assert stands("Our spring course is cancelled. The next course is on 6 May.").status is None


def test_a_label_above_speaks_of_a_day_that_stands_alone():
    assert not stands("6 May", label="Closing date").is_session
    assert stands("6 May, Mill House", label="Closing date").is_session


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("CANCELLED: Neglect", Status.CANCELLED),
        ("Neglect (postponed)", Status.POSTPONED),
        ("Neglect – fully booked", Status.FULL),
        ("Neglect – full day", None),
    ],
)
def test_a_title_speaks_of_everything_under_it(title, status):
    assert of_title(title) == status


def test_a_line_may_announce_a_day_that_is_no_session():
    assert labels_away("To be actioned by")
    assert labels_away("Closing date")
    assert not labels_away("Neglect briefing")


def test_office_hours_are_those_of_people_and_have_no_day():
    hours, day, example = rows(
        news_source.read(
            "Lines are open 9am to 5pm\nLines are open on 6 May, 9am to 5pm\nFor example 9am to 5pm"
        )
    )
    assert are_office_hours(hours)
    assert not are_office_hours(day)
    assert are_office_hours(example)


def test_hours_beside_a_telephone_number_or_of_those_on_duty_are_office_hours():
    on_call = "Hub 01234 567890 (9am - 5pm)\nEDT: 5pm to 9pm\nOut of hours provider, 5pm to 9pm"
    assert all(map(are_office_hours, rows(news_source.read(on_call))))
    others = "Ring 01234 567890. Time: 9am - 5pm\nEDT training, 5pm to 9pm"
    assert not any(map(are_office_hours, rows(news_source.read(others))))
