from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date
from tests.web.reading import main, read, title
from webapp.models import AuditLine, CourseDate, DateState

URL = "/organiser/programme/copy"


def drafts(db):
    return db.session.scalars(select(CourseDate).where(CourseDate.state == DateState.DRAFT)).all()


def said_wrong(response):
    """By the box each sentence leads to, which must be there."""
    assert title(response).startswith("Error: ")
    page = read(response)
    links = page.one(class_="govuk-error-summary").all("a")
    found = {link["href"].removeprefix("#"): link.text for link in links}
    assert all(page.one(id=key).name == "input" for key in found)
    return found


def test_the_last_twelve_months_are_shown_at_first_and_all_are_ticked(signed_in, db):
    ids = [make_date(starts_at=NOW - timedelta(days=days)).id for days in (10, 300)]
    make_date(starts_at=NOW - timedelta(days=400))
    make_date()
    page = signed_in.get(URL)
    boxes = main(page).all("input", type="checkbox")
    assert {int(box["value"]) for box in boxes if "checked" in box.attributes} == set(ids)
    assert len(boxes) == 2


def test_another_period_is_asked_for_in_the_address(signed_in, db):
    make_date(starts_at=NOW - timedelta(days=400))
    asked = "?first=1&first=3&first=2024&last=30&last=april&last=2024"
    assert len(main(signed_in.get(URL + asked)).all("input", type="checkbox")) == 1
    asked = "?first=1&first=3&first=2023&last=30&last=4&last=2023"
    assert "Nothing was held from Wednesday 1 March 2023" in main(signed_in.get(URL + asked)).text


def test_a_period_that_cannot_be_is_said(signed_in):
    asked = "?first=1&first=3&first=2024&last=30&last=2&last=2024"
    assert said_wrong(signed_in.get(URL + asked)) == {
        "last-day": "To must be a real date, such as 21 5 2025"
    }
    asked = "?first=2&first=3&first=2024&last=1&last=3&last=2024"
    assert said_wrong(signed_in.get(URL + asked)) == {"last-day": "To must not be before From"}


def test_those_ticked_become_drafts_and_are_not_offered_again(signed_in, db):
    one = make_date(starts_at=NOW - timedelta(days=10))
    two = make_date(starts_at=NOW - timedelta(days=9))
    page = signed_in.get(URL)
    sent = {"date": str(one.id)}

    forms = main(page).all("form", method="post")
    assert len(forms) == 1
    answer = signed_in.post(URL, data=sent)

    assert answer.location == "/organiser/dates/drafts"
    [made] = drafts(db)
    assert made.starts_at == one.starts_at + timedelta(weeks=52)
    assert made.course_id == one.course_id
    shown = signed_in.get(answer.location)
    assert "1 draft made." in main(shown).text
    rows = [row.text for row in main(signed_in.get(URL)).one("tbody").all("tr")]
    assert rows[0].startswith("There already")
    assert not rows[1].startswith("There already")
    assert two.starts_at + timedelta(weeks=52) not in [d.starts_at for d in drafts(db)]
    assert db.session.scalars(select(AuditLine.action)).all() == ["added a date"]

    again = signed_in.get(signed_in.post(URL, data=sent).location)
    assert "Nothing was copied" in main(again).text
    assert len(drafts(db)) == 1


def test_an_easter_monday_is_said_before_it_is_copied(signed_in):
    make_date(starts_at=datetime(2025, 4, 7, 9, tzinfo=UTC))  # an ordinary Monday
    page = main(signed_in.get("/organiser/programme/copy")).text
    assert "Monday 6 April 2026 is a bank holiday: Easter Monday." in page


def test_nothing_ticked_nothing_copied(signed_in, db):
    make_date(starts_at=NOW - timedelta(days=10))
    answer = signed_in.post(URL, data={"date": "x"})
    assert answer.location == URL
    assert drafts(db) == []
