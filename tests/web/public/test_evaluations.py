"""The form that asks what a training was like, behind its own link."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_evaluation, make_partnership
from tests.web.reading import filled_in, heading, links, main, title, typed, wrong
from webapp import clock
from webapp.models import Attendance, Evaluation, Partnership
from webapp.services import certificates
from webapp.services import links as private_links

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWERS = {"useful": "5", "confident_before": "2", "confident_after": "4"}


@pytest.fixture
def booking(db):
    make_partnership()
    date = make_date(starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR)
    return make_booking(date, attendance=Attendance.ATTENDED, marked_at=NOW)


@pytest.fixture
def url(booking):
    return f"/evaluations/{private_links.evaluation_token(booking)}"


def given(db):
    db.session.expire_all()
    return db.session.scalars(select(Evaluation)).all()


def test_the_form_asks_five_things_and_says_who_sees_the_answers(client, url):
    page = client.get(url)
    assert title(page).startswith("What was it like? – ")
    assert [legend.text for legend in main(page).all("legend")] == [
        "How useful is it for your work?",
        "How confident were you in this subject before?",
        "And how confident are you now?",
    ]
    assert len(main(page).all("textarea")) == 2
    assert "without your name" in main(page).text
    assert "certificate" not in main(page).text


def test_the_page_is_not_found_by_search_engines_and_names_nobody(client, url, booking):
    page = client.get(url)
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert page.headers["Cache-Control"] == "no-store"
    assert booking.name not in page.text
    assert booking.email not in page.text


def test_what_is_sent_is_kept_and_thanked_for(client, db, url):
    said = {**ANSWERS, "will_do": " Ask sooner. ", "comment": ""}
    answer = client.post(url, data=said)
    assert answer.location.endswith(f"{url}/thanks")

    [one] = given(db)
    assert (one.useful, one.confident_before, one.confident_after) == (5, 2, 4)
    assert (one.will_do, one.comment) == ("Ask sooner.", None)
    page = client.get(answer.location)
    assert heading(page) == "Thank you for your answers"
    assert links(page)["change them"] == url


def test_a_form_sent_twice_is_one_answer(client, db, url):
    for _ in range(2):
        client.post(url, data=ANSWERS)
    assert len(given(db)) == 1


def test_the_three_choices_have_to_be_made_and_what_was_typed_is_kept(client, db, url):
    page = client.post(url, data={"useful": "5", "comment": "More time."})
    assert wrong(page) == {
        "confident_before": "Choose how confident you were before",
        "confident_after": "Choose how confident you are now",
    }
    assert typed(page, "comment") == "More time."
    assert filled_in(page)["useful"] == ["5"]
    assert given(db) == []


@pytest.mark.parametrize("useful", ["0", "6", "x", "5.0"])
def test_other_points_than_one_to_five_are_refused(client, db, url, useful):
    page = client.post(url, data={**ANSWERS, "useful": useful})
    assert wrong(page) == {"useful": "Choose how useful it is"}
    assert given(db) == []


def test_words_without_end_are_refused(client, url):
    page = client.post(url, data={**ANSWERS, "comment": "x" * 2001})
    assert wrong(page)["comment"].endswith("must be 2,000 characters or fewer")


def test_answers_are_shown_again_to_be_changed(client, db, url, booking):
    make_evaluation(booking, 3, 2, 5, will_do="Ask sooner.")
    page = client.get(url)
    assert "You can change them until 9am on Saturday 17 May 2025" in main(page).text
    client.post(url, data=filled_in(page, useful="1"))

    [one] = given(db)
    assert (one.useful, one.confident_after, one.will_do) == (1, 5, "Ask sooner.")


def test_after_thirty_days_answers_stay_as_they_are(client, db, url, booking, monkeypatch):
    make_evaluation(booking, 3)
    monkeypatch.setattr(clock, "now", lambda: NOW + 30 * DAY)

    assert client.get(url).location.endswith(f"{url}/thanks")
    assert "change them" not in links(client.get(f"{url}/thanks"))
    assert client.post(url, data=ANSWERS).status_code == 409
    assert given(db)[0].useful == 3


def test_thanks_are_for_those_who_answered(client, url):
    assert client.get(f"{url}/thanks").location.endswith(url)


def test_who_was_not_there_is_told_why_there_is_no_form(client, db, url, booking):
    booking.attendance = Attendance.ABSENT
    db.session.commit()
    page = client.get(url)
    assert "does not say that you came" in main(page).text
    assert main(page).all("form") == []
    assert client.post(url, data=ANSWERS).status_code == 409
    assert given(db) == []


def test_where_certificates_wait_for_the_answers_the_pages_say_so(client, db, url, booking):
    db.session.scalars(select(Partnership)).one().certificate_after_evaluation = True
    db.session.commit()
    token = private_links.booking_token(booking)
    promise = "Your certificate is sent once you have answered."
    assert promise in main(client.get(url)).text
    assert promise in main(client.get(f"/bookings/{token}")).text

    client.post(url, data=ANSWERS)
    assert "comes by mail within the hour" in main(client.get(f"{url}/thanks")).text
    certificates.follow_register(booking.course_date, now=NOW)
    db.session.commit()
    assert "We have sent you your certificate" in main(client.get(f"{url}/thanks")).text


def test_who_was_there_for_part_is_promised_no_certificate(client, db, url, booking):
    booking.attendance = Attendance.PART
    db.session.scalars(select(Partnership)).one().certificate_after_evaluation = True
    db.session.commit()
    booked = f"/bookings/{private_links.booking_token(booking)}"
    for path in (url, booked):
        assert "ertificate" not in main(client.get(path)).text
    client.post(url, data=ANSWERS)
    assert "ertificate" not in main(client.get(f"{url}/thanks")).text


def test_a_booking_leads_to_the_form_once_the_person_came(client, db, url, booking):
    page = f"/bookings/{private_links.booking_token(booking)}"
    assert links(client.get(page))["Answer five short questions"] == url
    make_evaluation(booking)
    assert links(client.get(page))["Change your answers"] == url

    booking.attendance = Attendance.EXCUSED
    db.session.commit()
    assert url not in links(client.get(page)).values()


def test_another_link_does_not_open_it(client, booking):
    token = private_links.booking_token(booking)
    assert client.get(f"/evaluations/{token}").status_code == 404
    assert client.get(f"/evaluations/{token}/thanks").status_code == 404


def test_who_asks_for_their_data_gets_their_answers_too(client, booking):
    make_evaluation(booking, 5, 2, 4, will_do="Ask sooner.")
    said = main(client.get(f"/my/{private_links.my_token(booking.practitioner, NOW)}/data")).text
    for words in ("Very useful", "Slightly confident", "Ask sooner."):
        assert words in said
