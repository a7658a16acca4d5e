import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_sector, make_terms
from tests.web.reading import filled_in, main, typed, wrong
from webapp.db import db as database
from webapp.models import AuditLine, CourseDate
from webapp.services import partnership


@pytest.fixture
def schools(db, partnership):
    return make_sector(name="Education")


def url(date):
    return f"/organiser/dates/{date.id}/held-places"


def hold(signed_in, date, **typed):
    return signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), **typed))


def test_places_are_held_for_a_sector_until_some_days_before(signed_in, schools):
    date = make_date(capacity=10)
    page = signed_in.get(url(date))
    assert typed(page, "held_days") == "14"

    answer = hold(signed_in, date, **{f"sector-{schools.id}": "4", "held_days": "5"})
    assert answer.status_code == 302
    page = main(signed_in.get(answer.location)).text
    said = "Held for sectors until 9am on Saturday 26 April 2025: 4 for Education (none taken)."
    assert said in page
    assert "6 places left; 4 more kept for Education until 26 April" in page
    assert "4 for Education" in main(signed_in.get(url(date))).text
    line = database.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    assert "held places for sectors" in {one.action for one in line}


def test_more_than_there_are_is_said_at_its_field_and_what_was_typed_stays(signed_in, schools):
    date = make_date(capacity=3)
    answer = hold(signed_in, date, **{f"sector-{schools.id}": "4"})

    assert wrong(answer) == {
        f"sector-{schools.id}": "4 places would be held, and the date has 3 places."
    }
    assert typed(answer, f"sector-{schools.id}") == "4"
    answer = hold(signed_in, date, **{f"sector-{schools.id}": "many", "held_days": "x"})
    assert wrong(answer) == {
        f"sector-{schools.id}": "Places for Education must be a number from 0 to 10,000",
        "held_days": "Days before a date when places held for sectors are open to all must be a"
        " number from 0 to 365",
    }


def test_nothing_is_held_of_a_date_that_has_begun(signed_in, schools):
    assert signed_in.get(url(make_date(starts_at=NOW))).status_code == 409


def test_visitors_read_who_can_book(client, schools):
    make_terms()
    agency = make_agency("The police", sector=make_sector(name="Police"))
    date = make_date(capacity=2, held_days=7)
    date.held = [(schools.id, 1)]
    database.session.commit()
    page = main(client.get(f"/dates/{date.id}")).text
    assert "1 place left; 1 more kept for Education until 24 April" in page

    make_booking(date, agency=agency)
    page = main(client.get(f"/dates/{date.id}")).text
    assert "1 place left, kept for Education until 24 April" in page
    assert "If you work in Education, you can book now." in page
    assert "Book or join the waiting list" in page
    assert "anybody else joins the waiting list" in main(client.get(f"/dates/{date.id}/book")).text


def test_the_days_are_a_setting(as_administrator, schools):
    page = as_administrator.get("/organiser/settings/sectors")
    as_administrator.post("/organiser/settings/sectors", data=filled_in(page, held_days="21"))
    database.session.rollback()

    assert partnership.get().held_days == 21
    assert typed(as_administrator.get(url(make_date())), "held_days") == "21"
    assert database.session.scalars(select(CourseDate)).one().held_days is None
