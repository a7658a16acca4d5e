"""What a line manager sees and can do by the link they were sent."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_course, make_date
from tests.people import book, settle_in
from tests.web.reading import heading, main, title
from webapp.models import Booking, BookingState, Ending
from webapp.services import links


@pytest.fixture
def booking(db):
    settle_in(managers_told_since=NOW - timedelta(days=1))
    date = make_date(course=make_course(objection_days=3))
    return book(
        date,
        access="A ramp",
        phone="01632 960777",
        manager_name="Max",
        manager_email="max@a.example",
    )


@pytest.fixture
def url(booking):
    return f"/managers/{links.manager_token(booking)}"


def now(db, booking):
    db.session.expire_all()
    return db.session.get(Booking, booking.id)


def test_the_page_asks_and_shows_nothing_but_who_and_when(client, url):
    page = client.get(url)
    assert heading(page) == "Can they be spared?"
    text = main(page).text
    assert "Ann Example has a place on this date" in text
    for own in ("ramp", "960777", "ann@agency.example", "max@a.example"):
        assert own not in text
    assert "noindex" in page.headers.get("X-Robots-Tag", "")


def test_following_the_link_changes_nothing_and_pressing_the_button_lets_the_place_go(
    db, client, url, booking
):
    client.get(url)
    assert now(db, booking).state is BookingState.CONFIRMED
    answer = client.post(url, data={"reason": "We are two short."})
    assert answer.status_code == 302
    assert now(db, booking).ending is Ending.BY_MANAGER
    page = client.get(url)
    assert "We have let the place go and written to them." in page.text
    assert "You have told us already" in main(page).text
    assert not main(page).all("form")


def test_too_long_a_reason_is_said_beside_it_and_kept(db, client, url, booking):
    page = client.post(url, data={"reason": "x" * 1001})
    assert title(page).startswith("Error: ")
    assert "x" * 1001 in page.text
    assert now(db, booking).state is BookingState.CONFIRMED


def test_once_it_is_over_the_page_says_so_and_the_button_does_nothing(
    db, client, url, booking, monkeypatch
):
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(days=10))
    assert "The time to object is over." in main(client.get(url)).text
    assert client.post(url).status_code == 409
    assert now(db, booking).state is BookingState.CONFIRMED


def test_the_link_opens_nothing_else(client, url, booking):
    token = links.manager_token(booking)
    assert client.get(f"/bookings/{token}").status_code == 404
    assert client.get(f"/managers/{links.booking_token(booking)}").status_code == 404
    assert client.get(url[:-2] + "xx").status_code == 404


def test_the_person_reads_who_let_it_go_and_can_book_again(client, url, booking):
    client.post(url, data={"reason": "We are two short."})
    page = client.get(f"/bookings/{links.booking_token(booking)}")
    assert "Your line manager has told us that you cannot go" in main(page).text
    assert "The reason given: We are two short." in main(page).text
    assert "Book again" in main(page).text
