import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_email,
    make_organiser,
    make_terms,
)
from tests.web.reading import buttons, heading, links, main, typed, wrong
from webapp.models import (
    AccessNeeds,
    AuditLine,
    Booking,
    BookingState,
    DateState,
    Ending,
    Format,
)
from webapp.services import audit

WAITING, CANCELLED = BookingState.WAITING, BookingState.CANCELLED


@pytest.fixture
def agency(db):
    return make_agency("Council")


def filled(agency, **facts):
    return {
        "name": "Ann Example",
        "email": "ann@agency.example",
        "agency": agency.id,
        "job_role": "Nurse",
        **facts,
    }


def last_line(db):
    return db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()


def test_the_page_of_a_booking_shows_the_person_the_mails_and_who_looked(signed_in, db):
    booking = make_booking(
        name="Ann",
        phone="01632 960001",
        terms=make_terms(version=3),
        access_needs=AccessNeeds(access="Hearing loop"),
    )
    make_email(booking_id=booking.id, subject="You have a place: Basics")
    audit.record(make_organiser(), "changed the note", booking=booking, now=NOW)
    db.session.commit()

    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    assert heading(page) == "Booking of Ann"
    words = main(page).text
    for shown in (
        "01632 960001",
        "Agreed to version 3",
        "Has needs",
        "You have a place: Basics",
        "changed the note",
    ):
        assert shown in words
    assert "Hearing loop" not in words
    line = last_line(db)
    assert (line.action, line.booking_id) == ("saw a booking", booking.id)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": WAITING}, "1st in line, since 9am on Thursday 17 April 2025"),
        ({"state": BookingState.OFFERED, "offered_until": NOW}, "A place is kept until 9am"),
        (
            {
                "state": CANCELLED,
                "ending": Ending.BY_ORGANISER,
                "cancelled_at": NOW,
                "cancel_reason": "The room is too small",
            },
            "Cancelled by an organiser at 9am",
        ),
        ({}, "Not agreed to: an organiser added this booking"),
    ],
)
def test_the_page_says_how_the_booking_stands(signed_in, facts, words):
    booking = make_booking(**facts)
    page = main(signed_in.get(f"/organiser/bookings/{booking.id}")).text
    assert words in page
    assert ("The room is too small" in page) == ("cancel_reason" in facts)


def test_a_note_is_kept_shown_and_taken_away(signed_in, db, organiser):
    booking = make_booking()
    address = f"/organiser/bookings/{booking.id}"
    answer = signed_in.post(f"{address}/note", data={"note": " Needs a letter "})

    assert answer.location.endswith(address)
    assert typed(signed_in.get(address), "note") == "Needs a letter"
    line = db.session.scalars(select(AuditLine)).first()
    assert (line.action, line.organiser_id) == ("changed the note", organiser.id)
    assert line.detail is None
    signed_in.post(f"{address}/note", data={"note": ""})
    assert db.session.get(Booking, booking.id).note is None


def test_a_note_that_is_too_long_is_shown_again_with_what_is_wrong(signed_in, db):
    booking = make_booking(note="Before")
    answer = signed_in.post(f"/organiser/bookings/{booking.id}/note", data={"note": "a" * 1001})

    assert wrong(answer) == {"note": "Note must be 1,000 characters or fewer"}
    assert typed(answer, "note") == "a" * 1001
    assert db.session.get(Booking, booking.id).note == "Before"


def test_before_cancelling_the_page_says_what_will_be_sent_and_who_gets_the_place(signed_in):
    date = make_date(capacity=1)
    booking = make_booking(date, email="ann@agency.example")
    words = main(signed_in.get(f"/organiser/bookings/{booking.id}/cancel")).text
    assert "we write to ann@agency.example that their place is cancelled, with your reason" in words
    assert "the place is free for anybody" in words

    make_booking(date, state=WAITING)
    words = main(signed_in.get(f"/organiser/bookings/{booking.id}/cancel")).text
    assert "offered to the next in line at once (1 waiting)" in words


