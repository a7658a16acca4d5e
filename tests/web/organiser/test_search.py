import time

import pytest
from sqlalchemy import insert, select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_many_dates,
)
from tests.queries import counted
from tests.web.reading import links, main, title
from webapp.db import will_write
from webapp.models import AuditLine, Booking, BookingState, Practitioner


def names(page):
    return [row.one("th").one("a").text for row in main(page).one("tbody").all("tr")]


def test_before_anything_is_asked_there_is_only_the_box(signed_in, db):
    page = signed_in.get("/organiser/search")

    assert main(page).all("table") == []
    assert main(page).one("input", id="q").get("value") == ""
    assert db.session.scalars(select(AuditLine)).all() == []


def test_the_first_page_has_the_box_too(signed_in):
    box = main(signed_in.get("/organiser/")).one("form")

    assert (box["action"], box.one("input")["name"]) == ("/organiser/search", "q")


def test_people_found_lead_to_their_booking_and_its_date(signed_in, db):
    booking = make_booking(name="Łukasz Wójcik")
    page = signed_in.get("/organiser/search?q=wojcik")

    assert title(page).startswith("Search: wojcik – ")
    assert names(page) == ["Łukasz Wójcik , Safeguarding basics, Thu 1 May"]
    assert f"/organiser/bookings/{booking.id}" in links(page).values()
    assert f"/organiser/dates/{booking.course_date_id}/attendees" in links(page).values()


def test_who_looked_for_people_is_in_the_log_and_whom_they_looked_for_is_not(
    signed_in, organiser, db
):
    make_booking(name="Ann Example")
    signed_in.get("/organiser/search?q=ann")
    signed_in.get("/organiser/search?q=ann&what=dates")

    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("searched for people", organiser.id)
    assert line.detail is None


def test_dates_and_courses_have_lists_of_their_own(signed_in):
    date = make_date(course=make_course(title="Neglect"))
    page = signed_in.get("/organiser/search?q=neglect")

    assert links(page)["Dates 1"] == "/organiser/search?q=neglect&what=dates"
    assert f"/organiser/dates/{date.id}/attendees" in links(page).values()
    assert "Neglect" in main(signed_in.get("/organiser/search?q=neglect&what=courses")).text


def test_who_asked_to_be_told_of_a_course_is_found_with_it(signed_in, db):
    course = make_course(title="Neglect")
    make_interest(course, "zoe@x.example", name="Zoë")
    page = signed_in.get("/organiser/search?q=zoe")

    assert links(page)["Neglect"] == f"/organiser/courses/{course.id}/interests"
    [line] = db.session.scalars(select(AuditLine))
    assert line.action == "searched for people"


def test_a_date_whose_day_nobody_knows_is_shown_too(signed_in):
    make_date(starts_at=None, ends_at=None, state="held_back")

    assert "Day to be confirmed" in signed_in.get("/organiser/search?q=safeguarding").text


@pytest.mark.parametrize("asked", ["q=%00", "q=x&what=money", "q=x&page=99999999999", "q=%25"])
def test_odd_questions_are_answered(signed_in, asked):
    make_booking()

    assert signed_in.get(f"/organiser/search?{asked}").status_code == 200


def test_what_is_not_there_is_said(signed_in):
    make_booking(name="Ann Example")

    assert "Nothing matches." in signed_in.get("/organiser/search?q=zebra").text
    assert "None of these match." in signed_in.get("/organiser/search?q=ann&what=dates").text


def fill(db, number):
    """Bookings of people of their own, on a date each, written at once."""
    agency, dates = make_agency().id, make_many_dates(min(number, 60))
    will_write()
    start = db.session.query(Practitioner).count()
    people = [{"email": f"p{start + n}@x.example", "created_at": NOW} for n in range(number)]
    keys = db.session.scalars(insert(Practitioner).returning(Practitioner.id), people).all()
    db.session.execute(
        insert(Booking),
        [
            {
                "course_date_id": dates[n % len(dates)].id,
                "practitioner_id": key,
                "agency_id": agency,
                "state": BookingState.CONFIRMED,
                "name": f"Ann {n}",
                "job_role": "Nurse",
                "booked_at": NOW,
                "updated_at": NOW,
            }
            for n, key in enumerate(keys)
        ],
    )
    db.session.commit()


@pytest.mark.slow
@pytest.mark.parametrize("what", ["people", "dates", "courses", "interested"])
def test_a_search_asks_the_database_as_often_among_10_000_bookings_as_among_3(signed_in, db, what):
    address = f"/organiser/search?q=a&what={what}"
    fill(db, 3)
    with counted() as few:
        signed_in.get(address)
    fill(db, 10_000)
    with counted() as many:
        began = time.process_time()
        page = signed_in.get(address)
    assert len(main(page).all("tr")) <= 51
    assert len(many) == len(few) <= 15
    assert time.process_time() - began < 5
