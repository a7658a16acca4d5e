from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_held_back_date,
    make_postponed_date,
    make_terms,
)
from tests.web.reading import buttons, heading, links, main, typed, wrong
from webapp.models import AuditLine, BookingState, CourseDate, DateState

ILL = {"message": "The trainer is ill."}


@pytest.fixture
def world(db, partnership):
    make_terms()
    make_agency("Anytown Council")


def url(date, what):
    return f"/organiser/dates/{date.id}/{what}"


def booked(confirmed=0, offered=0, waiting=0, **facts):
    date = make_date(**facts)
    for state, number in (("confirmed", confirmed), ("offered", offered), ("waiting", waiting)):
        for _ in range(number):
            make_booking(date, state=BookingState(state))
    return date


def begun(**facts):
    """A date of two days whose first was yesterday."""
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=3)) for n in (-1, 1)]
    return make_date(days=days, starts_at=days[0][0], ends_at=days[1][1], **facts)


def state_of(db, date):
    db.session.expire_all()
    return db.session.get(CourseDate, date.id).state


def test_what_postponing_does_is_said_before_with_how_many(signed_in):
    page = signed_in.get(url(booked(confirmed=3, offered=1, waiting=2), "postpone"))

    assert heading(page) == "Postpone this date"
    said = [item.text for item in main(page).all("li")]
    assert any(line.startswith("3 people with a place keep it") for line in said)
    assert any("takes the date out of their diaries" in line for line in said)
    assert any(line.startswith("1 person with an offer of a place goes back") for line in said)
    assert any(line.startswith("2 people on the waiting list keep their turn") for line in said)
    assert buttons(page) == ["Postpone the date and write to 6 people"]


def test_what_cancelling_does_is_said_before_with_how_many(signed_in):
    page = signed_in.get(url(booked(confirmed=1, offered=1, waiting=2), "cancel"))

    assert heading(page) == "Cancel this date"
    said = [item.text for item in main(page).all("li")]
    assert any(line.startswith("1 person with a place loses it") for line in said)
    assert any("takes the date out of their diary" in line for line in said)
    assert any(
        line.startswith("3 people on the waiting list or with an offer are") for line in said
    )
    assert buttons(page) == ["Cancel the date and write to 4 people"]


@pytest.mark.parametrize(("what", "verb"), [("postpone", "Postpone"), ("cancel", "Cancel")])
def test_with_nobody_booked_nobody_is_written_to(signed_in, what, verb):
    date = make_date()
    page = signed_in.get(url(date, what))
    assert "nobody is written to, since nobody has booked" in main(page).text
    assert buttons(page) == [f"{verb} the date"]

    answer = signed_in.post(url(date, what), data=ILL)
    assert "there was nobody to write to" in main(signed_in.get(answer.location)).text


def test_a_postponed_date_keeps_its_people_and_says_so_on_the_list(signed_in, db, world, organiser):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    answer = signed_in.post(url(date, "postpone"), data=ILL)

    assert answer.location.endswith(url(date, "attendees"))
    assert state_of(db, date) is DateState.POSTPONED
    assert people.kinds("ann@agency.example") == ["booking_confirmed", "date_postponed"]
    assert people.kinds("bob@agency.example") == ["booking_waiting", "date_postponed"]
    assert "The trainer is ill." in people.words(people.mails("ann@agency.example")[-1])
    page = signed_in.get(answer.location)
    assert "The date is postponed. We have written to 2 people." in main(page).text
    assert "Postponed at 9am on Thursday 17 April 2025. What people were told:" in main(page).text
    assert "The trainer is ill." in main(page).text
    assert links(page)["Say the new day"] == url(date, "details")
    assert "Add somebody" not in links(page)
    assert "Postpone" not in links(page)
    assert "Cancel the date" in links(page)
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    assert [(line.action, line.organiser_id) for line in lines] == [
        ("postponed a date", organiser.id),
        ("saw the attendee list", organiser.id),
    ]


def test_a_cancelled_date_ends_all_bookings_and_leads_to_the_people_it_had(signed_in, db, world):
    date = make_date()
    people.book(date, "ann@agency.example")
    answer = signed_in.post(url(date, "cancel"), data=ILL)

    assert state_of(db, date) is DateState.CANCELLED
    assert people.kinds() == ["booking_confirmed", "date_cancelled"]
    page = signed_in.get(answer.location)
    assert "The date is cancelled. We have written to 1 person." in main(page).text
    assert "Cancelled at 9am on Thursday 17 April 2025. What people were told:" in main(page).text
    assert "Ann Example" in main(page).text
    assert "See who was on it" not in links(page)
    assert "See who was on it" in links(signed_in.get(url(date, "attendees")))
    for gone in ("Change the date", "Postpone", "Cancel the date", "Add somebody"):
        assert gone not in links(page)
    actions = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    assert actions == ["cancelled a date"] + ["saw the attendee list"] * 2


