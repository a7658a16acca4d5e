"""What people said, at the organisers' door."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_evaluation
from tests.queries import counted
from tests.web.reading import heading, links, main, read, title, typed
from webapp.models import Attendance, AuditLine, Partnership

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_over(days=1, **facts):
    start = NOW - days * DAY
    return make_date(starts_at=start, ends_at=start + HOUR, capacity=None, **facts)


def answered(date, *points, **facts):
    booking = make_booking(date, attendance=Attendance.ATTENDED, marked_at=NOW)
    return make_evaluation(booking, *points, **facts)


def url(date):
    return f"/organiser/dates/{date.id}/evaluation"


def table(page, number):
    """Words of the heading of each row, and of its cells."""
    rows = main(page).all("table")[number].one("tbody").all("tr")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in rows}


def audited(db):
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    return [(line.action, line.course_date_id, line.detail) for line in lines]


def rows(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_date_shows_figures_bars_and_words(signed_in, db):
    date = make_over()
    answered(date, 5, 2, 4, will_do="Ask sooner.")
    answered(date, 5, 3, 3)
    answered(date, 2, 1, 5, comment="Better <b>coffee</b>")
    make_booking(date, attendance=Attendance.LATE)

    page = signed_in.get(url(date))
    text = main(page).text
    assert heading(page) == "Evaluation: Safeguarding basics, Wed 16 Apr"
    assert "3 of 4 people trained in all, walk-ins included, have answered" in text
    assert "4.0 of 5 on average" in text
    assert "2.0 of 5 before, 4.0 after, on average; 2 of 3 more confident than before" in text
    assert table(page, 0)["Very useful"] == ["2, 67%"]
    assert table(page, 0)["Useful"] == ["0, 0%"]
    assert table(page, 1)["Very confident"] == ["0, 0%", "1, 33%"]
    assert [bar["width"] for bar in main(page).all("rect")][:2] == ["66.67", "0.0"]
    assert "Will do differently: Ask sooner." in text
    assert "Comment: Better <b>coffee</b>" in text
    assert audited(db) == [("saw the evaluation", date.id, None)]


def test_no_page_or_file_of_it_names_anybody(signed_in, db):
    date = make_over()
    for _ in range(3):
        answered(date)
    for path in (url(date), f"{url(date)}.csv", f"/organiser/courses/{date.course_id}/evaluation"):
        text = signed_in.get(path).text
        assert "Ann Example" not in text
        assert "agency.example" not in text
        assert "/organiser/bookings/" not in text


def test_two_answers_are_counted_and_not_shown(signed_in):
    date = make_over()
    answered(date, will_do="Ask sooner.")
    answered(date, comment="Better coffee")

    page = signed_in.get(url(date))
    assert "2 of 2 people trained in all, walk-ins included, have answered" in main(page).text
    assert "once three people have answered" in main(page).text
    assert "Ask sooner" not in page.text
    assert main(page).all("table") == []
    assert signed_in.get(f"{url(date)}.csv").status_code == 409


def test_before_the_end_the_page_says_when_people_are_asked(signed_in, db):
    date = make_date()
    assert "at the latest a day after the end" in main(signed_in.get(url(date))).text
    assert "Certificates wait" not in main(signed_in.get(url(date))).text
    db.session.scalars(select(Partnership)).one().certificate_after_evaluation = True
    db.session.commit()
    assert "Certificates wait until people have answered" in main(signed_in.get(url(date))).text


@pytest.mark.parametrize("days", [-1, 1])
def test_the_page_of_certificates_says_what_they_wait_for(signed_in, db, days):
    certificates = f"/organiser/dates/{make_over(days).id}/certificates"
    assert "answered what it was like" not in main(signed_in.get(certificates)).text
    db.session.scalars(select(Partnership)).one().certificate_after_evaluation = True
    db.session.commit()
    assert "once they have answered" in main(signed_in.get(certificates)).text.replace(
        "as soon as", "once"
    )


def test_where_nobody_came_that_is_said(signed_in):
    assert "nobody who came" in main(signed_in.get(url(make_over()))).text


def test_figures_without_words_say_so(signed_in):
    date = make_over()
    for _ in range(3):
        answered(date)
    assert "Nobody wrote anything." in main(signed_in.get(url(date))).text


def test_the_answers_are_downloaded_without_names_and_that_is_written_down(signed_in, db):
    date = make_over(course=make_course(slug="neglect"))
    for useful in (5, 3, 4):
        answered(date, useful, will_do="=Ask()")

    answer = signed_in.get(f"{url(date)}.csv")
    assert answer.headers["Content-Disposition"].endswith("evaluation-neglect-16-apr-2025.csv")
    head, *found = rows(answer)
    assert "Name" not in head
    assert found == [["Wed 16 Apr 2025", str(n), "2", "4", "'=Ask()", ""] for n in (3, 4, 5)]
    assert audited(db) == [("downloaded the evaluation", date.id, None)]


def test_a_course_shows_all_its_dates_together_and_one_by_one(signed_in, db):
    course = make_course(title="Neglect", slug="neglect")
    old, new = make_over(30, course=course), make_over(course=course)
    for _ in range(3):
        answered(old, 5, 1, 5, will_do="Ask sooner.")
    answered(new, 1, 5, 1)

    page = signed_in.get(f"/organiser/courses/{course.id}/evaluation")
    text = main(page).text
    assert heading(page) == "Evaluation: Neglect"
    assert "4 of 4 people trained in all, walk-ins included, have answered" in text
    assert "The figures are of 3 of these answers" in text
    assert "5.0 of 5 on average" in text
    one, two = table(page, 2).values()
    assert one[0] == "Answered 1 of 1"
    assert one[1] == "Useful –too few answers"
    assert two == ["Answered 3 of 3", "Useful 5.0", "Before 1.0", "After 5.0"]
    assert url(old) in links(page).values()

    found = rows(signed_in.get(f"/organiser/courses/{course.id}/evaluation.csv"))
    assert [row[0] for row in found[1:]] == ["Tue 18 Mar 2025"] * 3
    assert audited(db) == [
        ("saw the evaluation", None, "neglect"),
        ("downloaded the evaluation", None, "neglect"),
    ]


def test_a_course_that_nobody_has_come_to_says_so(signed_in):
    course = make_course()
    page = signed_in.get(f"/organiser/courses/{course.id}/evaluation")
    assert "Nobody has come to this course yet" in main(page).text
    assert signed_in.get(f"/organiser/courses/{course.id}/evaluation.csv").status_code == 409


def test_a_course_whose_answers_are_too_few_shows_only_how_many(signed_in):
    date = make_over()
    answered(date)
    page = signed_in.get(f"/organiser/courses/{date.course_id}/evaluation")
    assert "once three people have answered for a date" in main(page).text
    assert len(main(page).all("table")) == 1


def test_the_pages_of_a_date_and_a_course_lead_there(signed_in):
    date = make_over()
    attendees = read(signed_in.get(f"/organiser/dates/{date.id}/attendees"))
    nav = attendees.one("nav", class_="app-date-nav")
    assert url(date) in [link["href"] for link in nav.all("a")]
    course = f"/organiser/courses/{date.course_id}"
    assert links(signed_in.get(course))["Evaluation"] == f"{course}/evaluation"


def test_many_words_come_a_page_at_a_time_with_as_many_queries(signed_in):
    sent = []
    for number in (3, 60):
        date = make_over()
        for _ in range(number):
            answered(date, will_do="Ask sooner.")
        with counted() as asked:
            page = signed_in.get(url(date))
        sent.append(len(asked))
    assert sent[0] == sent[1]
    assert len(main(page).all(class_="app-said__one")) == 50
    assert "60 people wrote something" not in main(page).text
    assert "60 people, 1 to 50 shown" in main(page).text


def test_the_dates_of_a_course_come_a_page_at_a_time_with_as_many_queries(signed_in):
    first, sent = make_over(), []
    for number in (3, 60):
        for _ in range(number):
            answered(make_over(course=first.course), useful=4)
        with counted() as asked:
            page = signed_in.get(f"/organiser/courses/{first.course_id}/evaluation")
        sent.append(len(asked))
    assert sent[0] == sent[1] <= 13
    assert "63 dates, 1 to 50 shown" in main(page).text


@pytest.mark.parametrize("said", [True, False])
def test_that_certificates_wait_is_a_setting(as_administrator, db, said):
    days = {"register_days": "14", "joining_days": "3"}
    ticked = {"certificate_after_evaluation": "y"} if said else {}
    as_administrator.post("/organiser/settings/dates", data={**days, **ticked})

    assert db.session.scalars(select(Partnership)).one().certificate_after_evaluation is said
    field = "certificate_after_evaluation"
    page = as_administrator.get("/organiser/settings/dates")
    assert typed(page, field) is said
    assert title(page).startswith("Before and after a date")
    values = [row.text for row in main(as_administrator.get("/organiser/settings")).all("dd")]
    assert ("Yes" if said else "No") in values