def test_cancelling_tells_the_person_why_and_the_place_goes_on(signed_in, db, organiser):
    make_terms()
    make_agency("Anytown Council")
    date = make_date(capacity=1)
    ann, bob = people.book(date, "ann@agency.example"), people.book(date, "bob@agency.example")
    answer = signed_in.post(
        f"/organiser/bookings/{ann.id}/cancel", data={"reason": "Places are for Anytown."}
    )

    assert answer.location.endswith(f"/organiser/dates/{date.id}/attendees")
    db.session.expire_all()
    assert (ann.state, ann.ending) == (CANCELLED, Ending.BY_ORGANISER)
    assert "Places are for Anytown." in people.words(people.mails("ann@agency.example")[-1])
    assert bob.state is BookingState.OFFERED
    line = last_line(db)
    assert (line.action, line.booking_id, line.organiser_id, line.detail) == (
        "cancelled a booking",
        ann.id,
        organiser.id,
        None,
    )
    assert "We have written to ann@agency.example" in main(signed_in.get(answer.location)).text


def test_cancelling_needs_a_reason(signed_in, db):
    booking = make_booking()
    answer = signed_in.post(f"/organiser/bookings/{booking.id}/cancel", data={"reason": " "})

    assert wrong(answer) == {"reason": "Enter the reason"}
    assert db.session.get(Booking, booking.id).state is BookingState.CONFIRMED


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_cancelled_or_over_cannot_be_cancelled(signed_in, method):
    over = make_booking(make_date(starts_at=NOW.replace(day=1)))
    cancelled = make_booking(state=CANCELLED)
    for booking, why in ((over, "has passed"), (cancelled, "cancelled already")):
        address = f"/organiser/bookings/{booking.id}/cancel"
        answer = getattr(signed_in, method)(address, data={"reason": "Why not"})
        assert answer.status_code == 409
        assert why in main(answer).text


def test_somebody_added_by_hand_has_a_place_and_is_told(signed_in, db, agency, organiser):
    date = make_date()
    answer = signed_in.post(
        f"/organiser/dates/{date.id}/attendees/add", data=filled(agency, access="Ramp")
    )

    [booking] = db.session.scalars(select(Booking))
    assert answer.location.endswith(f"/organiser/dates/{date.id}/attendees?state=confirmed")
    assert (booking.name, booking.state) == ("Ann Example", BookingState.CONFIRMED)
    assert (booking.access_needs.access, booking.terms) == ("Ramp", None)
    assert people.kinds("ann@agency.example") == ["booking_confirmed"]
    line = last_line(db)
    assert (line.action, line.booking_id, line.organiser_id) == (
        "added a booking",
        booking.id,
        organiser.id,
    )


def test_added_to_a_full_date_somebody_waits(signed_in, db, agency):
    date = make_date(capacity=1)
    make_booking(date)
    page = signed_in.get(f"/organiser/dates/{date.id}/attendees/add")
    assert "The date has 1 place: 1 is taken" in main(page).text
    assert buttons(page) == ["Add all the same and write to them", "Put them on the waiting list"]
    assert main(page).all(id="over_capacity_reason")
    assert wrong(page) == {}

    page = signed_in.post(f"/organiser/dates/{date.id}/attendees/add", data=filled(agency))
    assert wrong(page) == {
        "over_capacity_reason": "The date has 1 place: 1 is taken or kept for somebody."
    }
    assert buttons(page) == ["Add all the same and write to them", "Put them on the waiting list"]
    assert typed(page, "name") == "Ann Example"

    answer = signed_in.post(
        f"/organiser/dates/{date.id}/attendees/add", data=filled(agency, wait="yes")
    )
    assert people.booking_of(date, "ann@agency.example").state is WAITING
    assert "is on the waiting list" in main(signed_in.get(answer.location)).text


def test_with_a_reason_somebody_comes_although_it_is_full_and_the_reason_is_kept(
    signed_in, db, agency
):
    date = make_date(capacity=1)
    make_booking(date)
    add = f"/organiser/dates/{date.id}/attendees/add"
    page = signed_in.post(add, data=filled(agency, anyway="yes"))
    assert wrong(page) == {"over_capacity_reason": "Enter why they come all the same"}

    signed_in.post(
        add, data=filled(agency, anyway="yes", over_capacity_reason="She gives the talk")
    )

    booking = people.booking_of(date, "ann@agency.example")
    assert booking.state is BookingState.CONFIRMED
    line = last_line(db)
    assert (line.action, line.detail) == (
        "added a booking beyond the number of places",
        "She gives the talk",
    )
    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    story = main(page).all(class_="app-history")[0].text
    assert story.startswith("Was booked, by Olive Organiser")
    assert story.endswith("The reason given: She gives the talk")


