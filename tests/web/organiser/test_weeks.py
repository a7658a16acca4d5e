from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_many_dates,
    make_week,
    save,
)
from tests.queries import counted
from tests.web.reading import filled_in, heading, links, main, typed, wrong
from webapp.models import AuditLine, DateState, Week

FIRST = NOW + timedelta(days=14, hours=1)
SENT = {
    "title": "Safeguarding Week 2025",
    "about": "Short sessions.",
    "first_day": ["1", "5", "2025"],
    "last_day": ["5", "5", "2025"],
}


def actions(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def test_weeks_are_listed_the_latest_first_with_how_they_stand(signed_in):
    make_week(title="Last year", days=(date(2024, 5, 6), date(2024, 5, 6)))
    make_week(title="This year", is_published=False)

    assert [row.text for row in main(signed_in.get("/organiser/weeks")).all("li")][-2:] == [
        "This year, Thursday 1 May 2025 Not published Thursday 1 May 2025 to Monday 5 May 2025",
        "Last year, Monday 6 May 2024 Over Monday 6 May 2024",
    ]


def test_without_a_week_the_page_says_so_and_courses_lead_there(signed_in):
    assert "There is no Week so far." in main(signed_in.get("/organiser/weeks")).text
    assert links(signed_in.get("/organiser/courses"))["Weeks of short sessions"]


def test_a_week_is_made_as_a_draft_and_then_published_and_withdrawn(signed_in, db):
    answer = signed_in.post("/organiser/weeks/new", data=SENT)

    week = db.session.scalars(select(Week)).one()
    assert answer.location == f"/organiser/weeks/{week.id}"
    assert (week.slug, week.title, week.about) == (
        "safeguarding-week-2025",
        "Safeguarding Week 2025",
        "Short sessions.",
    )
    assert (week.first_day, week.last_day) == (date(2025, 5, 1), date(2025, 5, 5))
    assert "Not published" in main(signed_in.get(answer.location)).text
    assert signed_in.get("/weeks/safeguarding-week-2025").status_code == 404

    signed_in.post(f"{answer.location}/publish")
    page = signed_in.get(answer.location)
    assert links(page)["Page for visitors"] == "/weeks/safeguarding-week-2025"
    assert signed_in.get("/weeks/safeguarding-week-2025").status_code == 200

    signed_in.post(f"{answer.location}/withdraw")
    assert signed_in.get("/weeks/safeguarding-week-2025").status_code == 404
    assert actions(db) == ["made a Week", "published a Week", "withdrew a Week"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Enter a title"),
        ("about", " ", "Say in a few words what it is"),
        ("first_day", [""], "Enter the first day"),
        ("last_day", [""], "Enter the last day"),
        ("first_day", ["31", "2", "2025"], "First day must be a real date, such as 21 5 2025"),
        ("last_day", ["30", "4", "2025"], "The last day must not be before the first"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(signed_in, db, field, value, sentence):
    page = signed_in.post("/organiser/weeks/new", data={**SENT, field: value})

    if field.endswith("day"):
        assert main(page).one(id=f"{field}-error").text == f"Error: {sentence}"
    else:
        assert wrong(page) == {field: sentence}
    if field != "title":
        assert typed(page, "title") == "Safeguarding Week 2025"
    assert db.session.scalars(select(Week)).all() == []


def test_its_page_shows_how_each_session_is_booked(signed_in):
    week = make_week()
    first = make_date(course=make_course(title="Neglect"))
    ann = make_booking(first).practitioner
    make_booking(make_date(starts_at=FIRST + timedelta(days=1)), practitioner=ann)
    make_date(course=make_course(title="A draft"), state=DateState.DRAFT)
    out = make_date(course=make_course(title="Left out"))
    make_booking(out)
    week.left_out = [out]
    save(week)

    page = signed_in.get(f"/organiser/weeks/{week.id}")

    assert heading(page) == "Safeguarding Week"
    said = main(page).text
    assert "3 sessions, and 1 date of these days left out." in said
    assert "1 person has booked here: 2 places, 0 waiting." in said
    rows = [row.text for row in main(page).one("tbody").all("tr")]
    assert any("Neglect" in row and "1 of 2 confirmed" in row for row in rows)
    assert any("A draft" in row and "Draft" in row for row in rows)
    assert not any("Left out" in row for row in rows)


def test_what_is_unticked_is_left_out_and_what_comes_later_belongs(signed_in, db):
    week = make_week()
    stays, goes = make_date(), make_date()
    path = f"/organiser/weeks/{week.id}/edit"
    page = signed_in.get(path)
    assert typed(page, "title") == "Safeguarding Week"
    make_date()  # added by somebody else, and on no page so far

    sent = filled_in(page, title="Another title") | {
        "listed": [stays.id, goes.id],
        "date": [stays.id],
    }
    answer = signed_in.post(path, data=sent)

    assert answer.location == f"/organiser/weeks/{week.id}"
    assert week.title == "Another title"
    assert week.left_out == [goes]
    assert actions(db) == ["changed a Week"]

    boxes = main(signed_in.get(path)).all("input", class_="govuk-checkboxes__input")
    assert ["checked" in box.attributes for box in boxes] == [True, False, True]


def test_what_was_left_out_stays_so_when_the_days_are_others_for_a_while(signed_in, db):
    week, out = make_week(), make_date()
    week.left_out = [out]
    save(week)
    path = f"/organiser/weeks/{week.id}/edit"
    for days in (["8", "9"], ["1", "5"]):
        sent = {**SENT, "first_day": [days[0], "5", "2025"], "last_day": [days[1], "5", "2025"]}
        listed = [out.id] if week.first_day == date(2025, 5, 1) else []
        signed_in.post(path, data={**sent, "listed": listed})

    assert (week.first_day, week.left_out) == (date(2025, 5, 1), [out])


def test_a_form_that_is_refused_keeps_the_ticks(signed_in, db):
    week, one, other = make_week(), make_date(), make_date()
    sent = {**SENT, "title": "", "listed": [one.id, other.id], "date": [other.id]}

    page = signed_in.post(f"/organiser/weeks/{week.id}/edit", data=sent)

    assert list(wrong(page)) == ["title"]
    boxes = main(page).all("input", class_="govuk-checkboxes__input")
    assert ["checked" in box.attributes for box in boxes] == [False, True]
    assert week.left_out == []


def test_a_change_can_be_undone_for_a_minute(signed_in, db):
    week, out = make_week(title="As it was"), make_date()
    path = f"/organiser/weeks/{week.id}"
    answer = signed_in.post(f"{path}/edit", data={**SENT, "listed": [out.id]})
    assert week.left_out == [out]
    undo = main(signed_in.get(answer.location)).one("form", class_="app-undo-change")

    signed_in.post(undo["action"])

    assert (week.title, week.left_out) == ("As it was", [])
    assert (week.first_day, week.last_day) == (date(2025, 5, 1), date(2025, 5, 5))
    assert actions(db) == ["changed a Week", "undid: changed a Week"]

    signed_in.post(f"{path}/withdraw")
    undo = main(signed_in.get(path)).one("form", class_="app-undo-change")
    signed_in.post(undo["action"])
    assert week.is_published


@pytest.mark.parametrize("page", ["", "/edit"])
def test_a_week_of_many_sessions_costs_as_many_queries_as_one_of_few(signed_in, db, page):
    week = make_week()

    def asked():
        db.session.expire_all()
        with counted() as sent:
            signed_in.get(f"/organiser/weeks/{week.id}{page}")
        return len(sent)

    week_id = week.id
    make_many_dates(3, first=FIRST, apart=timedelta(hours=1))
    few = asked()
    make_many_dates(62, first=FIRST, apart=timedelta(hours=1))
    assert asked() == few
    assert week_id == week.id
