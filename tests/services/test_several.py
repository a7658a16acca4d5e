"""Several people of one date at once: all of them or none, and freed places are offered on once."""

from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_course, make_date
from tests.people import book
from tests.queries import by_state, counted
from webapp.db import db as database
from webapp.errors import Full, NotAll, Refused
from webapp.models import BookingState, Ending
from webapp.services import attendee_lists, bookings, moving, waiting_list
from webapp.services.attendee_lists import MOST_AT_ONCE, Search

ANN, BEN, CAT, DAN, EVE = (f"{n}@agency.example" for n in ("ann", "ben", "cat", "dan", "eve"))
CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING
OFFERED, CANCELLED = BookingState.OFFERED, BookingState.CANCELLED
SOON, LATER = NOW + timedelta(hours=1), timedelta(days=7)


@pytest.fixture(autouse=True)
def _world(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    people.settle_in()


def two_dates(capacity=2, room=5):
    course = make_course()
    first = make_date(course=course, capacity=capacity)
    return first, make_date(course=course, capacity=room, starts_at=first.starts_at + LATER)


def full_date():
    """Ann and Ben have the two places, Cat, Dan and Eve wait."""
    first, second = two_dates()
    return first, second, [book(first, email) for email in (ANN, BEN, CAT, DAN, EVE)]


def cancel(several):
    bookings.cancel_all(several, reason="The team does not come", now=SOON)
    database.session.commit()


def move(several, to, reason=None):
    moved = moving.move_all(several, to, reason=None, over_capacity_reason=reason, now=SOON)
    database.session.commit()
    return moved


def live(date):
    return {state: who for state, who in by_state(date).items() if who and state != CANCELLED}


def told(since):
    return [(mail.to, mail.kind) for mail in people.mails()[since:]]


def test_those_cancelled_together_are_told_why_and_their_places_go_on_once():
    date, _, (ann, ben, cat, *_) = full_date()
    before = len(people.mails())
    cancel([ann, ben, cat])

    assert live(date) == {OFFERED: [DAN, EVE]}
    assert {one.ending for one in (ann, ben, cat)} == {Ending.BY_ORGANISER}
    by_organiser = "booking_cancelled_by_organiser"
    assert told(before) == [
        (ANN, by_organiser),
        (BEN, by_organiser),
        (CAT, by_organiser),
        (DAN, "booking_offered"),
        (EVE, "booking_offered"),
    ]
    assert all(
        "The team does not come" in people.words(mail) for mail in people.mails()[before:][:3]
    )
    assert people.faults_of_messages() == []


def test_when_one_of_them_has_gone_already_nobody_is_cancelled():
    date, _, (ann, ben, *_) = full_date()
    bookings.cancel(ben, now=NOW)
    database.session.commit()
    with pytest.raises(NotAll) as refusal:
        cancel([ann, ben])
    assert refusal.value.reasons == [(ben.name, "This booking has been cancelled already.")]
    database.session.rollback()

    assert ANN in live(date)[CONFIRMED]


def test_those_moved_together_have_places_there_and_theirs_go_on_once():
    date, there, (ann, ben, cat, *_) = full_date()
    before = len(people.mails())
    moved = move([ann, ben, cat], there)

    assert [one.state for one in moved] == [CONFIRMED] * 3
    assert live(there) == {CONFIRMED: [ANN, BEN, CAT]}
    assert live(date) == {OFFERED: [DAN, EVE]}
    assert told(before)[-2:] == [(DAN, "booking_offered"), (EVE, "booking_offered")]
    assert people.faults_of_messages() == []


def test_moved_together_they_need_room_for_all_or_a_reason():
    date, there = two_dates(capacity=3, room=2)
    several = [book(date, email) for email in (ANN, BEN, CAT)]
    with pytest.raises(Full, match=r"3 people would come. The date has 2 places"):
        move(several, there)
    database.session.rollback()
    assert live(date) == {CONFIRMED: [ANN, BEN, CAT]}

    moved = move(several, there, reason="A larger room")
    assert {one.over_capacity_reason for one in moved} == {"A larger room"}
    assert live(there) == {CONFIRMED: [ANN, BEN, CAT]}


def test_when_one_cannot_go_there_nobody_is_moved_and_each_reason_is_said():
    date, there = two_dates(capacity=3)
    ann, ben, cat = (book(date, email, name=email) for email in (ANN, BEN, CAT))
    book(there, BEN)
    bookings.cancel(cat, now=NOW)
    database.session.commit()
    with pytest.raises(NotAll) as refusal:
        move([ann, ben, cat], there)
    assert refusal.value.reasons == [
        (BEN, "This person has a booking for that date already."),
        (CAT, "This booking has been cancelled already."),
    ]
    database.session.rollback()

    assert live(date) == {CONFIRMED: [ANN, BEN]}


def test_beyond_the_places_nothing_is_offered_on_until_one_is_free():
    _, there, (ann, ben, *_) = full_date()
    late = book(there, "fay@agency.example")
    for email in ("gus", "hal", "ida", "jim"):
        book(there, f"{email}@agency.example")
    waits = book(there, "kim@agency.example")
    move([ann, ben], there, reason="They give the talk")
    assert len(live(there)[CONFIRMED]) == 7

    for one in (late, ann):
        bookings.cancel(people.booking_of(there, one.email), now=NOW)
        database.session.commit()
        assert waits.state is WAITING
    bookings.cancel(people.booking_of(there, BEN), now=NOW)
    assert waits.state is OFFERED


def queries_of(verb, several):
    database.session.commit()
    with counted() as sent:
        verb(several)
    return len(sent)


@pytest.mark.parametrize("verb", ["cancel", "move"])
def test_queries_grow_no_faster_than_people(verb):
    def asked_for(number):
        date, there = two_dates(capacity=None, room=None)
        several = [book(date, f"{verb}-{number}-{n}@agency.example") for n in range(number)]
        return queries_of(cancel if verb == "cancel" else lambda some: move(some, there), several)

    two, four, eight = asked_for(2), asked_for(4), asked_for(8)
    assert eight - four <= 2 * (four - two)


def test_those_ticked_are_the_date_s_own_by_name():
    date, there = two_dates(capacity=5)
    ben, ann = book(date, BEN, name="Ben"), book(date, ANN, name="Ann")
    other = book(there, CAT)

    assert list(attendee_lists.chosen(date, {ben.id, ann.id, other.id})) == [ann, ben]


def test_more_than_can_be_written_to_at_once_are_refused(db):
    with pytest.raises(Refused, match="at most 300"):
        attendee_lists.chosen(make_date(), set(range(MOST_AT_ONCE + 1)))


def test_everybody_is_everybody_on_the_page_or_in_the_list(monkeypatch):
    monkeypatch.setattr(attendee_lists, "SIZE", 2)
    date = make_date(capacity=5)
    ids = [book(date, email, name=email).id for email in (ANN, BEN, CAT)]

    assert attendee_lists.ids_of_date(date, Search(), 2) == ids[2:]
    assert attendee_lists.ids_of_date(date, Search()) == ids


def test_who_waits_is_given_a_place_out_of_turn_only_with_a_reason():
    _, _, (_, _, cat, dan, _) = full_date()
    with pytest.raises(Full, match="3 wait for one"):
        waiting_list.give(dan, over_capacity_reason=None, now=NOW)
    database.session.rollback()

    waiting_list.give(dan, over_capacity_reason="The only nurse", now=SOON)
    assert (dan.state, dan.over_capacity_reason) == (CONFIRMED, "The only nurse")
    assert (cat.state, people.kinds(DAN)[-1]) == (WAITING, "booking_confirmed")
    assert people.faults_of_messages() == []


def test_an_offer_is_taken_up_for_somebody_without_a_reason():
    _, _, (ann, _, cat, *_) = full_date()
    bookings.cancel(ann, now=NOW)
    waiting_list.give(cat, over_capacity_reason=None, now=NOW)

    assert (cat.state, cat.offered_until, cat.over_capacity_reason) == (CONFIRMED, None, None)


def test_nobody_is_given_a_place_twice_or_after_they_left():
    _, _, (ann, _, cat, *_) = full_date()
    bookings.cancel(cat, now=NOW)
    for booking, why in ((ann, "has a place already"), (cat, "cancelled already")):
        with pytest.raises(Refused, match=why):
            waiting_list.give(booking, over_capacity_reason="Why not", now=NOW)
