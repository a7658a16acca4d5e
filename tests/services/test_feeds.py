from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_organiser,
    make_partnership,
    make_practitioner,
)
from webapp.db import db as database
from webapp.errors import NotFound
from webapp.models import BookingState, DateState, Ending, Kind, RoleName
from webapp.services import feeds
from webapp.services.programme import EVERYTHING, Filters

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


def bookings_of(person, *, now=NOW):
    return [row.booking_id for row in feeds.of_practitioner(person.id, now=now)]


def days_of(rows):
    return [row.id for row in rows]


def off(state, at, **facts):
    """A date called off at that moment."""
    when = {DateState.CANCELLED: "cancelled_at", DateState.POSTPONED: "postponed_at"}[state]
    date = make_date(state=state, **{when: at}, **facts)
    if state is DateState.POSTPONED:
        date.starts_at = date.ends_at = None
        database.session.flush()
    return date


def test_a_personal_feed_holds_places_and_waits_of_one_person_alone():
    person = make_practitioner()
    place = make_booking(practitioner=person)
    wait = make_booking(practitioner=person, state=BookingState.WAITING)
    offer = make_booking(practitioner=person, state=BookingState.OFFERED)
    for ending in (Ending.BY_PRACTITIONER, Ending.BY_ORGANISER, Ending.MOVED, Ending.SUBSTITUTED):
        make_booking(practitioner=person, state=BookingState.CANCELLED, ending=ending)
    make_booking(make_date(state=DateState.HELD_BACK), practitioner=person)
    make_booking()
    assert set(bookings_of(person)) == {place.id, wait.id, offer.id}


def test_a_personal_feed_looks_ninety_days_back():
    person = make_practitioner()
    recent = make_booking(
        make_date(starts_at=NOW - timedelta(days=90, hours=-1)), practitioner=person
    )
    make_booking(make_date(starts_at=NOW - timedelta(days=91)), practitioner=person)
    assert bookings_of(person) == [recent.id]


def test_a_cancelled_date_stays_in_the_personal_feed_for_thirty_days():
    person = make_practitioner()
    booking = make_booking(
        off(DateState.CANCELLED, NOW),
        practitioner=person,
        state=BookingState.CANCELLED,
        ending=Ending.DATE_CANCELLED,
    )
    assert bookings_of(person, now=NOW + timedelta(days=29)) == [booking.id]
    assert bookings_of(person, now=NOW + timedelta(days=31)) == []


@pytest.mark.parametrize("ending", [Ending.BY_PRACTITIONER, Ending.BY_ORGANISER])
def test_who_was_out_before_the_date_was_cancelled_hears_nothing_of_it(ending):
    person = make_practitioner()
    date = off(DateState.CANCELLED, NOW)
    make_booking(date, practitioner=person, state=BookingState.CANCELLED, ending=ending)
    assert bookings_of(person) == []


def test_a_postponed_date_stays_in_the_personal_feed_for_thirty_days():
    person = make_practitioner()
    booking = make_booking(off(DateState.POSTPONED, NOW), practitioner=person)
    assert bookings_of(person, now=NOW + timedelta(days=29)) == [booking.id]
    assert bookings_of(person, now=NOW + timedelta(days=31)) == []


def test_a_date_booked_again_is_in_the_feed_once():
    person = make_practitioner()
    date = off(DateState.CANCELLED, NOW)
    ended = {"state": BookingState.CANCELLED, "ending": Ending.DATE_CANCELLED}
    make_booking(date, practitioner=person, **ended)
    last = make_booking(date, practitioner=person, **ended)
    assert bookings_of(person) == [last.id]


def test_a_wait_after_a_place_is_in_the_feed_under_the_wait_alone():
    person, date = make_practitioner(), make_date()
    ended = {"state": BookingState.CANCELLED, "ending": Ending.BY_PRACTITIONER}
    wait = make_booking(date, practitioner=person, state=BookingState.WAITING)
    make_booking(date, practitioner=person, **ended)
    assert bookings_of(person) == [wait.id]


