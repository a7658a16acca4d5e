import csv
import io
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.makers import make_booking, make_course, make_date
from tests.queries import counted
from tests.web.reading import heading, links, main
from webapp.clock import LONDON
from webapp.models import Attendance, AuditLine, BookingState, Ending

AUTUMN = "/organiser/seats?term=2024-autumn"
STARTS = datetime(2024, 11, 5, 10, tzinfo=LONDON)
DAY = timedelta(days=1)


@pytest.fixture
def a_term(db):
    """Two places: one taken again after half a day, and one missed."""
    date = make_date(starts_at=STARTS, course=make_course(title="Neglect"))
    make_booking(date, booked_at=STARTS - 9 * DAY, attendance=Attendance.ABSENT)
    make_booking(
        date,
        booked_at=STARTS - 9 * DAY,
        state=BookingState.CANCELLED,
        ending=Ending.BY_PRACTITIONER,
        cancelled_at=STARTS - 2 * DAY,
        gave_up_late=True,
    )
    make_booking(
        date,
        booked_at=STARTS - 8 * DAY,
        waiting_since=STARTS - 8 * DAY,
        place_taken_at=STARTS - 2 * DAY + timedelta(hours=12),
        attendance=Attendance.ATTENDED,
    )


def rows(page, number):
    table = main(page).all("table")[number]
    names = [cell.text for cell in table.one("thead").all("th")]
    return {
        row.one("th").text: dict(zip(names[1:], [td.text for td in row.all("td")], strict=True))
        for row in table.one("tbody").all("tr")
    }


def test_each_term_and_course_says_how_its_seats_were_filled(signed_in, a_term):
    page = signed_in.get(AUTUMN)

    assert heading(page) == "How well seats are filled"
    assert rows(page, 0)["Autumn term 2024"] == {
        "Dates": "Dates 1",
        "Fill": "Fill 100%",
        "Cancelled late": "Cancelled late 1 (33%)",
        "Absent": "Absent 1 (50%)",
        "Came free": "Came free 1",
        "Taken again": "Taken again 1 (100%)",
        "Hours free": "Hours free 12",
        "To a colleague": "To a colleague 0",
        "Empty, though wanted": "Empty, though wanted 0",
    }
    assert rows(page, 1)["Neglect"]["Fill"] == "Fill 100% , term before –"
    assert len(rows(page, 0)) == 1
    assert "Ann Example" not in page.text
    assert links(page)["Earlier: Summer term 2024"] == "/organiser/seats?term=2024-summer"


def test_a_term_with_nothing_and_one_that_is_not_over_say_so(signed_in):
    assert "Nothing was held in Autumn term 2024, or" in main(signed_in.get(AUTUMN)).text
    page = main(signed_in.get("/organiser/seats?term=2099-winter")).text
    assert "Spring term 2025, up to today" in page
    assert "so far" in page
    assert signed_in.get("/organiser/seats?term=2000-spring").status_code == 200


def test_a_change_of_policy_stands_with_its_term(signed_in, db):
    for what in ("Freed places", "Charges", "Line managers", "Whom to ask"):
        db.session.add(AuditLine(at=STARTS, action="changed the settings", detail=what))
    db.session.commit()
    text = main(signed_in.get(AUTUMN)).text
    assert "Changed on Tuesday 5 November 2024: Freed places, Charges and Line managers" in text
    assert "Whom to ask" not in text


def test_the_figures_can_be_taken_away(signed_in, a_term, db):
    answer = signed_in.get("/organiser/seats.csv?term=2024-autumn")
    assert answer.headers["Content-Disposition"] == "attachment; filename=seats-2024-autumn.csv"
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(line["Of"], line["Name"], line["Term"]) for line in lines][-2:] == [
        ("Course", "Neglect", "Autumn term 2024"),
        ("Course", "Neglect", "Summer term 2024"),
    ]
    first = lines[0]
    assert (first["Name"], first["Fill, %"], first["Came free"]) == ("Autumn term 2024", "100", "1")
    assert first["Hours until taken again, median"] == "12"
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("downloaded how seats are filled", "2024-autumn")


def test_the_report_leads_there(signed_in):
    assert links(signed_in.get("/organiser/report"))["How well seats are filled"] == (
        "/organiser/seats"
    )


@pytest.mark.slow
def test_the_page_asks_the_database_as_often_for_300_bookings_as_for_3(signed_in, a_term):
    def cost():
        with counted() as sent:
            assert signed_in.get(AUTUMN).status_code == 200
        return len(sent)

    before = cost()
    for number in range(60):
        date = make_date(starts_at=STARTS - number * DAY, capacity=9)
        for _ in range(5):
            make_booking(date)
    assert cost() == before
