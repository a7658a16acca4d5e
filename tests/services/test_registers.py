from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_many_dates,
    make_organiser,
    make_partnership,
)
from tests.people import mails
from tests.queries import counted
from webapp.errors import NotFound, Refused
from webapp.models import Attendance, BookingState, DateState
from webapp.services import bookings, register_lists, registers

ATTENDED, ABSENT = Attendance.ATTENDED, Attendance.ABSENT
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def partnership(db):
    return make_partnership(register_days=14)


@pytest.fixture
def olive(partnership):
    return make_organiser()


@pytest.fixture
def date():
    """On now: it began an hour ago and ends in two."""
    return make_date(starts_at=NOW - timedelta(hours=1))


def names(bookings):
    return [booking.name for booking in bookings]


def test_a_register_opens_half_an_hour_before_the_start_and_closes_some_days_after_the_end(date):
    opens, closes = date.starts_at - timedelta(minutes=30), date.ends_at + 14 * DAY

    assert registers.why_locked(date, opens - timedelta(seconds=1)) == (
        "The register opens at 7.30am on Thursday 17 April 2025."
    )
    assert registers.why_locked(date, opens) is None
    assert registers.why_locked(date, closes - timedelta(seconds=1)) is None
    assert registers.why_locked(date, closes) == (
        "The register closed at 11am on Thursday 1 May 2025."
    )


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (DateState.DRAFT, "has not been published"),
        (DateState.POSTPONED, "has been postponed"),
        (DateState.CANCELLED, "has been cancelled"),
    ],
)
def test_a_date_that_is_not_on_has_no_register(olive, state, why):
    date = make_date(starts_at=NOW, state=state)
    booking = make_booking(date)

    assert why in registers.why_locked(date, NOW)
    with pytest.raises(Refused, match=why):
        registers.mark(booking, ATTENDED, olive, now=NOW)


@pytest.mark.parametrize("attendance", Attendance)
def test_a_mark_says_who_made_it_and_when(db, date, olive, attendance):
    booking = make_booking(date)
    assert registers.mark(booking, attendance, olive, now=NOW)
    db.session.commit()

    assert (booking.attendance, booking.marked_by, booking.marked_at) == (attendance, olive, NOW)
    assert booking.came == (attendance in {"attended", "late", "part"})


def test_the_same_mark_again_changes_nothing_and_keeps_who_made_it_first(db, date, olive):
    booking = make_booking(date)
    registers.mark(booking, ATTENDED, olive, now=NOW)
    assert not registers.mark(booking, ATTENDED, make_organiser(), now=NOW + DAY)
    db.session.commit()

    assert (booking.marked_by, booking.marked_at) == (olive, NOW)


def test_a_mark_can_be_taken_back(db, date, olive):
    booking = make_booking(date)
    registers.mark(booking, ABSENT, olive, now=NOW)
    assert registers.mark(booking, None, olive, now=NOW)
    db.session.commit()

    assert (booking.attendance, booking.marked_by, booking.marked_at) == (None, None, None)


@pytest.mark.parametrize("state", sorted(set(BookingState) - {BookingState.CONFIRMED}))
def test_only_who_has_a_place_is_on_the_register(date, olive, state):
    booking = make_booking(date, state=state)

    assert register_lists.everybody(date) == []
    with pytest.raises(Refused, match="not on the register"):
        registers.get(date, booking.id)
    with pytest.raises(Refused, match="not on the register"):
        registers.mark(booking, ATTENDED, olive, now=NOW)


def test_nobody_is_marked_on_another_date_s_register(date, olive):
    booking = make_booking(make_date(starts_at=NOW))

    with pytest.raises(NotFound):
        registers.get(date, booking.id)
    with pytest.raises(Refused, match="not on the register"):
        registers.mark_all(date, {booking.id: ATTENDED}, olive, now=NOW)


def test_a_locked_register_takes_no_mark_of_any_kind(date, olive):
    booking, late = make_booking(date), date.ends_at + 14 * DAY
    walked_in = make_booking(date, is_walk_in=True)

    for press in (
        lambda: registers.mark(booking, ATTENDED, olive, now=late),
        lambda: registers.rest_present(date, olive, now=late),
        lambda: registers.take_off(walked_in, now=late),
        lambda: registers.walk_in(
            date,
            name="Wilma",
            email="wilma@agency.example",
            agency=booking.agency,
            organiser=olive,
            now=late,
        ),
    ):
        with pytest.raises(Refused, match="The register closed"):
            press()


