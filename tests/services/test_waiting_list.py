from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds, mails, partnership, settle_in, words
from webapp.clock import LONDON
from webapp.db import db as database
from webapp.errors import OfferOver
from webapp.models import BookingState, DateState, Ending
from webapp.services import bookings, calling_off, links, places, waiting_list

ANN, BEN, CAT, DAN = (f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan"))
HOUR = timedelta(hours=1)
TUESDAY_5PM = datetime(2025, 4, 22, 17, tzinfo=LONDON)


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
    # Sixteen working hours are two days, and Easter is between them.
    assert ben.offered_until == TUESDAY_5PM
    mail = mails(BEN)[-1]
    assert mail.subject == "A place is kept for you: Safeguarding basics, Thu 1 May, 10am"
    assert "until 5pm on Tuesday 22 April 2025" in words(mail)
    assert links.booking_token(ben) in words(mail)
    assert places.of(date, NOW).left == 0


def test_an_offer_never_stands_into_the_last_hours_before_the_start():
    latest = TUESDAY_5PM + 24 * HOUR
    _, [ann, ben, *_] = full_date(starts_at=latest)
    bookings.cancel(ann, now=NOW)
    assert ben.offered_until == TUESDAY_5PM

    _, [ann, ben, *_] = full_date(starts_at=latest - timedelta(seconds=1))
    bookings.cancel(ann, now=NOW)
    assert ben.state is BookingState.WAITING


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
    assert cat.offered_until == first_end + timedelta(hours=48)  # two working days on
    assert waiting_list.lapse_on(date, now=first_end) == 0

    waiting_list.lapse_on(date, now=cat.offered_until)
    assert dan.state is BookingState.OFFERED
    assert kinds(BEN) == ["booking_waiting", "booking_offered", "offer_lapsed"]
    assert "until 5pm on Tuesday 22 April 2025" in words(mails(BEN)[-1])


def test_an_offer_that_lapses_at_the_start_goes_to_nobody():
    date, [ann, ben, cat, _dan] = full_date(starts_at=TUESDAY_5PM)
    partnership().first_to_take_hours = 0
    bookings.cancel(ann, now=NOW)
    waiting_list.lapse_on(date, now=date.starts_at)

    assert standings([ben, cat]) == ["cancelled", "waiting"]
    assert "You can book again" not in words(mails(BEN)[-1])


@pytest.mark.parametrize("answer", [waiting_list.accept, waiting_list.decline])
def test_an_offer_is_answered_once_and_in_time(answer):
    date, [ann, ben, cat, dan] = full_date()
    with pytest.raises(OfferOver, match="still on the waiting list"):
        answer(ben, now=NOW)
    bookings.cancel(ann, now=NOW)
    with pytest.raises(OfferOver, match="until 5pm on Tuesday 22 April 2025"):
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


def near_date():
    """A date of tomorrow with one place, which Ann has; Ben, Cat and Dan wait in this order."""
    return full_date(starts_at=NOW + 25 * HOUR)


def test_near_the_start_everybody_who_waits_is_told_once_and_the_first_has_the_place():
    date, [ann, ben, cat, dan] = near_date()
    bookings.cancel(ann, now=NOW)
    free(date)

    assert standings([ben, cat, dan]) == ["waiting"] * 3
    for email in (BEN, CAT, DAN):
        assert kinds(email) == ["booking_waiting", "place_to_take"]
    assert "the first to take the place has it" in words(mails(CAT)[-1])
    assert links.booking_token(cat) in words(mails(CAT)[-1])
    waiting_list.accept(cat, now=NOW)

    assert (cat.state, cat.offered_until) == (BookingState.CONFIRMED, None)
    assert kinds(CAT)[2:] == ["booking_confirmed"]
    assert not waiting_list.can_take(ben, NOW)
    with pytest.raises(OfferOver, match="No place is free at the moment"):
        waiting_list.accept(ben, now=NOW)
    assert [waiting_list.position(ben), waiting_list.position(dan)] == [1, 2]


def test_of_the_next_place_those_left_are_told_again():
    _, [ann, _ben, cat, _dan] = near_date()
    bookings.cancel(ann, now=NOW)
    waiting_list.accept(cat, now=NOW)
    bookings.cancel(cat, now=NOW)
    assert kinds(BEN) == ["booking_waiting", "place_to_take", "place_to_take"]


def test_a_further_place_is_no_news_while_one_is_there_to_take():
    date, [ann, ben, cat, _dan] = near_date()
    bookings.cancel(ann, now=NOW)
    date.capacity = 2
    free(date)
    assert kinds(BEN) == ["booking_waiting", "place_to_take"]
    waiting_list.accept(ben, now=NOW)
    waiting_list.accept(cat, now=NOW)
    assert standings([ben, cat]) == ["confirmed", "confirmed"]


def test_whoever_comes_while_a_place_is_to_be_taken_hears_of_it_at_once():
    date, [ann, *_] = near_date()
    bookings.cancel(ann, now=NOW)
    database.session.commit()
    eve = book(date, "eve@agency.example")

    assert eve.state is BookingState.WAITING
    assert kinds("eve@agency.example") == ["place_to_take"]
    waiting_list.accept(eve, now=NOW)
    assert eve.state is BookingState.CONFIRMED


def test_nobody_takes_a_place_of_a_date_that_has_started_or_is_off():
    date, [ann, ben, *_] = near_date()
    bookings.cancel(ann, now=NOW)
    with pytest.raises(OfferOver, match="No place is free"):
        waiting_list.accept(ben, now=date.starts_at)
    calling_off.postpone(date, message="", now=NOW)
    assert ben.told_of_place_at is None
    with pytest.raises(OfferOver, match="postponed"):
        waiting_list.accept(ben, now=NOW)


def test_what_lapses_near_the_start_is_for_whoever_is_first():
    date, [ann, ben, cat, _dan] = full_date(starts_at=TUESDAY_5PM + 24 * HOUR)
    bookings.cancel(ann, now=NOW)
    waiting_list.lapse_on(date, now=TUESDAY_5PM)
    assert ben.ending is Ending.OFFER_LAPSED
    assert waiting_list.can_take(cat, TUESDAY_5PM)


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
