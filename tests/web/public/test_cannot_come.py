"""The page every mail links to: cancel, send a colleague or take another date, in a minute."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_partnership, make_terms
from tests.people import partnership
from tests.queries import counted
from tests.web.reading import buttons, heading, links, main, wrong
from webapp.models import Booking, BookingState, Cause, Email, Ending
from webapp.services.links import booking_token

WEEK = timedelta(days=7)
BEN = {"name": "Ben Bright", "email": "ben@agency.example", "job_role": "Nurse"}


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_terms()


def path(booking, more=""):
    return f"/bookings/{booking_token(booking)}{more}"


def colleague(booking, **more):
    return {**BEN, "agency": str(booking.agency_id), **more}


def bookings_of(db, email):
    db.session.expire_all()
    return [one for one in db.session.scalars(select(Booking)) if one.email == email]


def kinds(db):
    return sorted(db.session.scalars(select(Email.kind)).all())


def test_the_page_has_all_three_ways_and_keeps_the_place_until_one_is_pressed(client, db):
    booking = make_booking()
    other = make_date(course=booking.course_date.course, starts_at=NOW + 3 * WEEK)
    page = client.get(path(booking, "/cancel"))

    assert heading(page) == "Can’t come?"
    assert "Cancel my booking" in buttons(page)
    assert links(page)["Send a colleague instead"] == path(booking, "/colleague")
    assert "2 places left" in main(page).text
    assert "Go to this date: Thursday 8 May 2025, 9am to midday" in buttons(page)
    client.get(path(booking, "/colleague"))
    assert booking.state is BookingState.CONFIRMED
    assert other.bookings == []


def test_who_waits_can_only_leave(client):
    booking = make_booking(make_date(capacity=0), state=BookingState.WAITING)
    make_date(course=booking.course_date.course, starts_at=NOW + 3 * WEEK)
    page = client.get(path(booking, "/cancel"))
    assert buttons(page) == ["Leave the waiting list"]
    assert "Send a colleague" not in main(page).text
    assert client.get(path(booking, "/colleague")).status_code == 302


def test_a_colleague_is_sent_and_confirms_with_a_link_of_their_own(client, db):
    booking = make_booking(email="ann@agency.example")
    answer = client.post(path(booking, "/colleague"), data=colleague(booking))
    assert answer.location.endswith(path(booking))
    page = client.get(answer.location)
    assert "Your place is your colleague's now." in main(page).text
    assert kinds(db) == ["booking_substituted", "colleague_sent"]

    [ben] = bookings_of(db, BEN["email"])
    theirs = client.get(path(ben))
    assert "place was passed on to you" in main(theirs).text
    form = client.get(path(ben, "/change"))
    assert heading(form) == "Check your details"
    said = {
        "name": "Ben Bright",
        "agency": str(ben.agency_id),
        "job_role": "Midwife",
        "manager_name": "Max",
        "manager_email": "max@agency.example",
        "terms": "1",
    }
    assert wrong(client.post(path(ben, "/change"), data=said)) == {
        "agrees": "Agree to the booking terms to book"
    }
    client.post(path(ben, "/change"), data={**said, "agrees": "y"})
    [ben] = bookings_of(db, BEN["email"])
    assert (ben.job_role, ben.terms.version) == ("Midwife", 1)
    assert "place was passed on to you" not in main(client.get(path(ben))).text
    assert heading(client.get(path(ben, "/change"))) == "Change your details"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, {"name": "Enter your colleague's full name"}),
        (
            {"name": "See www.x.example"},
            {"name": "Their full name must not include a web address"},
        ),
        ({"email": "ben"}, {"email": "Enter an email address in the correct format"}),
        (
            {"email": "ann@agency.example"},
            {"email": "This is your own address. Enter your colleague's."},
        ),
    ],
)
def test_what_is_wrong_is_said_and_nobody_loses_a_place(client, db, more, said):
    booking = make_booking(email="ann@agency.example")
    answer = client.post(path(booking, "/colleague"), data=colleague(booking, **more))
    assert wrong(answer).keys() == said.keys()
    if "email" not in more or more["email"] != "ben":
        assert wrong(answer) == said
    db.session.expire_all()
    assert booking.state is BookingState.CONFIRMED
    assert kinds(db) == []


def test_nobody_learns_by_it_who_has_booked(client, db):
    first, second = make_booking(make_date(capacity=5)), make_booking(make_date(capacity=5))
    make_booking(second.course_date, email=BEN["email"], agency=second.agency)
    answers = []
    for booking in (first, second):
        client.post(path(booking, "/colleague"), data=colleague(booking))
        answers.append(main(client.get(path(booking))).text)
    assert answers[0] == answers[1]


def test_another_date_is_two_presses_away(client, db):
    booking = make_booking(email="ann@agency.example")
    other = make_date(course=booking.course_date.course, starts_at=NOW + 3 * WEEK)
    answer = client.post(path(booking, "/another-date"), data={"date": other.id})

    [old, new] = bookings_of(db, "ann@agency.example")
    assert (old.ending, new.state) == (Ending.MOVED, BookingState.CONFIRMED)
    assert answer.location.endswith(path(new))
    assert "You have a place on Thursday 8 May 2025" in main(client.get(answer.location)).text
    again = client.post(path(old, "/another-date"), data={"date": other.id})
    assert (again.status_code, len(bookings_of(db, "ann@agency.example"))) == (409, 2)


def test_a_date_that_filled_up_meanwhile_is_refused_and_the_old_one_kept(client, db):
    booking = make_booking(email="ann@agency.example")
    other = make_date(course=booking.course_date.course, starts_at=NOW + 3 * WEEK, capacity=1)
    make_booking(other)
    answer = client.post(path(booking, "/another-date"), data={"date": other.id})
    assert answer.status_code == 409
    assert "All places on that date are taken" in main(answer).text
    assert bookings_of(db, "ann@agency.example")[0].state is BookingState.CONFIRMED
    assert client.post(path(booking, "/another-date"), data={"date": "x"}).status_code == 404


def test_dates_to_choose_cost_no_further_queries(client, db):
    booking = make_booking()

    for week in (3, 4):
        make_date(course=booking.course_date.course, starts_at=NOW + week * WEEK)
    with counted() as few:
        client.get(path(booking, "/cancel"))
    for week in range(5, 15):
        make_date(course=booking.course_date.course, starts_at=NOW + week * WEEK)
    with counted() as many:
        client.get(path(booking, "/cancel"))
    assert len(many) == len(few)


@pytest.fixture
def too_late(db):
    """Of every date two weeks from now the time for cancelling is over."""
    partnership().cut_off_days = 14
    db.session.commit()


def test_the_page_says_until_when_one_can_cancel(client):
    said = main(client.get(path(make_booking(), "/cancel"))).text
    assert "You can cancel until the end of Thursday 24 April 2025." in said
    assert "Why can you not come?" not in said


@pytest.mark.usefixtures("too_late")
def test_later_one_still_says_so_with_the_reason_and_has_the_other_ways(client, db):
    booking = make_booking()
    make_date(course=booking.course_date.course, starts_at=NOW + 3 * WEEK)
    page = client.get(path(booking, "/cancel"))
    said = main(page).text
    assert "The time for cancelling this date ended with the end of Wednesday 9 April 2025" in said
    assert "Sending a colleague or taking another date is never late." in said
    assert buttons(page) == ["I cannot come", "Go to this date: Thursday 8 May 2025, 9am to midday"]
    assert links(page)["Send a colleague instead"] == path(booking, "/colleague")

    refused = client.post(path(booking, "/cancel"), data={"reason": "A puncture."})
    assert wrong(refused) == {"cause": "Choose why you cannot come"}
    assert "A puncture." in main(refused).text
    assert booking.state is BookingState.CONFIRMED

    sent = {"cause": "illness", "reason": "From today on."}
    answer = client.post(path(booking, "/cancel"), data=sent)
    db.session.expire_all()
    assert booking.ending is Ending.BY_PRACTITIONER
    assert (booking.gave_up_late, booking.cause) == (True, Cause.ILLNESS)
    assert booking.cancel_reason == "From today on."
    assert (
        "You cancelled this booking late, and are excused" in main(client.get(answer.location)).text
    )


@pytest.mark.usefixtures("too_late")
def test_who_waits_is_never_asked_why(client, db):
    booking = make_booking(make_date(capacity=0), state=BookingState.WAITING)
    assert buttons(client.get(path(booking, "/cancel"))) == ["Leave the waiting list"]
    client.post(path(booking, "/cancel"))
    db.session.expire_all()
    assert (booking.state, booking.gave_up_late) == (BookingState.CANCELLED, False)
