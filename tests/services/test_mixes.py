from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_sector
from tests.people import book, mails, partnership, settle_in, words
from tests.queries import counted
from webapp.models import BookingState
from webapp.services import (
    attendee_lists,
    attendees,
    bookings,
    held_places,
    mixes,
    places,
    waiting_list,
)
from webapp.services.attendee_lists import Search, Sort

WAITING, OFFERED = BookingState.WAITING, BookingState.OFFERED
ANN, BEN, CAT, DAN = (f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan"))


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


@pytest.fixture
def school():
    return make_agency("A school", sector=make_sector(name="Education", aim=50))


@pytest.fixture
def police():
    return make_agency("The police", sector=make_sector(name="Police"))


def shares(date):
    return {one.sector.name: (one.taken, one.aim, one.missing) for one in mixes.of(date)}


def full(police, **facts):
    """Two places, which the police has; one of them waits longest."""
    date = make_date(capacity=2, **facts)
    return date, [book(date, email, agency=police) for email in (ANN, BEN, CAT)]


def test_the_mix_counts_places_and_offers_against_a_percentage_of_all_places(school, police):
    date = make_date(capacity=5)
    make_booking(date, agency=police)
    make_booking(date, agency=school, state=OFFERED, offered_until=NOW + timedelta(days=1))
    make_booking(date, agency=school, state=WAITING, waiting_since=NOW)

    assert shares(date) == {"Education": (1, 3, 2), "Police": (1, None, 0)}
    [education, _] = mixes.of(date)
    assert education.waiting == 1


def test_without_a_limit_the_aim_is_a_part_of_those_who_come(school, police):
    date = make_date(capacity=None)
    for agency in (school, police, police, police):
        make_booking(date, agency=agency)

    assert shares(date) == {"Education": (1, 2, 1), "Police": (3, None, 0)}


def test_what_a_date_holds_is_its_aim_also_once_it_is_open_to_all(school, police):
    date = make_date(capacity=5)
    held_places.hold(date, [(police.sector_id, 4)], 7, now=NOW)

    assert shares(date) == {"Police": (0, 4, 4)}


def test_who_waits_from_a_sector_below_its_aim_comes_first(school, police):
    date, [ann, _, cat] = full(police, prefers_missing=True)
    dan = book(date, DAN, agency=school)
    assert (places.position(dan), places.position(cat)) == (1, 2)

    bookings.cancel(ann, now=NOW)
    assert (dan.state, cat.state) == (OFFERED, WAITING)
    # The aim is reached, so that whoever has waited longest is next again.
    eve = book(date, "eve@agency.example", agency=school)
    assert (places.position(cat), places.position(eve)) == (1, 2)


def test_without_the_wish_whoever_has_waited_longest_comes_first(school, police):
    date, [ann, _, cat] = full(police)
    dan = book(date, DAN, agency=school)
    bookings.cancel(ann, now=NOW)
    assert (cat.state, dan.state) == (OFFERED, WAITING)


def test_the_wish_is_the_partnerships_unless_the_date_has_its_own(school, police):
    partnership().prefers_missing = True
    date, _ = full(police)
    other, _ = full(police, prefers_missing=False)

    assert places.position(book(date, DAN, agency=school)) == 1
    assert places.position(book(other, DAN, agency=school)) == 2


def test_of_two_offered_at_once_each_counts_for_the_next(school, police):
    date, [*_, cat] = full(police, prefers_missing=True)
    dan, eve = book(date, DAN, agency=school), book(date, "eve@agency.example", agency=school)
    places.hold(date)
    date.capacity = 4
    waiting_list.offer_free_places(date, now=NOW)
    # Two of four are aimed for, and both of them wait.
    assert [one.state for one in (cat, dan, eve)] == [WAITING, OFFERED, OFFERED]


def test_the_mail_says_the_turn_and_the_rule(school, police):
    date, _ = full(police, prefers_missing=True)
    book(date, DAN, agency=school)

    [mail] = mails(DAN)
    assert "You are 1st on the waiting list" in words(mail)
    assert "We offer places first to sectors that are missing on this date" in words(mail)


def test_organisers_see_who_comes_before_somebody_that_has_waited_longer(school, police):
    date, [*_, cat] = full(police, prefers_missing=True)
    dan = book(date, DAN, agency=school)

    queue = attendees.queue(date)
    assert queue.turns == {dan.id: 1, cat.id: 2}
    assert queue.ahead == {dan.id}
    by_turn = Search(state=WAITING, sort=Sort.QUEUE)
    assert [one.id for one in attendee_lists.of_date(date, by_turn).rows] == [dan.id, cat.id]


def test_a_long_line_is_ordered_in_as_many_queries_as_a_short_one(school, police):
    date = make_date(capacity=0, prefers_missing=True)
    assert _queries(date, [school, police, police]) == _queries(date, [police, school] * 20)


def _queries(date, agencies):
    for agency in agencies:
        make_booking(date, agency=agency, state=WAITING, waiting_since=NOW)
    with counted() as sent:
        mixes.of(date)
        places.line(date)
        attendees.queue(date)
    return len(sent)
