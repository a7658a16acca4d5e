from datetime import timedelta

from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_course, make_date, make_terms
from tests.web.reading import buttons, filled_in, main, typed, wrong
from webapp.models import AuditLine, CourseDate, DateState


def pair(capacity=5):
    course = make_course()
    date = make_date(course=course)
    return date, make_date(course=course, capacity=capacity, starts_at=NOW + timedelta(days=20))


def url(date):
    return f"/organiser/dates/{date.id}/merge"


def test_the_page_says_who_goes_where_and_one_button_does_it(signed_in, db):
    make_terms(), make_agency("Anytown Council")
    date, into = pair()
    people.book(date)

    page = signed_in.get(url(date))
    assert "1 person with a place or an offer here has a place on the date" in main(page).text
    assert "5 places left" in main(page).text
    assert "Merge the dates and write to 1 person" in buttons(page)
    answer = signed_in.post(url(date), data=filled_in(page, into=str(into.id), reason="Snow."))

    assert answer.location == f"/organiser/dates/{into.id}/attendees"
    assert "1 person came over and has a place here." in main(signed_in.get(answer.location)).text
    assert db.session.get(CourseDate, date.id).state is DateState.CANCELLED
    actions = select(AuditLine.action, AuditLine.course_date_id).order_by(AuditLine.id)
    assert db.session.execute(actions).all()[:2] == [
        ("merged a date into another", date.id),
        ("merged a date into this one", into.id),
    ]


def test_what_does_not_fit_is_said_and_what_was_typed_stays(signed_in, db):
    make_terms(), make_agency("Anytown Council")
    date, into = pair(capacity=1)
    people.book(date)
    people.book(into, "bob@agency.example")
    answer = signed_in.post(url(date), data={"into": into.id, "reason": "Snow."})
    assert "Give it more places first." in wrong(answer)["into"]
    assert typed(answer, "reason") == "Snow."
    assert db.session.get(CourseDate, date.id).state is DateState.PUBLISHED
    assert wrong(signed_in.post(url(date), data={})) == {"into": "Choose the date"}


def test_without_another_date_there_is_no_button(signed_in):
    page = signed_in.get(url(make_date()))
    assert "There is no other date of this course" in main(page).text
    assert buttons(page) == []


def test_what_is_over_is_not_merged(signed_in):
    answer = signed_in.get(url(make_date(starts_at=NOW - timedelta(days=3))))
    assert answer.status_code == 409
    assert "already started" in main(answer).text