def test_the_rest_are_present_and_who_is_marked_stays_so(db, date, olive):
    absent = make_booking(date, name="Abe", attendance=ABSENT)
    make_booking(date, name="Bea")
    make_booking(date, name="Cy")
    make_booking(date, name="Wim", state=BookingState.WAITING)

    assert names(registers.rest_present(date, olive, now=NOW)) == ["Bea", "Cy"]
    db.session.commit()
    assert registers.rest_present(date, olive, now=NOW) == []
    assert absent.attendance is ABSENT
    marks = [booking.attendance for booking in register_lists.everybody(date)]
    assert marks == [ABSENT, ATTENDED, ATTENDED]


def test_what_was_marked_at_once_is_taken_back_at_once(db, date, olive):
    before = make_booking(date, attendance=ATTENDED, marked_by=olive, marked_at=NOW - DAY)
    rest = [make_booking(date) for _ in range(3)]
    registers.rest_present(date, olive, now=NOW)
    registers.mark(rest[0], Attendance.LATE, olive, now=NOW + timedelta(minutes=1))
    db.session.commit()

    assert registers.take_back(date, make_organiser(), marked_at=NOW, now=NOW) == []
    assert registers.take_back(date, olive, marked_at=NOW, now=NOW) == rest[1:]
    db.session.commit()
    assert [one.attendance for one in (before, *rest)] == [ATTENDED, "late", None, None]


def test_whoever_loses_their_place_is_no_longer_marked(db, date, olive):
    booking = make_booking(date)
    registers.mark(booking, ATTENDED, olive, now=NOW)
    bookings.cancel_by_organiser(booking, reason="Was taken ill", now=NOW)
    db.session.commit()

    assert (booking.attendance, booking.marked_at, booking.came) == (None, None, False)


def walk_in(date, olive, email="wilma@agency.example", **facts):
    return registers.walk_in(
        date,
        **{
            "name": "Wilma Walker",
            "email": email,
            "agency": make_agency(),
            "organiser": olive,
            "now": NOW,
            **facts,
        },
    )


def test_a_walk_in_attended_even_when_the_room_was_full_and_is_not_written_to(db, olive):
    date = make_date(starts_at=NOW, capacity=1)
    make_booking(date)
    came = walk_in(date, olive)
    db.session.commit()

    assert (came.state, came.is_walk_in, came.attendance) == ("confirmed", True, "attended")
    assert (came.marked_by, came.marked_at, came.email) == (olive, NOW, "wilma@agency.example")
    assert mails() == []


def test_somebody_added_as_a_walk_in_who_has_a_place_is_marked_and_no_more(db, date, olive):
    booking = make_booking(date, name="Ann", email="ann@agency.example")
    came = walk_in(date, olive, "Ann@Agency.example")
    db.session.commit()

    assert came is booking
    assert (came.name, came.is_walk_in, came.attendance) == ("Ann", False, "attended")


def test_a_walk_in_who_was_marked_late_stays_late(db, date, olive):
    booking = make_booking(date, email="ann@agency.example", attendance=Attendance.LATE)

    assert walk_in(date, olive, "ann@agency.example") is booking
    assert booking.attendance is Attendance.LATE


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.OFFERED])
def test_who_waited_and_came_all_the_same_has_a_place_and_waits_again_when_taken_off(
    db, date, olive, state
):
    waited = make_booking(date, email="ann@agency.example", state=state, waiting_since=NOW)
    assert walk_in(date, olive, "ann@agency.example") is waited
    db.session.commit()
    assert (waited.state, waited.is_walk_in, waited.came) == ("confirmed", True, True)

    registers.take_off(waited, now=NOW)
    db.session.commit()
    assert (waited.state, waited.is_walk_in, waited.attendance) == ("waiting", False, None)


