from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_many_dates,
    make_postponed_date,
    make_sector,
)
from tests.queries import counted
from tests.web.reading import buttons, filled_in, heading, links, main, typed, wrong
from webapp.models import AuditLine, Course, CourseDate, DateState, Kind
from webapp.services import courses

TYPED = {
    "kind": "course",
    "title": "Working with fathers",
    "summary": "How to bring fathers in.",
    "outline": "Why it matters.\r\n\r\nHow to do it.",
    "audience": "Everybody who works with families.",
}


def the_course(db):
    db.session.rollback()
    return db.session.scalars(select(Course).order_by(Course.id.desc()).limit(1)).one()


def actions(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def test_the_list_has_all_courses_by_title_with_their_dates(signed_in, db):
    beta, alpha = make_course(title="Beta"), make_course(title="Alpha", is_published=False)
    make_date(course=beta)
    make_date(course=beta, starts_at=NOW.replace(year=2024))
    make_date(course=alpha, state=DateState.DRAFT)
    make_interest(beta)

    rows = [row.text for row in main(signed_in.get("/organiser/courses")).all("tr")]
    assert rows[1:] == [
        "Alpha Not published Kind Course Coming – Drafts 1 Interested –",
        "Beta Kind Course Coming 1 Drafts – Interested 1 interested in Beta",
    ]
    assert "Dates that are not published (1)" in links(signed_in.get("/organiser/courses"))


def test_courses_are_found_by_a_part_of_the_title(signed_in, db):
    make_course(title="Neglect"), make_course(title="Cultural competency")
    page = main(signed_in.get("/organiser/courses?q=CULTURAL"))
    assert "Cultural competency" in page.text
    assert "Neglect" not in page.text
    assert "No course has this" in main(signed_in.get("/organiser/courses?q=50%25")).text


def test_without_courses_the_page_says_so(signed_in):
    assert "There is no course so far." in main(signed_in.get("/organiser/courses")).text


def test_lists_ask_as_little_of_many_rows_as_of_few(signed_in, db):
    def asked(url):
        db.session.expire_all()
        with counted() as sent:
            signed_in.get(url)
        return len(sent)

    fill(db, range(3))
    [date, *_] = make_many_dates(3)
    urls = ("/organiser/courses", f"/organiser/courses/{date.course_id}")
    few = [asked(url) for url in urls]
    fill(db, range(3, 63))
    for one in make_many_dates(60):
        one.course_id = date.course_id
    db.session.commit()
    assert [asked(url) for url in urls] == few


def fill(db, numbers):
    """A course for each number, written at once."""
    for number in numbers:
        courses.add(
            courses.About(
                kind=Kind.COURSE,
                title=f"Many {number}",
                short_title="Many",
                summary="One of many.",
                outline="Much.",
                audience="Many.",
            ),
            now=NOW,
        )
    db.session.commit()


def test_a_new_course_is_a_draft_that_visitors_do_not_see(signed_in, client, db):
    health = make_sector(name="Health")
    more = {
        "outcomes": "Know why\r\n\r\n Know  how ",
        "topics": "fathers",
        "level": "Level 2",
        "sectors": [str(health.id), "999"],
    }
    answer = signed_in.post("/organiser/courses/new", data=TYPED | more)

    made = the_course(db)
    assert answer.location == f"/organiser/courses/{made.id}"
    assert (made.slug, made.short_title) == ("working-with-fathers", "Working with fathers")
    assert (made.outcomes, made.topics) == (["Know why", "Know how"], ["fathers"])
    assert (made.level, made.sectors, made.is_published) == ("Level 2", [health], False)
    assert client.get(f"/courses/{made.slug}").status_code == 404
    assert actions(db) == ["added a course"]


def test_what_lacks_is_said_and_what_was_typed_stays(signed_in, db):
    answer = signed_in.post("/organiser/courses/new", data={"title": "Fathers", "kind": "x"})
    assert wrong(answer) == {
        "kind": "Choose the kind",
        "summary": "Enter a summary",
        "outline": "Enter an outline",
        "audience": "Enter who it is for",
    }
    assert typed(answer, "title") == "Fathers"
    assert db.session.scalars(select(Course)).all() == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "Enter the address of the e-learning"),
        ("x", "Address of the e-learning must be an address that begins with https://"),
    ],
)
def test_e_learning_needs_its_address(signed_in, link, said):
    sent = TYPED | {"kind": "e-learning", "link": link}
    assert wrong(signed_in.post("/organiser/courses/new", data=sent)) == {"link": said}


