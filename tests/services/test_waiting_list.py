from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds, mails, partnership, settle_in, words
from webapp.db import db as database
from webapp.errors import OfferOver
from webapp.models import BookingState, DateState, Ending
from webapp.services import bookings, links, places, waiting_list

ANN, BEN, CAT, DAN = (f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan"))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def full_date(**facts):
    """A date with one place, which Ann has; Ben, Cat and Dan wait in this order."""
    date = make_date(capacity=1, **facts)
    return date, [book(date, email) for email in (ANN, BEN, CAT, DAN)]


def standings(people):
    return [str(booking.state) for booking in people]


def free(date, *, now=NOW):
    places.hold(date)
    waiting_list.offer_free_places(date, now=now)


def test_a_freed_place_is_kept_for_the_next_in_line_until_a_deadline():
    date, [ann, ben, cat, dan] = full_date()
    bookings.cancel(ann, now=NOW)

    assert standings([ben, cat, dan]) == ["offered", "waiting", "waiting"]
    assert ben.offered_until == NOW + timedelta(hours=48)
    mail = mails(BEN)[-1]
    assert mail.subject == "A place is kept for you: Safeguarding basics, Thu 1 May, 10am"
    assert "until 9am on Saturday 19 April 2025" in words(mail)
    assert links.booking_token(ben) in words(mail)
    assert places.of(date).left == 0


def test_an_offer_never_stands_past_the_start():
    date, [ann, ben, *_] = full_date(starts_at=NOW + 5 * HOUR)
    bookings.cancel(ann, now=NOW)
    assert ben.offered_until == date.starts_at


def test_nothing_is_offered_once_it_has_started():
    _, [ann, ben, *_] = full_date(starts_at=NOW + HOUR)
    bookings.cancel_by_organiser(ann, reason="Ill", now=NOW + HOUR)
    assert ben.state is BookingState.WAITING


def test_nothing_is_offered_on_a_date_called_off():
    date, [ann, ben, *_] = full_date()
    date.state = DateState.CANCELLED
    bookings.cancel(ann, now=NOW)
    assert ben.state is BookingState.WAITING


def test_more_places_are_offered_to_as_many_in_order():
    date, people = full_date()
    date.capacity = 3
    free(date)
    assert standings(people) == ["confirmed", "offered", "offered", "waiting"]

    date.capacity = None
    free(date)
    assert standings(people) == ["confirmed", "offered", "offered", "offered"]


def test_a_date_with_more_people_than_places_offers_nothing_until_there_is_room():
    date, [ann, ben, cat, _dan] = full_date()
    date.capacity = 2
    free(date)
    waiting_list.accept(ben, now=NOW)
    date.capacity = 1
    bookings.cancel(ann, now=NOW)
    assert cat.state is BookingState.WAITING
    bookings.cancel(ben, now=NOW)
    assert cat.state is BookingState.OFFERED


def test_an_accepted_place_is_confirmed_with_an_invitation():
    _, [ann, ben, *_] = full_date()
    bookings.cancel(ann, now=NOW)
    waiting_list.accept(ben, now=NOW + HOUR)

    assert (ben.state, ben.offered_until) == (BookingState.CONFIRMED, None)
    assert kinds(BEN) == ["booking_waiting", "booking_offered", "booking_confirmed"]


def test_a_declined_place_goes_to_the_next_in_line():
    _, [ann, ben, cat, _dan] = full_date()
    bookings.cancel(ann, now=NOW)
    waiting_list.decline(ben, now=NOW)

    assert (ben.state, ben.ending) == (BookingState.CANCELLED, Ending.OFFER_DECLINED)
    assert cat.state is BookingState.OFFERED
    assert kinds(BEN)[2:] == ["offer_declined"]


def test_an_offer_that_lapses_goes_to_the_next_in_line_and_so_on():
    date, [ann, ben, cat, dan] = full_date()
    bookings.cancel(ann, now=NOW)
    first_end = ben.offered_until

    assert waiting_list.lapsed_dates(first_end - timedelta(seconds=1)) == []
    assert waiting_list.lapsed_dates(first_end) == [date]
    assert waiting_list.lapse_on(date, now=first_end) == 1
    assert (ben.state, ben.ending) == (BookingState.CANCELLED, Ending.OFFER_LAPSED)
    assert cat.offered_until == first_end + timedelta(hours=48)
    assert waiting_list.lapse_on(date, now=first_end) == 0

    waiting_list.lapse_on(date, now=cat.offered_until)
    assert dan.state is BookingState.OFFERED
    assert kinds(BEN) == ["booking_waiting", "booking_offered", "offer_lapsed"]
    assert "until 9am on Saturday 19 April 2025" in words(mails(BEN)[-1])


def test_an_offer_that_lapses_at_the_start_goes_to_nobody():
    date, [ann, ben, cat, _dan] = full_date(starts_at=NOW + HOUR)
    bookings.cancel(ann, now=NOW)
    waiting_list.lapse_on(date, now=date.starts_at)

    assert standings([ben, cat]) == ["cancelled", "waiting"]
    assert "You can book again" not in words(mails(BEN)[-1])


@pytest.mark.parametrize("answer", [waiting_list.accept, waiting_list.decline])
def test_an_offer_is_answered_once_and_in_time(answer):
    date, [ann, ben, cat, dan] = full_date()
    with pytest.raises(OfferOver, match="still waiting"):
        answer(ben, now=NOW)
    bookings.cancel(ann, now=NOW)
    with pytest.raises(OfferOver, match="until 9am on Saturday 19 April 2025"):
        answer(ben, now=ben.offered_until)
    database.session.rollback()

    bookings.cancel(ann, now=NOW)
    waiting_list.accept(ben, now=NOW)
    with pytest.raises(OfferOver, match="accepted this place already"):
        answer(ben, now=NOW)
    bookings.cancel(ben, now=NOW)
    with pytest.raises(OfferOver, match="cancelled"):
        answer(ben, now=NOW)
    waiting_list.decline(cat, now=NOW)
    with pytest.raises(OfferOver, match="let this place go"):
        answer(cat, now=NOW)
    waiting_list.lapse_on(date, now=dan.offered_until)
    with pytest.raises(OfferOver, match="not taken up in time"):
        answer(dan, now=NOW)


def test_booking_lets_go_of_what_lapsed_before_it_looks_for_a_place():
    date = make_date(capacity=1)
    ann, ben = book(date), book(date, BEN)
    bookings.cancel(ann, now=NOW)
    database.session.commit()

    assert book(date, CAT, now=ben.offered_until).state is BookingState.CONFIRMED
    assert ben.ending is Ending.OFFER_LAPSED


def test_a_newcomer_never_passes_those_who_wait():
    date, people = full_date()
    date.capacity = 2
    database.session.commit()
    newcomer = book(date, "eve@agency.example")

    assert standings([*people, newcomer]) == [
        "confirmed",
        "offered",
        "waiting",
        "waiting",
        "waiting",
    ]


def test_the_line_is_in_the_order_of_coming_though_clocks_disagree():
    date = make_date(capacity=0)
    first = book(date, ANN, now=NOW)
    second = book(date, BEN, now=NOW - timedelta(seconds=3))
    assert [waiting_list.position(first), waiting_list.position(second)] == [1, 2]


def test_the_time_an_offer_stands_is_the_partnerships_choice():
    partnership().offer_hours = 3
    _, [ann, ben, *_] = full_date()
    bookings.cancel(ann, now=NOW)
    assert ben.offered_until == NOW + 3 * HOUR
