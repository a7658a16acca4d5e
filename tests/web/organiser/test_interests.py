from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_interest, save
from tests.queries import counted
from tests.web.reading import heading, main
from webapp.models import AuditLine, ToldOfDate
from webapp.services import telling


def url(course):
    return f"/organiser/courses/{course.id}/interests"


def save_told(course, date):
    """Most of them were told of it."""
    for interest in course.interests[:250]:
        save(
            ToldOfDate(
                interest_id=interest.id,
                course_date_id=date.id,
                starts_at=date.starts_at,
                told_at=NOW,
            )
        )


def test_the_people_who_wait_for_a_date_are_listed_the_first_to_ask_first(signed_in, db):
    course = make_course(title="Working together", slug="working-together")
    make_interest(course, "bob@agency.example", name="Bob")
    make_interest(course, "ann@agency.example", name="Ann", registered_at=NOW - timedelta(days=1))
    make_interest(course, "cat@agency.example", withdrawn_at=NOW)
    make_interest(make_course(), "dan@agency.example")

    page = signed_in.get(url(course))
    assert heading(page) == "Interested in Working together"
    assert "2 people want to be told" in main(page).text
    names = [row.one("th").text for row in main(page).one("tbody").all("tr")]
    assert names == ["Ann", "Bob"]
    assert "cat@" not in page.text
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("saw who is interested in a course", "working-together")


def test_with_nobody_waiting_the_page_says_so(signed_in):
    assert "Nobody is waiting" in main(signed_in.get(url(make_course()))).text


def test_no_course_no_list(signed_in):
    assert signed_in.get("/organiser/courses/999/interests").status_code == 404


def test_nobody_else_sees_who_is_interested(client):
    assert "/organiser/sign-in" in client.get(url(make_course())).location


def test_who_was_told_of_which_date_and_who_is_next_can_be_seen(signed_in, db):
    course = make_course(tells_in_order=True)
    for number, email in enumerate(["ann@x.example", "bob@x.example", "cat@x.example"]):
        make_interest(course, email, registered_at=NOW - timedelta(days=3 - number))
    date = make_date(course=course, capacity=1)
    telling.of_dates(course, [date], now=NOW)
    db.session.commit()

    page = main(signed_in.get(url(course)))
    assert "in the order of this list: as many as there are places" in page.text
    assert "Thursday 1 May 2025, 10am to 1pm: the next are told from" in page.text
    told = [row.all("td")[-1].text for row in page.one("tbody").all("tr")]
    assert told == [
        "Told of Thursday 1 May 2025 on Thursday 17 April 2025",
        "Told of Next",
        "Told of –",
    ]


def test_until_booking_opens_all_are_next(signed_in):
    course = make_course()
    make_interest(course)
    make_date(course=course, opens_at=NOW + timedelta(days=1), tell_interested_at=NOW)
    page = main(signed_in.get(url(course))).text
    assert "all at once" in page
    assert "told when booking opens at 9am on Friday 18 April 2025" in page
    assert "Told of Next" in page


@pytest.mark.slow
def test_the_list_asks_the_database_as_often_for_300_people_as_for_3(signed_in):
    course = make_course()

    def cost():
        with counted() as sent:
            assert signed_in.get(url(course)).status_code == 200
        return len(sent)

    date = make_date(course=course, tell_interested_at=NOW)
    for _ in range(3):
        make_interest(course)
    before = cost()
    for _ in range(297):
        make_interest(course)
    save_told(course, date)
    assert "300 people want to be told of a date, 1 to 50 shown." in signed_in.get(url(course)).text
    assert cost() == before
