import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date, make_organiser
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import links, main, typed, wrong
from webapp.db import db as database
from webapp.db import will_write
from webapp.models import AuditLine
from webapp.services import audit


def write(organiser, action, *, now=NOW, **about):
    audit.record(organiser, action, now=now, **about)
    database.session.commit()


def shown(response):
    """The cells of every line of the log, without the labels that phones show."""
    rows = main(response).one("tbody").all("tr")
    return [[_words(cell) for cell in row.all("td")] for row in rows]


def _words(cell):
    return cell.text.removeprefix(cell.one(class_="app-table__label").text).strip()


def test_a_line_says_when_who_what_and_about_what(as_administrator, administrator):
    write(administrator, "downloaded the attendee list", course_date=make_date(), detail="CSV")

    [[when, who, what, about]] = shown(as_administrator.get("/organiser/audit"))
    assert when == "Thu 17 Apr 2025, 9am"
    assert who == "Olive Organiser"
    assert what == "Downloaded the attendee list: CSV"
    assert about == "Safeguarding basics, Thu 1 May"


def test_it_is_filtered_by_organiser_and_day(as_administrator, administrator):
    other = make_organiser("other@partnership.example")
    write(other, "by another")
    write(administrator, "the day before", now=NOW - timedelta(days=1))
    write(administrator, "wanted")

    page = as_administrator.get(
        f"/organiser/audit?organiser={administrator.id}&first=2025-04-17&last=2025-04-17"
    )

    assert [line[2] for line in shown(page)] == ["Wanted"]
    assert typed(page, "first") == "2025-04-17"
    assert typed(page, "organiser") == str(administrator.id)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("first=2025-02-30", {"first": "Enter a real day, such as 17 April 2025"}),
        ("last=tomorrow", {"last": "Enter a real day, such as 17 April 2025"}),
        ("organiser=999", {"organiser": "Choose organiser from the list"}),
        ("organiser=99999999999999999999", {}),
        ("page=99999999999999999999", {}),
        ("page=-1&_external=1&_scheme=javascript", {}),
        ("last=9999-12-31", {"last": "Enter a real day, such as 17 April 2025"}),
        ("first=0001-01-01", {"first": "Enter a real day, such as 17 April 2025"}),
    ],
)
def test_odd_questions_are_answered(as_administrator, administrator, asked, said):
    write(administrator, "something")
    response = as_administrator.get(f"/organiser/audit?{asked}")

    assert response.status_code == 200
    assert wrong(response) == said


def test_a_long_log_comes_in_pages_that_keep_the_filter(as_administrator, administrator):
    for number in range(51):
        write(administrator, f"line {number}", now=NOW + timedelta(seconds=number))

    first = as_administrator.get("/organiser/audit?first=2025-04-17")
    assert len(shown(first)) == 50
    [onward] = [a["href"] for a in main(first).all("a") if a.get("rel") == "next"]
    assert "first=2025-04-17" in onward
    assert [line[2] for line in shown(as_administrator.get(onward))] == ["Line 0"]


def test_an_empty_log_says_so(as_administrator):
    assert "No lines yet." in as_administrator.get("/organiser/audit").text


@pytest.mark.slow
def test_the_page_asks_the_database_as_often_for_300_lines_as_for_3(
    as_administrator, administrator
):
    def fill(number):
        for _ in range(number):
            write(make_organiser(), "saw", course_date=make_date())

    fill(3)
    with counted() as few:
        as_administrator.get("/organiser/audit")
    fill(297)
    with counted() as many:
        as_administrator.get("/organiser/audit")
    assert len(many) == len(few) <= 12


def test_looking_at_a_list_leaves_a_line_even_while_somebody_else_reads(signed_in, organiser, db):
    date = make_date()
    will_write(False)
    db.session.scalars(select(AuditLine)).all()

    assert signed_in.get(f"/organiser/dates/{date.id}/attendees").status_code == 200

    db.session.rollback()
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("saw the attendee list", organiser.id)
    assert (line.course_date_id, line.at) == (date.id, NOW)


def test_who_is_turned_away_leaves_no_line(client, db, partnership):
    date = make_date()
    client.get(f"/organiser/dates/{date.id}/attendees")
    sign_in_as(client, make_organiser(role="trainer"))
    client.get(f"/organiser/dates/{date.id}/attendees")

    assert db.session.scalars(select(AuditLine)).all() == []


def test_it_is_filtered_by_words_of_what_was_done(as_administrator, administrator):
    write(administrator, "downloaded bookings")
    write(administrator, "saw 100% of it")

    page = as_administrator.get("/organiser/audit?what=Downloaded")
    assert [line[2] for line in shown(page)] == ["Downloaded bookings"]
    assert typed(page, "what") == "Downloaded"
    assert [line[2] for line in shown(as_administrator.get("/organiser/audit?what=%25"))] == [
        "Saw 100% of it"
    ]


def taken(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_log_is_taken_away_with_the_filter_of_its_page(as_administrator, administrator):
    date = make_date()
    write(administrator, "the day before", now=NOW - timedelta(days=1))
    write(administrator, "downloaded the attendee list", course_date=date, detail="=CSV")
    page = as_administrator.get("/organiser/audit?first=2025-04-17&last=2025-04-17")

    # That it is taken away is the newest of its lines.
    [_, line] = taken(as_administrator.get(links(page)["Download these as CSV"]))
    assert line == {
        "When": "2025-04-17 09:00",
        "Who": administrator.email,
        "What": "downloaded the attendee list",
        "Detail": "'=CSV",
        "Course": "Safeguarding basics",
        "Date": "2025-05-01 10:00",
        "Booking": "",
    }


def test_taking_the_log_away_is_in_the_log(as_administrator):
    as_administrator.get("/organiser/audit.csv")

    [line] = shown(as_administrator.get("/organiser/audit"))
    assert line[2] == "Downloaded the audit log: CSV"


def test_a_day_that_is_none_takes_nothing_away(as_administrator):
    answer = as_administrator.get("/organiser/audit.csv?first=2025-02-30")

    assert answer.location == "/organiser/audit?first=2025-02-30"
    assert "Download" not in as_administrator.get(answer.location).text


@pytest.mark.slow
def test_a_long_log_goes_out_whole_with_as_many_queries_as_a_short_one(
    as_administrator, administrator
):
    def ask(number):
        date = make_date()
        for _ in range(number):
            audit.record(administrator, "saw", course_date=date, now=NOW)
        database.session.commit()
        with counted() as queries:
            answer = as_administrator.get("/organiser/audit.csv?what=saw")
        return len(taken(answer)), len(queries)

    few, many = ask(3), ask(1200)
    assert (few[0], many[0]) == (3, 1203)
    assert few[1] == many[1]
