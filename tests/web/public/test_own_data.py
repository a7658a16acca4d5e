"""What somebody sees of the data held about them, takes away, and asks us to erase."""

import json
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_email,
    make_interest,
    make_partnership,
    make_practitioner,
)
from tests.people import kinds
from tests.queries import counted
from tests.web.reading import buttons, heading, links, main
from webapp.models import AccessNeeds, Practitioner
from webapp.services import telling
from webapp.services.links import my_token


@pytest.fixture
def ann(db):
    make_partnership()
    return make_practitioner("ann@agency.example")


def path(practitioner, more):
    return f"/my/{my_token(practitioner, NOW)}/{more}"


def test_everything_held_is_on_the_page_and_nothing_of_others(client, ann):
    date = make_date()
    make_booking(
        date,
        practitioner=ann,
        phone="01632 960002",
        note="Rang on Monday.",
        access_needs=AccessNeeds(access="A hearing loop"),
    )
    make_booking(date, email="ben@agency.example", name="Ben Other")
    neglect = make_date(course=make_course(title="Neglect"), starts_at=NOW + timedelta(days=40))
    make_interest(neglect.course, ann.email)
    telling.of_dates(neglect.course, [neglect], now=NOW)
    make_email(to=ann.email, subject="You have a place")

    said = main(client.get(path(ann, "data"))).text

    for fact in (
        "ann@agency.example",
        "Safeguarding basics",
        "01632 960002",
        "A hearing loop",
        "Rang on Monday.",
        "Neglect",
        "Told of the date on Tuesday 27 May 2025",
        "You have a place",
    ):
        assert fact in said
    assert "Ben Other" not in said


def test_what_somebody_else_typed_with_this_address_by_mistake_is_not_theirs(client, ann):
    make_booking(practitioner=ann, name="A Stranger", state="cancelled", ending="address_corrected")
    assert "A Stranger" not in main(client.get(path(ann, "data"))).text


def test_the_file_holds_the_same_for_other_programs(client, ann):
    make_booking(practitioner=ann, team="Łódź")

    answer = client.get(path(ann, "data.json"))

    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    held = json.loads(answer.data)
    assert held["You"][0]["Work email address"] == "ann@agency.example"
    assert held["Bookings"][0]["Team"] == "Łódź"
    assert held["Bookings"][0]["Booked"] == "2025-04-17T09:00:00+01:00"


def test_the_copy_asks_as_little_of_the_database_for_many_bookings_as_for_few(client, ann):
    asked = []
    for more in (3, 40):
        for _ in range(more):
            make_booking(practitioner=ann)
        with counted() as sent:
            client.get(path(ann, "data"))
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_asking_to_be_erased_is_written_down_once_and_confirmed_by_mail(client, ann, db):
    make_booking(practitioner=ann)
    page = client.get(path(ann, "erasure"))
    assert heading(page) == "Ask us to erase your data"
    assert "Safeguarding basics" in main(page).text

    for _ in range(2):
        answer = client.post(path(ann, "erasure"))
        assert answer.status_code == 302

    assert db.session.get(Practitioner, ann.id).erasure_asked_at == NOW
    assert kinds() == ["erasure_asked"]
    assert "Your request to erase your data" in links(client.get(path(ann, "")[:-1]))


def test_a_request_can_be_taken_back(client, ann, db):
    client.post(path(ann, "erasure"))
    assert "Take my request back" in buttons(client.get(path(ann, "erasure")))

    client.post(path(ann, "keep-data"))

    assert db.session.get(Practitioner, ann.id).erasure_asked_at is None
