from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.files import PDF
from tests.makers import make_booking, make_date, make_partnership, save
from tests.web.reading import links, main
from webapp.models import BookingState, DateState, Ending
from webapp.services import handouts
from webapp.services import links as private


@pytest.fixture
def date(db):
    make_partnership()
    return make_date()


@pytest.fixture
def handout(db, date):
    made = handouts.add(date, "Slides.pdf", PDF, now=NOW)
    db.session.commit()
    return made


def page_of(booking):
    return f"/bookings/{private.booking_token(booking)}"


@pytest.mark.parametrize("days", [14, -14])
def test_whoever_has_a_place_has_the_files_before_the_date_and_after_it(client, db, days):
    make_partnership()
    date = make_date(starts_at=NOW + timedelta(days=days))
    handouts.add(date, "Slides.pdf", PDF, now=NOW)
    booking = make_booking(date)
    page = client.get(page_of(booking))
    file = client.get(links(page)["Slides.pdf"])
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    assert file.headers["Content-Disposition"] == "attachment; filename=Slides.pdf"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "standing",
    [
        {"state": BookingState.WAITING},
        {"state": BookingState.OFFERED, "offered_until": NOW + timedelta(days=1)},
        {"state": BookingState.CANCELLED, "ending": Ending.BY_PRACTITIONER, "cancelled_at": NOW},
    ],
)
def test_whoever_has_no_place_has_no_files(client, date, handout, standing):
    booking = make_booking(date, **standing)
    assert "Slides" not in main(client.get(page_of(booking))).text
    assert client.get(f"{page_of(booking)}/handouts/{handout.id}").status_code == 404


def test_a_cancelled_date_gives_no_files(client, date, handout):
    booking = make_booking(date)
    date.state = DateState.CANCELLED
    save(date)
    assert client.get(f"{page_of(booking)}/handouts/{handout.id}").status_code == 404


def test_a_booking_opens_the_files_of_its_own_date_alone(client, handout):
    booking = make_booking(make_date())
    assert "Slides" not in main(client.get(page_of(booking))).text
    assert client.get(f"{page_of(booking)}/handouts/{handout.id}").status_code == 404
    assert client.get(f"{page_of(booking)}/handouts/{10**20}").status_code == 404


def test_a_link_that_was_ended_gives_no_files(client, date, handout):
    booking = make_booking(date)
    address = f"{page_of(booking)}/handouts/{handout.id}"
    booking.link_generation += 1
    save(booking)
    assert client.get(address).status_code == 410


def test_the_page_for_visitors_does_not_speak_of_the_files(client, date, handout):
    assert "Slides" not in main(client.get(f"/dates/{date.id}")).text
