from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_partnership,
    make_practitioner,
)
from webapp.db import db as database
from webapp.errors import NotFound
from webapp.models import BookingState, DateState, Ending, Kind
from webapp.services import feeds

LATER = NOW + timedelta(hours=1)
LATER_STILL = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


@pytest.mark.parametrize("state", [DateState.DRAFT, DateState.HELD_BACK])
def test_what_is_not_announced_has_no_file(state):
    date = make_date(state=state)
    with pytest.raises(NotFound):
        feeds.get_date(date.id)
    with pytest.raises(NotFound):
        feeds.of_course(date.course.slug, now=NOW)


def test_a_date_of_an_unpublished_course_has_no_file():
    date = make_date(course=make_course(is_published=False))
    with pytest.raises(NotFound):
        feeds.get_date(date.id)


def test_a_course_file_holds_what_is_coming_and_what_was_just_cancelled():
    course = make_course()
    coming = make_date(course=course)
    off = make_date(course=course, state=DateState.CANCELLED, cancelled_at=NOW - timedelta(days=29))
    make_date(course=course, state=DateState.CANCELLED, cancelled_at=NOW - timedelta(days=31))
    make_date(course=course, starts_at=NOW - timedelta(days=3))
    make_date()
    assert set(feeds.of_course(course.slug, now=NOW)) == {coming, off}


def test_a_course_with_nothing_coming_has_no_file():
    with pytest.raises(NotFound):
        feeds.of_course(make_course(kind=Kind.WEBINAR).slug, now=NOW)


@pytest.mark.parametrize(
    "state", [BookingState.WAITING, BookingState.OFFERED, BookingState.CANCELLED]
)
def test_only_who_has_a_place_has_a_file_of_the_booking(state):
    with pytest.raises(NotFound):
        feeds.of_booking(make_booking(state=state))


def test_a_personal_feed_holds_places_and_waits_of_one_person_alone():
    person = make_practitioner()
    place = make_booking(practitioner=person)
    wait = make_booking(practitioner=person, state=BookingState.WAITING)
    offer = make_booking(practitioner=person, state=BookingState.OFFERED)
    make_booking(practitioner=person, state=BookingState.CANCELLED, ending=Ending.BY_PRACTITIONER)
    make_booking(make_date(state=DateState.HELD_BACK), practitioner=person)
    make_booking()
    assert set(feeds.of_practitioner(person, now=NOW)) == {place, wait, offer}


def test_a_personal_feed_looks_ninety_days_back():
    person = make_practitioner()
    recent = make_booking(
        make_date(starts_at=NOW - timedelta(days=90, hours=-1)), practitioner=person
    )
    make_booking(make_date(starts_at=NOW - timedelta(days=91)), practitioner=person)
    assert feeds.of_practitioner(person, now=NOW) == [recent]


def test_a_cancelled_date_stays_in_the_personal_feed_for_thirty_days():
    person = make_practitioner()
    date = make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    booking = make_booking(
        date, practitioner=person, state=BookingState.CANCELLED, ending=Ending.BY_ORGANISER
    )
    assert feeds.of_practitioner(person, now=NOW + timedelta(days=29)) == [booking]
    assert feeds.of_practitioner(person, now=NOW + timedelta(days=31)) == []


def test_a_date_booked_again_is_in_the_feed_once():
    person = make_practitioner()
    date = make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    ended = {"state": BookingState.CANCELLED, "ending": Ending.BY_ORGANISER}
    make_booking(date, practitioner=person, **ended)
    last = make_booking(date, practitioner=person, **ended)
    assert feeds.of_practitioner(person, now=NOW) == [last]


def test_the_last_change_never_goes_back_and_moves_at_midnight():
    person = make_practitioner()
    booking = make_booking(practitioner=person)
    assert feeds.last_change(NOW) == NOW
    booking.updated_at = LATER
    database.session.flush()
    assert feeds.last_change(LATER, person) == LATER
    assert feeds.last_change(LATER) == NOW
    midnight = NOW + timedelta(hours=15)  # in British Summer Time
    assert feeds.last_change(midnight - timedelta(seconds=1), person) == LATER
    assert feeds.last_change(midnight, person) == midnight
