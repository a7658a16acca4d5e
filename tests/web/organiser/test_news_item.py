from datetime import time, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_many_dates,
    make_organiser,
    make_postponed_date,
    make_venue,
    save,
)
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import heading, links, main, title, typed
from webapp.models import AgendaItem, Kind, RoleName

DATE = "Thursday 1 May, 10.00am to 1.00pm"


def url(course, ending=""):
    return f"/organiser/courses/{course.id}/news-item{ending}"


@pytest.fixture
def course(partnership):
    return make_course(title="Working & learning", short_title="Working", slug="working")


def test_the_item_is_shown_as_it_looks_as_text_and_as_html(signed_in, course):
    venue = make_venue(name="Café Hall")
    make_date(course=course, venue=venue)
    make_date(course=course, venue=venue, starts_at=NOW + timedelta(days=21))

    page = signed_in.get(url(course))
    assert heading(page) == "News item: Working"
    assert title(page).startswith("News item: Working – ")
    shown = main(page).one(class_="app-news-item")
    assert shown.one("h2").text == "Working & learning"
    assert [line.text for line in shown.all("li")][-2] == DATE
    [book] = shown.all("a")
    assert book["href"] == "http://localhost/courses/working"
    assert typed(page, "text").startswith("Working & learning ")
    assert DATE in typed(page, "text")
    assert typed(page, "html").startswith("<h2>Working &amp; learning</h2>")
    assert "every coming date" in main(page).text
    assert "left out" not in main(page).text


def test_the_files_are_what_the_page_shows(signed_in, course):
    make_date(course=course, venue=make_venue(name="Café Hall"))
    page = signed_in.get(url(course))

    text = signed_in.get(url(course, ".txt"))
    assert (text.mimetype, text.headers["Content-Disposition"]) == (
        "text/plain",
        "attachment; filename=working.txt",
    )
    assert text.data.decode().split() == typed(page, "text").split()
    html = signed_in.get(url(course, ".html"))
    assert html.headers["Content-Disposition"] == "attachment; filename=working.html"
    assert "Caf&#233; Hall" in html.data.decode("ascii")
    assert html.text.replace("&#233;", "é").split() == typed(page, "html").split()


def test_what_is_left_out_is_said(signed_in, course):
    make_held_back_date(course=course)
    page = signed_in.get(url(course))
    assert "1 date of this course is left out" in main(page).text
    assert "No date of it can be booked now" in main(page).text
    make_postponed_date(course=course)
    assert "2 dates of this course are left out" in main(signed_in.get(url(course))).text


def test_a_course_nobody_can_see_is_said_to_be_so(signed_in, course, db):
    assert "is not published" not in main(signed_in.get(url(course))).text
    course.is_published = False
    db.session.commit()
    assert "is not published" in main(signed_in.get(url(course))).text


def test_what_nobody_confirmed_is_marked(signed_in, course, db):
    assert "Demonstration value" not in main(signed_in.get(url(course))).text
    course.demonstration_values = ["outline", "outcomes", "topics"]
    db.session.commit()
    said = main(signed_in.get(url(course))).text
    assert "Demonstration value Nobody has confirmed the outline and outcomes in it yet." in said


def test_e_learning_asks_nobody_to_register_interest(signed_in, partnership):
    course = make_course(kind=Kind.E_LEARNING, link="https://learning.example/")
    said = main(signed_in.get(url(course))).text
    assert "Take this e-learning online" in said
    assert "register" not in said.lower()


def test_the_item_is_found_from_the_attendee_list_and_from_who_is_interested(signed_in, course):
    date = make_date(course=course)
    for page in (
        f"/organiser/dates/{date.id}/attendees",
        f"/organiser/courses/{course.id}/interests",
    ):
        assert links(signed_in.get(page))["News item"] == url(course)


@pytest.mark.parametrize("ending", ["", ".txt", ".html"])
def test_no_course_no_item(signed_in, ending):
    assert signed_in.get(f"/organiser/courses/999/news-item{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["", ".txt", ".html"])
def test_it_is_for_organisers(client, course, ending, db):
    assert "/organiser/sign-in" in client.get(url(course, ending)).location


def test_a_trainer_does_not_write_news(client, course):
    trainer = sign_in_as(client, make_organiser(role=RoleName.TRAINER))
    assert trainer.get(url(course)).status_code == 403


@pytest.mark.slow
def test_the_item_asks_the_database_as_often_for_300_dates_as_for_3(signed_in, partnership):
    def cost(dates):
        for date in dates:
            save(AgendaItem(course_date=date, position=1, starts=time(9), title="Welcome"))
        page = url(dates[0].course)
        with counted() as sent:
            assert signed_in.get(page).text.count("<li>") > len(dates)
        return len(sent)

    assert cost(make_many_dates(3, first=NOW + timedelta(days=1))) == cost(
        make_many_dates(300, first=NOW + timedelta(days=1))
    )
