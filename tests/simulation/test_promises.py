"""The watch over the year notices what it is there for: each fault is put in on purpose."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_email
from tests.people import book, settle_in
from tests.simulation.promises import Promises
from webapp.models import BookingState, Ending


@pytest.fixture
def date(db):
    settle_in()
    return make_date(capacity=1)


def test_nothing_is_found_where_all_is_well(date):
    book(date)
    book(date, "ben@agency.example")
    Promises().check(NOW)


def test_more_places_than_there_are_is_noticed(date):
    make_booking(date)
    make_booking(date, state=BookingState.OFFERED, offered_until=NOW + timedelta(days=1))
    with pytest.raises(AssertionError, match="too many"):
        Promises().check(NOW)


def test_a_free_place_while_somebody_waits_is_noticed(date):
    make_booking(date, state=BookingState.WAITING)
    with pytest.raises(AssertionError, match="somebody waits"):
        Promises().check(NOW)


def test_an_offer_past_its_deadline_is_noticed(date):
    make_booking(date, state=BookingState.OFFERED, offered_until=NOW - timedelta(seconds=1))
    with pytest.raises(AssertionError, match="past their deadline"):
        Promises().check(NOW)


def test_an_offer_out_of_turn_is_noticed(date):
    until = NOW + timedelta(days=1)
    make_booking(date, state=BookingState.WAITING)
    make_booking(
        date,
        state=BookingState.OFFERED,
        offered_until=until,
        waiting_since=NOW + timedelta(hours=1),
    )
    with pytest.raises(AssertionError, match="passed over"):
        Promises().check(NOW)


def test_who_was_told_nothing_of_what_became_of_them_is_noticed(date):
    booking = make_booking(
        date, state=BookingState.CANCELLED, ending=Ending.BY_PRACTITIONER, cancelled_at=NOW
    )
    make_email(booking_id=booking.id)
    with pytest.raises(AssertionError, match=f"booking {booking.id}"):
        Promises().check(NOW)


@pytest.mark.parametrize("kind", ["booking_confirmed", "booking_cancelled", "reminder"])
def test_who_was_told_twice_is_noticed(date, kind):
    booking = book(date)
    promises = Promises()
    promises.check(NOW)
    make_email(booking_id=booking.id, kind=kind)
    make_email(booking_id=booking.id, kind=kind)
    with pytest.raises(AssertionError):
        promises.check(NOW)


def test_an_offer_that_is_left_when_all_is_over_is_noticed(date):
    make_booking(date, state=BookingState.OFFERED, offered_until=NOW + timedelta(days=900))
    with pytest.raises(AssertionError):
        Promises().check_end(NOW + timedelta(days=800))


def test_a_place_offered_after_the_start_is_noticed(date):
    booking = make_booking(date, state=BookingState.WAITING)
    late = NOW + timedelta(days=20)
    make_email(booking_id=booking.id, kind="place_to_take", queued_at=late)
    with pytest.raises(AssertionError, match="after the start"):
        Promises().check_end(late)
