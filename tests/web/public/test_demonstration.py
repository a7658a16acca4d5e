"""Reading mail as it was written: in a demonstration, by who caused it, and nowhere else."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.makers import (
    make_agency,
    make_course,
    make_date,
    make_partnership,
    make_practitioner,
    make_terms,
)
from tests.web.reading import heading, links, main
from webapp.models import Email


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    make_partnership()
    make_terms()
    monkeypatch.setitem(app.config, "TODAY", date(2025, 4, 17))


def book(client, day=None, email="ann@agency.example"):
    day = day or make_date()
    return client.post(
        f"/dates/{day.id}/book",
        data={
            "name": "Ann Example",
            "email": email,
            "agency": make_agency().id,
            "job_role": "Social worker",
            "manager_name": "Max Manager",
            "manager_email": "max@agency.example",
            "terms": "1",
            "agrees": "y",
        },
    )


def links_to_mail(page):
    return [link for link in links(page).values() if link.startswith("/demonstration/")]


def test_the_page_after_booking_links_to_the_mail_and_its_links_work(client):
    page = client.get(book(client).location)

    [link] = links_to_mail(page)
    mail = client.get(link)

    assert heading(mail) == "You have a place: Safeguarding basics, Thu 1 May, 10am"
    assert "Ann Example <ann@agency.example>" in main(mail).text
    booking, out = [found for found in links(mail).values() if "/bookings/" in found]
    assert "You have a place" in main(client.get(booking)).text
    assert heading(client.get(out)) == "Can’t come?"


def test_the_invitation_can_be_downloaded(client):
    [link] = links_to_mail(client.get(book(client).location))
    [file] = links_to_mail(client.get(link))

    answer = client.get(file)

    assert answer.mimetype == "application/ics"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert b"METHOD:REQUEST" in answer.data
    assert client.get(f"{link}/2").status_code == 404
    assert client.get(f"{link}/0").status_code == 404


def test_a_second_try_links_to_its_own_mail_alone(app, client):
    day = make_date()
    first = links_to_mail(client.get(book(client, day).location))
    other = app.test_client()

    second = links_to_mail(other.get(book(other, day).location))

    assert len(first) == len(second) == 1
    assert first != second


def test_the_links_for_my_bookings_and_interests_can_be_read_too(client):
    make_practitioner("ann@agency.example")
    make_course(slug="basics")

    sent = client.get(client.post("/my", data={"email": "ann@agency.example"}).location)
    data = {"name": "Ann", "email": "ann@agency.example"}
    asked = client.get(client.post("/courses/basics/interest", data=data).location)

    for page in (sent, asked):
        [link] = links_to_mail(page)
        assert client.get(link).status_code == 200


def test_in_a_demonstration_the_words_say_that_nothing_is_sent(client):
    assert "In this demonstration no mail is sent." in main(client.get(book(client).location)).text


@pytest.mark.parametrize("setting", [{"TODAY": None}, {"SMTP_URL": "smtp://mail.example"}])
def test_outside_a_demonstration_mail_is_shown_to_nobody(app, client, db, monkeypatch, setting):
    written = book(client).location
    [link] = links_to_mail(client.get(written))
    for name, value in setting.items():
        monkeypatch.setitem(app.config, name, value)

    assert links_to_mail(client.get(written)) == []
    assert client.get(link).status_code == 404
    assert client.get(f"{link}/1").status_code == 404


def test_a_message_that_is_unknown_or_purged_is_not_found(client, db):
    [link] = links_to_mail(client.get(book(client).location))

    assert client.get("/demonstration/mail/nothing@partnership.example").status_code == 404
    db.session.scalars(select(Email)).one().message = None
    db.session.commit()
    assert client.get(link).status_code == 404


def test_hostile_words_in_a_mail_are_shown_as_words(client, db):
    day = make_date(course=make_course(short_title="<script>alert(1)</script>"))

    [link] = links_to_mail(client.get(book(client, day).location))

    page = client.get(link)
    assert "<script>alert" not in page.text
    assert "<script>alert(1)</script>" in heading(page)