def test_the_address_of_what_is_no_e_learning_is_not_asked(signed_in, db):
    signed_in.post("/organiser/courses/new", data=TYPED | {"link": "nonsense"})
    assert the_course(db).link is None


def test_a_course_is_changed_and_keeps_its_address(signed_in, db):
    course = make_course(demonstration_values=["outline"], announced_on=NOW.date())
    url = f"/organiser/courses/{course.id}/edit"
    page = signed_in.get(url)
    assert typed(page, "outcomes") == "Know whom to tell"
    assert "Demonstration value" in main(page).text

    answer = signed_in.post(url, data=filled_in(page, title="Safeguarding for all", cost="£10"))

    was, changed = course.slug, the_course(db)
    assert answer.location == f"/organiser/courses/{course.id}"
    assert (changed.title, changed.cost, changed.slug) == ("Safeguarding for all", "£10", was)
    assert (changed.demonstration_values, changed.announced_on) == ([], NOW.date())
    assert changed.updated_at == NOW
    assert actions(db) == ["changed a course"]


def test_a_course_tells_people_in_the_order_they_asked_once_that_is_ticked(signed_in, db):
    url = f"/organiser/courses/{make_course().id}/edit"
    for ticked in (True, False):
        data = filled_in(signed_in.get(url)) | ({"tells_in_order": "y"} if ticked else {})
        if not ticked:
            del data["tells_in_order"]
        signed_in.post(url, data=data)
        assert the_course(db).tells_in_order is ticked


def test_saving_a_course_as_it_stands_changes_none_of_its_words(signed_in, db):
    sectors = [make_sector(), make_sector()]
    course = make_course(outline="One.\n\nTwo.", outcomes=["a", "b"], level="2", sectors=sectors)
    url = f"/organiser/courses/{course.id}/edit"
    names = ("kind", "title", "short_title", "summary", "outline", "audience", "outcomes", "topics")
    before = {name: getattr(course, name) for name in (*names, "level", "cost", "link")}
    signed_in.post(url, data=filled_in(signed_in.get(url)))
    after = the_course(db)
    assert {name: getattr(after, name) for name in before} == before
    assert {sector.id for sector in after.sectors} == {sector.id for sector in sectors}


@pytest.mark.parametrize("title", ["Neglect", "Neglect, and how to tell it from poverty " * 3])
def test_a_course_without_a_short_title_of_its_own_keeps_its_title_for_mails(signed_in, db, title):
    course = make_course(title=title, short_title=title)
    for what in ("edit", "copy"):
        url = f"/organiser/courses/{course.id}/{what}"
        page = signed_in.get(url)
        assert typed(page, "short_title") == ""
        signed_in.post(url, data=filled_in(page, title="Neglect in the early years"))
        assert the_course(db).short_title == "Neglect in the early years"


def test_a_copy_of_a_course_begins_with_its_words_and_without_its_dates(signed_in, db):
    source = make_course(title="Neglect", outcomes=["See it"])
    make_date(course=source)
    url = f"/organiser/courses/{source.id}/copy"
    page = signed_in.get(url)
    assert heading(page) == "Copy a course"

    signed_in.post(url, data=filled_in(page, title="Neglect in the early years"))

    made = the_course(db)
    assert made.id != source.id
    assert (made.title, made.outcomes, made.dates) == (
        "Neglect in the early years",
        ["See it"],
        [],
    )
    assert not made.is_published


