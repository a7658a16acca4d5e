"""The page behind "Shall we release your place?": two buttons, whatever has happened since."""

from datetime import timedelta

import pytest

from tests import incoming as mails
from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds, partnership, settle_in
from tests.queries import by_state
from tests.web.reading import buttons, heading, links, main, read, title
from webapp import clock
from webapp.db import db as database
from webapp.models import BookingState, DateState
from webapp.services import bookings, replies
from webapp.services import links as private_links

ANN, BEN = "ann@agency.example", "ben@agency.example"


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def decline(booking, *, day=0, stamp="20250417T081500Z"):
    uid = sorted(booking.invites, key=lambda invite: invite.id)[day].uid
    replies.read(mails.answer(uid=uid, stamp=stamp), now=NOW)
    database.session.commit()


@pytest.fixture
def booking():
    """Ann's, whose calendar has declined; Ben waits."""
    date = make_date(capacity=1)
    booking = book(date)
    book(date, BEN)
    decline(booking)
    return booking


def page_of(booking):
    return f"/bookings/{private_links.booking_token(booking)}"


def press(client, booking, answer):
    """Press a button; what the booking's page then says in its banner and panel."""
    reply = client.post(f"{page_of(booking)}/reply", data={"answer": answer})
    assert reply.location == page_of(booking)
    page = client.get(reply.location)
    said = [banner.text for banner in main(page).all(class_="govuk-notification-banner__heading")]
    return said, main(page).one(class_="app-panel__state").text


def test_the_page_asks_and_says_what_each_button_does(client, booking):
    page = client.get(f"{page_of(booking)}/reply")
    assert heading(page) == "Shall we release your place?"
    assert title(page).startswith("Shall we release your place? – Safeguarding training – Anytown")
    assert buttons(page) == ["Release my place", "Keep my place"]
    words = main(page).text
    assert "Safeguarding basics" in words
    assert "Your calendar has told us that you decline. You still have your place." in words
    [back] = [link for link in read(page).all("a") if link.text == "Back to your booking"]
    assert back["href"] == page_of(booking)


def test_the_bookings_page_leads_to_the_question_while_it_is_open(client, booking):
    asks = {"release it or keep it": f"{page_of(booking)}/reply"}.items()
    assert asks <= links(client.get(page_of(booking))).items()
    press(client, booking, "keep")
    assert not asks & links(client.get(page_of(booking))).items()


def test_looking_changes_nothing(client, booking):
    before = kinds()
    for _ in range(2):
        assert client.get(f"{page_of(booking)}/reply").status_code == 200
    assert kinds() == before
    assert by_state(booking.course_date)[BookingState.CONFIRMED] == [ANN]


def test_a_place_released_goes_to_who_waits(client, booking):
    said, stands = press(client, booking, "release")
    assert said == ["Your place is released. Thank you for telling us. We have written to you."]
    assert stands == "You cancelled this booking"
    assert by_state(booking.course_date)[BookingState.OFFERED] == [BEN]
    assert kinds(ANN)[-1] == "booking_cancelled"


def test_a_place_kept_comes_back_into_the_diary(client, booking):
    said, stands = press(client, booking, "keep")
    assert said == ["You keep your place. We have sent you the calendar invitation again."]
    assert stands == "You have a place"
    assert kinds(ANN)[-1] == "booking_kept"
    assert by_state(booking.course_date)[BookingState.WAITING] == [BEN]


def test_a_button_pressed_twice_does_it_once(client, booking):
    press(client, booking, "keep")
    before = kinds()
    assert press(client, booking, "keep") == ([], "You have a place")
    assert client.get(f"{page_of(booking)}/reply").location == page_of(booking)
    assert kinds() == before

    press(client, booking, "release")
    before = kinds()
    assert press(client, booking, "release") == ([], "You cancelled this booking")
    assert press(client, booking, "keep") == ([], "You cancelled this booking")
    assert kinds() == before


def test_a_button_that_does_not_exist_does_nothing(client, booking):
    before = kinds()
    for answer in ("", "cancel"):
        assert press(client, booking, answer) == ([], "You have a place")
    assert kinds() == before


def test_where_nothing_was_declined_the_booking_says_how_it_stands(client):
    booking = book(make_date())
    assert client.get(f"{page_of(booking)}/reply").location == page_of(booking)


def test_after_cancelling_the_question_is_over(client, booking):
    bookings.cancel(booking, now=NOW)
    database.session.commit()
    assert client.get(f"{page_of(booking)}/reply").location == page_of(booking)
    before = kinds()
    assert press(client, booking, "keep") == ([], "You cancelled this booking")
    assert kinds() == before


@pytest.mark.parametrize("state", [DateState.POSTPONED, DateState.CANCELLED])
def test_while_the_date_is_off_the_question_is_over(client, booking, state):
    booking.course_date.state = state
    database.session.commit()
    assert client.get(f"{page_of(booking)}/reply").location == page_of(booking)
    before = kinds()
    assert press(client, booking, "keep")[0] == []
    assert kinds() == before


def test_once_it_has_begun_the_question_is_over(client, booking, monkeypatch):
    later = booking.course_date.starts_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(f"{page_of(booking)}/reply").location == page_of(booking)
    before = kinds()
    assert press(client, booking, "keep") == ([], "You have a place")
    said, stands = press(client, booking, "release")
    assert said == ["This date has already started, so it can no longer be cancelled here."]
    assert stands == "You have a place"
    assert kinds() == before


def test_a_no_to_one_of_two_days_names_the_day_and_what_the_place_is_for(client):
    start = NOW + timedelta(days=20)
    days = [(start + timedelta(days=n), start + timedelta(days=n, hours=3)) for n in (0, 7)]
    booking = book(make_date(starts_at=start, ends_at=days[-1][1], days=days))
    decline(booking, day=1)
    words = main(client.get(f"{page_of(booking)}/reply")).text
    assert "Day 2: Wednesday 14 May 2025, 9am to midday" in words
    assert "Day 1:" not in words
    assert "You still have your place, which is for both days." in words

    decline(booking, day=0)
    words = main(client.get(f"{page_of(booking)}/reply")).text
    assert "Your calendar has told us that you decline." in words


def test_the_page_is_private_and_ends_with_its_link(client, booking):
    path = f"{page_of(booking)}/reply"
    headers = client.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert client.get("/bookings/1-wrong/reply").status_code == 404
    booking.link_generation += 1
    database.session.commit()
    assert client.get(path).status_code == 410
    assert client.post(path, data={"answer": "release"}).status_code == 410
    assert booking.state is BookingState.CONFIRMED


def test_a_form_of_another_site_releases_nothing(house_with, booking):
    house = house_with(WTF_CSRF_ENABLED=True)
    path = f"{page_of(booking)}/reply"
    with house.app_context():
        answer = house.test_client().post(path, data={"answer": "release"})
    assert answer.status_code == 400
    assert by_state(booking.course_date)[BookingState.CONFIRMED] == [ANN]


def test_after_the_time_for_cancelling_the_release_asks_why(client, booking):
    partnership().cut_off_days = 14
    database.session.commit()
    page = client.get(f"{page_of(booking)}/reply")
    assert links(page)["Release my place"] == f"{page_of(booking)}/cancel"
    sent = client.post(f"{page_of(booking)}/reply", data={"answer": "release"})
    assert sent.location == f"{page_of(booking)}/cancel"
    assert booking.state is BookingState.CONFIRMED