def test_a_postponed_date_may_be_cancelled_and_diaries_have_been_told_before(signed_in, db, world):
    date = make_date()
    people.book(date)
    signed_in.post(url(date, "postpone"), data=ILL)

    page = main(signed_in.get(url(date, "cancel")))
    assert "1 person with a place loses it: we write to them" in page.text
    assert "diary" not in page.text
    signed_in.post(url(date, "cancel"), data={"message": "Nobody can give it."})
    assert state_of(db, date) is DateState.CANCELLED
    assert people.kinds() == ["booking_confirmed", "date_postponed", "date_cancelled"]


def test_between_its_days_a_date_is_cancelled_and_no_longer_postponed(signed_in, db):
    date = begun()
    make_booking(date)
    refused = signed_in.get(url(date, "postpone"))
    assert refused.status_code == 409
    assert "This date has already started, so it can no longer be postponed." in main(refused).text
    assert links(refused)["cancel the date"] == url(date, "cancel")

    page = main(signed_in.get(url(date, "cancel")))
    assert "takes the days still to come out of their diary" in page.text
    assert "postpone it" not in page.text
    signed_in.post(url(date, "cancel"), data=ILL)
    assert state_of(db, date) is DateState.CANCELLED


@pytest.mark.parametrize("what", ["postpone", "cancel"])
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Enter the message that people read"),
        ({"message": " \n "}, "Enter the message that people read"),
        ({"message": "x" * 1001}, "Message must be 1,000 characters or fewer"),
    ],
)
def test_without_a_message_that_can_be_read_nothing_happens(signed_in, db, what, sent, said):
    date = booked(confirmed=1)
    answer = signed_in.post(url(date, what), data=sent)
    assert wrong(answer) == {"message": said}
    assert typed(answer, "message") == sent.get("message", "").strip()
    assert state_of(db, date) is DateState.PUBLISHED
    assert people.kinds() == []


@pytest.mark.parametrize(
    ("make", "facts", "what", "why"),
    [
        (make_date, {"state": DateState.DRAFT}, "postpone", "has not been published"),
        (make_date, {"state": DateState.DRAFT}, "cancel", "has not been published"),
        (make_held_back_date, {}, "postpone", "has not been published"),
        (make_held_back_date, {}, "cancel", "has not been published"),
        (make_postponed_date, {}, "postpone", "has been postponed already"),
        (make_date, {"state": DateState.CANCELLED}, "postpone", "has been cancelled already"),
        (make_date, {"state": DateState.CANCELLED}, "cancel", "has been cancelled already"),
        (make_date, {"starts_at": NOW - timedelta(days=3)}, "postpone", "has already started"),
        (make_date, {"starts_at": NOW - timedelta(days=3)}, "cancel", "This date is over"),
    ],
)
def test_what_cannot_be_called_off_says_why_and_has_no_button(
    signed_in, db, make, facts, what, why
):
    date = make(**facts)
    was = date.state
    for answer in (signed_in.get(url(date, what)), signed_in.post(url(date, what), data=ILL)):
        assert answer.status_code == 409
        assert why in main(answer).text
        assert main(answer).all("form") == []
        assert links(answer)["Back to the list"] == url(date, "attendees")
    assert state_of(db, date) is was


def test_whoever_would_cancel_is_shown_the_ways_that_keep_people_their_places(signed_in):
    date = make_date()
    there = links(signed_in.get(url(date, "cancel")))
    assert there["change the date"] == url(date, "details")
    assert there["postpone it"] == url(date, "postpone")
    assert there["merge the two"] == url(date, "merge")


def test_the_list_and_the_details_lead_to_both(signed_in):
    date = make_date()
    for page in (signed_in.get(url(date, "attendees")), signed_in.get(url(date, "details"))):
        there = [link["href"] for link in main(page).all("a")]
        assert url(date, "postpone") in there
        assert url(date, "cancel") in there


def test_a_date_that_is_over_or_not_published_offers_neither(signed_in):
    for date in (make_date(starts_at=NOW - timedelta(days=3)), make_held_back_date()):
        for page in (signed_in.get(url(date, "attendees")), signed_in.get(url(date, "details"))):
            there = [link["href"] for link in main(page).all("a")]
            assert url(date, "postpone") not in there
            assert url(date, "cancel") not in there


def test_what_is_not_there_is_not_found(signed_in):
    assert signed_in.get("/organiser/dates/999/postpone").status_code == 404
    assert signed_in.get("/organiser/dates/999/cancel").status_code == 404


@pytest.mark.parametrize("what", ["postpone", "cancel"])
def test_both_are_for_organisers_alone(client, db, partnership, what):
    date = make_date()
    for answer in (client.get(url(date, what)), client.post(url(date, what), data=ILL)):
        assert "/organiser/sign-in" in answer.location
    assert state_of(db, date) is DateState.PUBLISHED


def test_words_of_a_message_are_words_and_no_markup(signed_in, client, db):
    date = make_date()
    signed_in.post(url(date, "postpone"), data={"message": "<b>bold</b>\n\n<script>alert(1)"})
    for page in (signed_in.get(url(date, "attendees")), client.get(f"/dates/{date.id}")):
        assert "<b>bold" not in page.text
        assert "<script>alert" not in page.text
        assert "<b>bold</b>" in main(page).text
