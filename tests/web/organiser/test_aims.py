import pytest

from tests.makers import make_agency, make_booking, make_date, make_sector
from tests.web.reading import filled_in, main, typed, wrong
from webapp.db import db as database
from webapp.models import BookingState, Sector

URL = "/organiser/settings/aims"


@pytest.fixture
def sectors(db, partnership):
    return [make_sector(name=name) for name in ("Education", "Police")]


def aim(client, *numbers):
    sectors = database.session.query(Sector).order_by(Sector.position).all()
    typed_ = {f"sector-{one.id}": number for one, number in zip(sectors, numbers, strict=True)}
    return client.post(URL, data=filled_in(client.get(URL), **typed_))


def test_the_aims_are_percentages_that_every_date_is_seen_against(as_administrator, sectors):
    school, _ = sectors
    assert aim(as_administrator, "40", "").status_code == 302
    assert typed(as_administrator.get(URL), f"sector-{school.id}") == "40"

    date = make_date(capacity=5)
    make_booking(date, agency=make_agency(sector=school))
    page = main(as_administrator.get(f"/organiser/dates/{date.id}/attendees")).text
    assert "Mix of sectors" in page
    assert "Education 1 2 1 missing" in page


def test_together_they_are_no_more_than_all_there_is(as_administrator, sectors):
    answer = aim(as_administrator, "60", "41")
    field = f"sector-{sectors[0].id}"
    assert wrong(answer) == {field: "Together they are 101%, and there are only 100"}
    answer = aim(as_administrator, "101", "")
    assert wrong(answer) == {field: "The percentage for Education must be a number from 0 to 100"}


def test_who_is_asked_first_is_said_where_people_wait(signed_in, sectors):
    school, police = (make_agency(sector=one) for one in sectors)
    sectors[0].aim = 50
    date = make_date(capacity=2, prefers_missing=True)
    waits = {"state": BookingState.WAITING, "waiting_since": date.created_at}
    make_booking(date, agency=police)
    make_booking(date, agency=police)
    make_booking(date, agency=police, **waits)
    make_booking(date, agency=school, **waits)

    page = main(signed_in.get(f"/organiser/dates/{date.id}/attendees?state=waiting")).text
    assert "1st Education is below its aim" in page
    page = main(signed_in.get(f"/dates/{date.id}")).text
    assert "2 people wait, and we offer places first to sectors that are missing." in page
    assert "you would be" not in page