def test_who_booked_after_a_day_was_dropped_never_hears_of_it():
    person = make_practitioner()
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=2)) for n in (7, 14)]
    date = make_date(starts_at=days[0][0], ends_at=days[1][1], days=days)
    make_booking(date, practitioner=person, booked_at=LATER)
    before = make_booking(date, email="ben@agency.example")
    date.set_days(days[:1], now=LATER)
    database.session.flush()
    assert len(bookings_of(person, now=LATER_STILL)) == 1
    assert len(bookings_of(before.practitioner, now=LATER_STILL)) == 2


def test_a_dropped_day_is_told_for_thirty_days():
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=2)) for n in (50, 60)]
    date = make_date(starts_at=days[0][0], ends_at=days[1][1], days=days)
    first, second = (day.id for day in date.days)
    date.set_days(days[:1], now=NOW)
    database.session.flush()
    month, later = NOW + timedelta(days=29), NOW + timedelta(days=31)
    assert days_of(feeds.in_programme(EVERYTHING, now=month)) == [first, second]
    assert days_of(feeds.in_programme(EVERYTHING, now=later)) == [first]


@pytest.mark.parametrize("state", [DateState.CANCELLED, DateState.POSTPONED])
def test_every_feed_tells_of_what_was_called_off_for_thirty_days(state):
    teacher = make_organiser(role=RoleName.TRAINER)
    date = off(state, NOW, trainers=[teacher])
    (day,) = (day.id for day in date.days)
    for now, told in ((NOW + timedelta(days=29), [day]), (NOW + timedelta(days=31), [])):
        assert days_of(feeds.in_programme(EVERYTHING, now=now)) == told
        assert days_of(feeds.of_trainer(teacher.id, now=now)) == told
        assert days_of(feeds.of_everybody(now=now)) == told
    assert days_of(feeds.ever(now=NOW + timedelta(days=1000))) == [day]


def test_a_postponed_date_is_found_by_the_month_it_was_to_be_in():
    date = off(DateState.POSTPONED, NOW, starts_at=NOW + timedelta(days=30))
    (day,) = (day.id for day in date.days)
    assert days_of(feeds.in_programme(Filters(month="2025-05"), now=NOW)) == [day]
    assert feeds.in_programme(Filters(month="2025-06"), now=NOW) == []


def test_what_is_nearest_to_today_comes_first():
    ahead = [make_date(starts_at=NOW + timedelta(days=n)).days[0].id for n in (0, 5, 9)]
    past = [make_date(starts_at=NOW - timedelta(days=n)).days[0].id for n in (1, 20, 80)]
    assert days_of(feeds.in_programme(EVERYTHING, now=NOW)) == ahead + past


def test_a_trainer_follows_their_own_dates_and_organisers_all():
    teacher, other = (make_organiser(role=RoleName.TRAINER) for _ in range(2))
    mine = make_date(trainers=[teacher, other]).days[0].id
    theirs = make_date(trainers=[other], starts_at=NOW + timedelta(days=20)).days[0].id
    draft = make_date(state=DateState.DRAFT, trainers=[teacher], starts_at=NOW + timedelta(days=30))
    make_date(state=DateState.HELD_BACK, trainers=[teacher])
    assert days_of(feeds.of_trainer(teacher.id, now=NOW)) == [mine]
    assert days_of(feeds.of_trainer(other.id, now=NOW)) == [mine, theirs]
    assert days_of(feeds.of_everybody(now=NOW)) == [mine, theirs, draft.days[0].id]


def test_only_the_file_of_all_dates_holds_what_is_long_over():
    old = make_date(starts_at=NOW - timedelta(days=400)).days[0].id
    assert feeds.of_everybody(now=NOW) == []
    assert days_of(feeds.ever(now=NOW)) == [old]
