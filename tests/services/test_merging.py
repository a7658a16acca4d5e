from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_course, make_date, make_postponed_date
from tests.queries import by_state
from webapp.errors import Refused
from webapp.models import BookingState, DateState
from webapp.services import merging
from webapp.services.merging import Merged

ANN, BOB, CAT, DAN = (f"{name}@agency.example" for name in ("ann", "bob", "cat", "dan"))
LATER = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def _world(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    people.settle_in()


@pytest.fixture
def dates(db):
    course = make_course()
    return (
        make_date(course=course, capacity=1),
        make_date(course=course, capacity=3, starts_at=LATER),
    )


def merge(db, date, into, reason=None):
    told = len(people.mails())
    merged = merging.merge(date, into, reason=reason, now=NOW + timedelta(hours=1))
    db.session.commit()
    return merged, [(mail.to, mail.kind) for mail in people.mails()[told:]]


def live(date):
    return {state: who for state, who in by_state(date).items() if who and state != "cancelled"}


def test_everybody_goes_over_and_the_date_is_cancelled(db, dates):
    date, into = dates
    people.book(date, ANN)
    people.book(date, BOB)
    people.book(into, CAT)

    merged, told = merge(db, date, into, "Too few people.")

    assert merged == Merged(placed=2, waiting=0)
    assert {state: set(who) for state, who in live(into).items()} == {
        BookingState.CONFIRMED: {ANN, BOB, CAT}
    }
    assert live(date) == {}
    assert date.state is DateState.CANCELLED
    assert told == [(ANN, "booking_moved"), (ANN, "old_date"), (BOB, "booking_moved")]
    assert people.faults_of_messages() == []
    words = people.words(people.mails(BOB)[-1])
    assert "You have a place on the new date." in words
    assert "Too few people." in words
    assert "It is held together with another date: Wednesday 7 May 2025" in date.cancel_message


def test_who_waits_goes_to_the_end_of_the_line_there_when_it_is_full(db, dates):
    date, into = dates
    for email in (ANN, BOB):
        people.book(date, email)
    into.capacity = 2
    db.session.commit()
    people.book(into, CAT)

    merged, told = merge(db, date, into)

    assert merged == Merged(placed=1, waiting=1)
    assert live(into)[BookingState.WAITING] == [BOB]
    assert (BOB, "booking_moved") in told
    words = people.words(people.mails(BOB)[-1])
    assert "On the new date you are 1st on the waiting list." in words
    assert "You have a place" not in words
    assert "invitation" not in words
    assert people.calendar_part(people.mails(BOB)[-1]) is None


def test_those_who_wait_keep_their_order_behind_those_who_wait_there(db, dates):
    date, into = dates
    into.capacity = 2
    db.session.commit()
    for email in (ANN, BOB, CAT):
        people.book(date, email)
    people.book(into, DAN)
    people.book(into, "eve@agency.example", now=NOW + timedelta(minutes=1))

    # Full there with two: no room for Ann.
    with pytest.raises(Refused, match="1 person would come from this date"):
        merging.merge(date, into, reason=None, now=NOW)
    db.session.rollback()
    assert live(date)[BookingState.WAITING] == [BOB, CAT]

    into.capacity = 3
    db.session.commit()
    merge(db, date, into)
    assert live(into)[BookingState.WAITING] == [BOB, CAT]


def test_who_is_on_both_keeps_the_place_there_and_hears_that_this_is_cancelled(db, dates):
    date, into = dates
    people.book(date, ANN)
    people.book(into, ANN)
    into.capacity = 1
    db.session.commit()

    merged, told = merge(db, date, into)

    assert merged == Merged(0, 0)
    assert live(into) == {BookingState.CONFIRMED: [ANN]}
    assert told == [(ANN, "date_cancelled")]
    assert "It is held together with another date" in people.words(people.mails(ANN)[-1])


def test_who_has_a_place_here_and_waits_there_has_a_place_there(db, dates):
    date, into = dates
    into.capacity = 1
    db.session.commit()
    people.book(date, ANN)
    people.book(into, BOB)
    people.book(into, ANN)
    into.capacity = 2
    db.session.commit()

    merge(db, date, into)

    assert set(live(into)[BookingState.CONFIRMED]) == {ANN, BOB}
    assert BookingState.WAITING not in live(into)
    assert people.faults_of_messages() == []


def test_a_postponed_date_goes_into_one_that_stands(db, dates):
    _, into = dates
    date = make_postponed_date(course=into.course)
    merged, told = merge(db, date, into)
    assert (merged, told) == (Merged(0, 0), [])
    assert date.state is DateState.CANCELLED


def test_too_few_places_are_said_with_both_numbers(db, dates):
    date, into = dates
    people.book(into, ANN)
    people.book(date, BOB)
    into.capacity = 1
    db.session.commit()
    with pytest.raises(Refused) as refusal:
        merging.merge(date, into, reason=None, now=NOW)
    assert str(refusal.value) == (
        "1 person would come from this date, and that date has no free places."
        " Give it more places first."
    )


@pytest.mark.parametrize(
    ("of_date", "of_into", "why"),
    [
        ({"state": DateState.DRAFT}, {}, "not been published"),
        ({"state": DateState.CANCELLED}, {}, "cancelled already"),
        ({"starts_at": NOW - timedelta(hours=1)}, {}, "already started"),
        ({}, {"state": DateState.CANCELLED}, "This date has been cancelled"),
        ({}, {"starts_at": NOW - timedelta(hours=1)}, "already started"),
        ({}, {"course": None}, "another date of the same course"),
    ],
)
def test_what_cannot_be_merged_is_refused(db, of_date, of_into, why):
    date = make_date(**of_date)
    into = make_date(**({"course": date.course} | of_into))
    with pytest.raises(Refused, match=why):
        merging.merge(date, into, reason=None, now=NOW)


def test_only_other_dates_of_the_course_that_are_to_come_are_offered(db, dates):
    date, into = dates
    make_date()
    make_date(course=date.course, state=DateState.DRAFT)
    make_date(course=date.course, starts_at=NOW)
    assert merging.targets(date, now=NOW) == [into]