def test_a_course_is_published_and_withdrawn_by_a_button(signed_in, client, db):
    course = make_course(is_published=False)
    url = f"/organiser/courses/{course.id}"
    assert "Publish the course" in buttons(signed_in.get(url))
    signed_in.post(f"{url}/publish")
    assert client.get(f"/courses/{course.slug}").status_code == 200
    assert "Withdraw the course" in buttons(signed_in.get(url))
    signed_in.post(f"{url}/withdraw")
    assert client.get(f"/courses/{course.slug}").status_code == 404
    assert actions(db) == ["published a course", "withdrew a course"]


@pytest.mark.parametrize("make", [make_date, make_postponed_date])
def test_a_course_that_people_are_to_come_to_is_not_withdrawn(signed_in, db, make):
    date = make()
    make_booking(date)
    url = f"/organiser/courses/{date.course_id}"
    assert "People have booked a date of it" in main(signed_in.get(url)).text
    answer = signed_in.get(signed_in.post(f"{url}/withdraw").location)
    assert main(answer).text.count("People have booked a date of it") == 2
    assert the_course(db).is_published
    assert actions(db) == []


def test_a_course_says_the_state_of_each_date_and_what_can_be_done(signed_in, db):
    course = make_course()
    make_interest(course)
    make_date(course=course, state=DateState.DRAFT)
    make_postponed_date(course=course)
    over = make_date(course=course, starts_at=NOW.replace(year=2024))
    make_booking(make_date(course=course))
    make_date(course=course, state=DateState.CANCELLED)

    page = signed_in.get(f"/organiser/courses/{course.id}")
    rows = [row.text for row in main(page).all("tr")][1:]
    assert len(rows) == 5
    assert "Postponed" in rows[0]
    assert any("State Draft" in row and "Publish" in row for row in rows)
    assert "Withdraw" not in " ".join(rows)
    assert "Who registered interest (1)" in links(page)
    [past] = [row for row in rows if "2024" in row]
    assert "Over" in past
    assert "Change" not in past
    assert f"/organiser/dates/{over.id}/copy" in links(page).values()


def test_e_learning_has_no_dates(signed_in, db):
    course = make_course(kind=Kind.E_LEARNING, link="https://learn.example/x")
    page = signed_in.get(f"/organiser/courses/{course.id}")
    assert "it has no dates" in main(page).text
    assert "Add a date" not in links(page)
    assert signed_in.get(f"/organiser/courses/{course.id}/dates/new").status_code == 409
    assert db.session.scalars(select(CourseDate)).all() == []


@pytest.mark.parametrize("path", ["", "/edit", "/copy", "/dates/new"])
def test_a_course_that_is_not_there_is_not_found(signed_in, path):
    assert signed_in.get(f"/organiser/courses/999{path}").status_code == 404


def test_a_form_left_open_does_not_undo_what_a_colleague_saved(signed_in, db, monkeypatch):
    course = make_course()
    url = f"/organiser/courses/{course.id}/edit"
    left_open = filled_in(signed_in.get(url), cost="£10")
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(minutes=5))
    signed_in.post(url, data=filled_in(signed_in.get(url), title="Neglect"))

    answer = signed_in.post(url, data=left_open)

    assert "Somebody has changed this course" in main(answer).text
    assert typed(answer, "cost") == "£10"
    assert (the_course(db).title, the_course(db).cost) == ("Neglect", None)
    signed_in.post(url, data=filled_in(answer))
    assert the_course(db).cost == "£10"


def test_a_course_with_dates_does_not_become_e_learning(signed_in, db):
    course = make_date().course
    url = f"/organiser/courses/{course.id}/edit"
    sent = filled_in(signed_in.get(url), kind="e-learning", link="https://learn.example")
    answer = signed_in.post(url, data=sent)
    assert wrong(answer) == {"kind": "This course has dates, so it cannot be e-learning."}
    assert the_course(db).kind is Kind.COURSE
