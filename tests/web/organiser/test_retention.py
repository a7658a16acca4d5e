import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.queries import counted
from tests.web.reading import main, wrong
from webapp.models import Partnership

KEEPING = "/organiser/settings/keeping"
NUMBERS = {
    "booking_years": "7",
    "access_needs_days": "14",
    "manager_days": "30",
    "evaluation_years": "1",
    "mail_days": "60",
    "audit_years": "3",
    "interest_years": "1",
    "news_days": "90",
    "attempt_days": "2",
}


def test_how_long_each_kind_is_kept_is_a_setting(as_administrator, db):
    assert as_administrator.post(KEEPING, data=NUMBERS).status_code == 302

    ours = db.session.scalars(select(Partnership)).one()
    assert {name: str(getattr(ours, name)) for name in NUMBERS} == NUMBERS


@pytest.mark.parametrize("name", NUMBERS)
def test_no_kind_is_kept_for_ever_or_for_less_than_makes_sense(as_administrator, name):
    for said in ("", "-1", "9999", "soon"):
        page = as_administrator.post(KEEPING, data={**NUMBERS, name: said})
        assert list(wrong(page)) == [name]


def test_the_administrator_sees_how_much_is_due_before_the_night(as_administrator, db):
    make_booking(make_date(starts_at=NOW.replace(year=2018)))

    page = as_administrator.get("/organiser/retention")
    rows = [[cell.text for cell in row.all("td")] for row in main(page).all("tr")[1:]]
    names = [row.one("th").text for row in main(page).all("tr")[1:]]
    due = dict(zip(names, rows, strict=True))
    assert due["Bookings"] == ["Kept for 6 years", "Due 1"]
    assert due["Mails"] == ["Kept for 30 days", "Due 0"]
    assert "It has not been done so far" in main(page).text


def test_the_page_asks_as_much_of_the_database_however_much_is_due(as_administrator, db):
    with counted() as few:
        as_administrator.get("/organiser/retention")
    date = make_date(starts_at=NOW.replace(year=2018), capacity=9)
    for _ in range(5):
        make_booking(date)
    with counted() as many:
        as_administrator.get("/organiser/retention")
    assert len(many) == len(few)
