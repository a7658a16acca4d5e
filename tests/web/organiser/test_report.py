import csv
import io
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_organiser,
    make_sector,
)
from tests.papers import Paper
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import links, main, typed
from webapp.clock import LONDON
from webapp.models import Attendance, AuditLine, RoleName

# NOW is 17 April 2025: the year before is over, and this one has just begun.
LAST_YEAR = "period=2024-25"


def held(year=2024, month=10, **facts):
    return make_date(starts_at=datetime(year, month, 1, 10, tzinfo=LONDON), **facts)


def whole(page):
    """The first table, as {name: (now, year before)}."""
    rows = main(page).all("table")[0].one("tbody").all("tr")
    return {row.one("th").text: tuple(cell.text for cell in row.all("td")) for row in rows}


def rows(answer):
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def police(db):
    return make_agency("Anytown Police", sector=make_sector(name="Police"))


@pytest.fixture
def reporter(client, partnership, police):
    return sign_in_as(client, make_organiser(role=RoleName.REPORTER, agency_id=police.id))


@pytest.fixture
def a_year(police):
    """Last year two people on one date, one of them of the police; the year before, one of them."""
    date = held(capacity=10, course=make_course(title="Neglect"))
    make_booking(date, agency=police, name="Pat Police", attendance=Attendance.ATTENDED)
    make_booking(date, agency=make_agency("A school"), attendance=Attendance.ABSENT)
    make_booking(date, attendance=Attendance.ATTENDED, is_walk_in=True)
    make_booking(held(2023), agency=police)


def test_the_report_shows_each_figure_beside_that_of_the_year_before(signed_in, a_year):
    page = signed_in.get(f"/organiser/report?{LAST_YEAR}")

    found = whole(page)
    assert found["Dates held"] == ("1", "1")
    assert found["Booked"] == ("2", "1")
    assert found["Came"] == ("1", "0")
    assert found["Trained in all"] == ("2", "0")
    assert found["Attendance, %"] == ("50", "–")
    assert found["Fill, %"] == ("20", "50")
    assert typed(page, "period") == "2024-25"
    assert "Neglect" in main(page).text


def test_without_a_question_it_is_this_financial_year_up_to_today(signed_in, a_year):
    held(2025, 4)
    held(2025, 6)
    page = signed_in.get("/organiser/report")

    assert "April 2025 to March 2026, up to today" in page.text
    assert "1 date in this time is still to come" in page.text
    assert whole(page)["Dates held"] == ("1", "0")


def test_where_nothing_was_held_that_is_said(signed_in):
    page = signed_in.get("/organiser/report?period=2031-32-q2")

    assert "Nothing was held in this time so far" in page.text
    assert typed(page, "period") == "2031-32-q2"


@pytest.mark.parametrize("asked", ["period=2024", "period=%00", "agency=x", "agency=&period="])
def test_odd_questions_are_answered(signed_in, asked):
    assert signed_in.get(f"/organiser/report?{asked}").status_code == 200


def test_an_organiser_may_look_at_one_agency(signed_in, a_year, police):
    page = signed_in.get(f"/organiser/report?{LAST_YEAR}&agency={police.id}")

    assert whole(page)["Booked"] == ("1", "1")
    assert "Fill, %" not in whole(page)
    assert links(page)["CSV"] == f"/organiser/report.csv?{LAST_YEAR}&agency={police.id}"


@pytest.mark.parametrize("asked", ["", "&agency={other}", "&agency="])
def test_a_reporter_sees_one_agency_whatever_the_address_asks_for(reporter, a_year, asked):
    other = make_agency("Another").id
    page = reporter.get(f"/organiser/report?{LAST_YEAR}{asked.format(other=other)}")

    assert whole(page)["Booked"] == ("1", "1")
    assert "A school" not in page.text
    assert "Pat Police" not in page.text
    [one] = [
        row
        for row in rows(reporter.get(f"/organiser/report.csv?{LAST_YEAR}&agency={other}"))
        if row["Of"] == "Everything"
    ]
    assert one["Booked"] == "1"


def test_a_reporter_finds_their_report_and_no_door_to_anything_else(reporter, a_year):
    page = reporter.get("/organiser/role")

    assert links(page)["The report of Anytown Police"] == "/organiser/report"
    for other in ("attendees", "people", "audit", "search"):
        assert f"/organiser/{other}" not in page.text


def test_a_reporter_of_no_agency_is_told_whom_to_ask(client, partnership):
    sign_in_as(client, make_organiser(role=RoleName.REPORTER))

    assert "of no agency yet" in client.get("/organiser/role").text
    answer = client.get("/organiser/report")
    assert answer.status_code == 409
    assert "of no agency yet" in answer.text


def test_the_file_has_every_line_with_both_years(signed_in, a_year):
    answer = signed_in.get(f"/organiser/report.csv?{LAST_YEAR}")

    found = {(row["Of"], row["Name"]): row for row in rows(answer)}
    assert found["Course", "Neglect"]["Booked"] == "2"
    assert found["Agency", "Anytown Police"]["Booked (year before)"] == "1"
    assert found["Course", "Neglect"]["Trained in all"] == "2"
    assert found["Sector", "Police"]["Booked"] == "1"
    assert found["Quarter", "October to December 2024"]["Fill, %"] == "20"
    assert "filename=training-2024-25.csv" in answer.headers["Content-Disposition"]


def test_who_took_the_report_away_is_in_the_log(signed_in, db, a_year):
    assert signed_in.get(f"/organiser/report.xlsx?{LAST_YEAR}").data.startswith(b"PK")

    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("downloaded the report", "2024-25, spreadsheet")


@pytest.mark.slow
def test_the_page_asks_the_database_as_often_of_300_dates_as_of_3(signed_in):
    def ask(number):
        for _ in range(number):
            make_booking(held())
        with counted() as queries:
            signed_in.get(f"/organiser/report?{LAST_YEAR}")
        return len(queries)

    assert ask(3) == ask(297) <= 20


def test_the_report_is_a_paper_too(signed_in, a_year, db):
    page = signed_in.get(f"/organiser/report?{LAST_YEAR}")
    answer = signed_in.get(links(page)["PDF"])

    assert answer.mimetype == "application/pdf"
    assert "filename=training-2024-25.pdf" in answer.headers["Content-Disposition"]
    said = Paper(answer.data).words
    assert "Dates held 1 1 Booked 2 1 Came 1 0" in said
    assert "Neglect" in said
    assert "Pat Police" not in said
    assert db.session.scalars(select(AuditLine.detail)).all() == ["2024-25, PDF"]


def test_a_reporter_has_the_paper_of_their_agency_alone(reporter, a_year):
    other = make_agency().id
    answer = reporter.get(f"/organiser/report.pdf?{LAST_YEAR}&agency={other}")

    said = Paper(answer.data).words
    assert "people of Anytown Police" in said
    assert "A school" not in said
    assert "Dates held 1 1 Booked 1 1" in said