def test_while_there_are_places_nobody_is_asked_why(signed_in, agency):
    page = signed_in.get(f"/organiser/dates/{make_date().id}/attendees/add")
    assert main(page).all(id="over_capacity_reason") == []


def test_online_nobody_is_asked_what_they_cannot_eat(signed_in):
    date = make_date(format=Format.ONLINE)
    page = signed_in.get(f"/organiser/dates/{date.id}/attendees/add")
    assert main(page).all(id="dietary") == []


def test_a_wrong_answer_is_said_and_what_was_typed_is_kept(signed_in, db, agency):
    another = make_agency("Another school")
    date = make_date()
    address = f"/organiser/dates/{date.id}/attendees/add"
    answer = signed_in.post(address, data=filled(another, email="nonsense"))

    assert set(wrong(answer)) == {"email", "organisation"}
    assert typed(answer, "name") == "Ann Example"
    assert typed(answer, "agency") == str(another.id)
    assert db.session.scalars(select(Booking)).all() == []


def test_somebody_who_has_booked_already_is_said_beside_the_address(signed_in, db, agency):
    date = make_date()
    make_booking(date, email="ann@agency.example")
    answer = signed_in.post(f"/organiser/dates/{date.id}/attendees/add", data=filled(agency))

    assert wrong(answer) == {"email": "This person has a booking for this date already."}
    assert db.session.scalars(select(AuditLine)).all() == []


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"starts_at": NOW.replace(day=1)}, "has passed"),
        ({"state": DateState.CANCELLED}, "has been cancelled"),
        ({"state": DateState.HELD_BACK, "starts_at": None}, "to be confirmed"),
    ],
)
def test_nobody_is_added_to_a_date_that_is_over_cancelled_or_held_back(signed_in, facts, why):
    answer = signed_in.get(f"/organiser/dates/{make_date(**facts).id}/attendees/add")
    assert answer.status_code == 409
    assert why in main(answer).text


def test_a_booking_that_is_not_there_is_not_found(signed_in):
    for rest in ("", "/cancel"):
        assert signed_in.get(f"/organiser/bookings/999{rest}").status_code == 404
    assert signed_in.post("/organiser/bookings/999/note", data={}).status_code == 404


def test_the_way_back_leads_to_the_list(signed_in):
    booking = make_booking()
    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    assert f"/organiser/dates/{booking.course_date_id}/attendees" in links(page).values() or (
        f"/organiser/dates/{booking.course_date_id}/attendees" in page.text
    )


def test_before_cancelling_on_a_postponed_date_the_page_promises_nobody_the_place(signed_in, db):
    date = make_date(state=DateState.POSTPONED)
    date.starts_at = date.ends_at = None
    db.session.commit()
    booking = make_booking(date)
    make_booking(date, state=WAITING)
    words = main(signed_in.get(f"/organiser/bookings/{booking.id}/cancel")).text

    assert "their place is cancelled, with your reason they can" in words
    assert "next in line" not in words


def test_who_waits_is_given_a_place_once_somebody_says_why(signed_in, db):
    date = make_date(capacity=1)
    make_booking(date)
    waiting = make_booking(date, state=WAITING, name="Wendy")
    give = f"/organiser/bookings/{waiting.id}/place"
    assert links(signed_in.get(f"/organiser/bookings/{waiting.id}"))["Give them a place"] == give

    assert main(signed_in.get(give)).all(id="over_capacity_reason")
    page = signed_in.post(give)
    assert "1 is taken or kept for somebody, and 1 waits" in wrong(page)["over_capacity_reason"]
    page = signed_in.post(give, data={"anyway": "yes"})
    assert wrong(page) == {"over_capacity_reason": "Enter why they come all the same"}
    assert waiting.state is WAITING

    signed_in.post(give, data={"anyway": "yes", "over_capacity_reason": "The only nurse"})
    db.session.expire_all()
    assert waiting.state is BookingState.CONFIRMED
    line = last_line(db)
    assert (line.action, line.detail) == (
        "gave a place beyond the number of places",
        "The only nurse",
    )


def test_who_has_a_place_is_given_none(signed_in):
    booking = make_booking(make_date())
    assert signed_in.get(f"/organiser/bookings/{booking.id}/place").status_code == 409