def test_a_walk_in_taken_off_can_come_again(db, date, olive):
    first = walk_in(date, olive)
    registers.take_off(first, now=NOW)
    db.session.commit()
    assert (first.state, first.came) == ("cancelled", False)
    assert register_lists.everybody(date) == []

    again = walk_in(date, olive)
    db.session.commit()
    assert again is not first
    assert register_lists.everybody(date) == [again]
    assert mails() == []


def test_nobody_with_a_place_is_taken_off_the_register(date):
    with pytest.raises(Refused, match="without a place"):
        registers.take_off(make_booking(date), now=NOW)


def test_a_closed_register_that_is_opened_again_closes_after_as_many_days(db, date, olive):
    booking, late = make_booking(date), NOW + 40 * DAY
    registers.reopen(date, now=late)
    db.session.commit()

    assert registers.mark(booking, ATTENDED, olive, now=late + 13 * DAY)
    assert registers.why_locked(date, late + 14 * DAY) is not None


def test_a_register_that_is_open_or_not_open_yet_cannot_be_opened_again(date):
    with pytest.raises(Refused, match="open already"):
        registers.reopen(date, now=NOW)
    with pytest.raises(Refused, match="The register opens"):
        registers.reopen(make_date(), now=NOW)


def test_the_register_is_by_name_and_can_be_searched_without_accents(date):
    make_booking(date, name="Łucja", agency=make_agency("Police"))
    make_booking(date, name="Zoë", organisation="Élan School")
    make_booking(date, name="Ann")

    assert names(register_lists.everybody(date)) == ["Ann", "Zoë", "Łucja"]
    assert names(register_lists.of_date(date, "zoe").rows) == ["Zoë"]
    assert names(register_lists.of_date(date, "elan").rows) == ["Zoë"]
    assert names(register_lists.of_date(date, "police").rows) == ["Łucja"]


def test_a_register_is_counted_by_its_marks(date):
    for attendance in (ATTENDED, ATTENDED, ABSENT, None):
        make_booking(date, attendance=attendance)
    make_booking(date, state=BookingState.CANCELLED)

    counts = register_lists.counts([date])[date.id]
    assert {mark: number for mark, number in counts.marked.items() if number} == {
        ATTENDED: 2,
        ABSENT: 1,
    }
    assert (counts.unmarked, counts.total) == (1, 4)


def test_to_be_marked_are_dates_with_an_open_register_and_somebody_without_a_mark(db, olive):
    on, over = make_date(starts_at=NOW - DAY), make_date(starts_at=NOW + timedelta(minutes=20))
    done, locked = make_date(starts_at=NOW - 2 * DAY), make_date(starts_at=NOW - 20 * DAY)
    reopened = make_date(starts_at=NOW - 30 * DAY, register_reopened_at=NOW - DAY)
    coming, off = make_date(), make_date(starts_at=NOW - DAY, state=DateState.CANCELLED)
    for date in (on, over, locked, reopened, coming, off):
        make_booking(date)
    make_booking(done, attendance=ATTENDED)

    def found(**which):
        return register_lists.dates(now=NOW, **which).rows

    assert found(to_mark=True) == [over, on, reopened]
    assert found(to_mark=False) == [over, on, done, locked, reopened]
    assert register_lists.how_many_to_mark(NOW) == 2

    on.trainers = [olive]
    db.session.commit()
    assert register_lists.how_many_to_mark(NOW, olive) == 1
    assert found(to_mark=True, trainer=olive) == [on]


@pytest.mark.slow
def test_marking_everybody_asks_the_database_as_often_for_300_people_as_for_3(db, date, olive):
    def cost(number):
        for _ in range(number):
            make_booking(date)
        with counted() as sent:
            assert len(registers.rest_present(date, olive, now=NOW)) == number
            db.session.commit()
        return len(sent)

    cost(1)  # after a first time all rows read before are read again
    assert cost(3) == cost(297)


@pytest.mark.slow
def test_a_page_of_registers_costs_the_same_for_300_dates_as_for_3(db):
    def cost(number):
        make_many_dates(number, first=NOW - DAY, apart=-timedelta(hours=1))
        with counted() as sent:
            found = register_lists.dates(to_mark=False, now=NOW)
            register_lists.counts(found.rows)
            assert all(date.course.title and date.days for date in found.rows)
        db.session.rollback()
        return len(sent)

    assert cost(3) == cost(297)
