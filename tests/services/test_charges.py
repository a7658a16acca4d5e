from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_course, make_date, make_sector
from tests.people import book, details, mails, partnership, settle_in, words
from tests.queries import counted
from webapp.clock import LONDON
from webapp.formats.months import Month
from webapp.models import Attendance, BookingState, Cause, DateState, Ending, Tariff
from webapp.services import bookings, cannot_come, charges, moving

DAY = timedelta(days=1)
MAY = Month(2025, 5)
ALL = {"all": {"half_day": 3500, "day": 5000}}
LATE = {
    "state": BookingState.CANCELLED,
    "ending": Ending.BY_PRACTITIONER,
    "gave_up_late": True,
    "cancelled_at": NOW,
}


@pytest.fixture(autouse=True)
def _house(db):
    settle_in(cut_off_days=2, cut_off_working=False)


def charge(amounts=ALL, *, late=True, absence=True, now=NOW):
    charges.change(for_late=late, for_absence=absence, amounts=amounts, now=now)


def on(*day, **facts):
    return make_date(starts_at=datetime(*day, 10, tzinfo=LONDON), **facts)


def listed(month=MAY):
    return [(entry.booking.name, entry.pence) for entry in charges.of_month(month)]


def test_the_month_has_who_was_late_or_absent_and_charges_who_has_no_excuse(db):
    charge()
    date = on(2025, 5, 31)
    make_booking(date, name="Ann", **LATE, cause=Cause.OTHER)
    make_booking(date, name="Ben", **LATE, cause=Cause.ILLNESS)
    make_booking(date, name="Cat", attendance=Attendance.ABSENT)
    make_booking(date, name="Dan", attendance=Attendance.EXCUSED)
    make_booking(date, name="Eve", attendance=Attendance.ATTENDED)
    make_booking(date, name="Fay", attendance=Attendance.ABSENT, miss_set_aside_at=NOW)
    make_booking(date, name="Gil")
    make_booking(on(2025, 6, 1), name="Hal", **LATE)
    make_booking(on(2025, 5, 1, state=DateState.CANCELLED), name="Ida", **LATE)
    assert listed() == [("Ann", 3500), ("Ben", 0), ("Cat", 3500), ("Dan", 0), ("Fay", 0)]
    assert listed(Month(2025, 6)) == [("Hal", 3500)]


def test_only_what_is_ticked_is_charged(db):
    for late, absence in ((True, False), (False, True)):
        charge(late=late, absence=absence, now=NOW - DAY + late * DAY / 2)
    date = on(2025, 5, 2)
    make_booking(date, name="Ann", **LATE)
    make_booking(date, name="Ben", attendance=Attendance.ABSENT)
    assert listed() == [("Ann", 3500), ("Ben", 0)]


def test_people_are_charged_what_held_when_they_booked(db):
    before = make_booking(on(2025, 5, 1), name="Before", **LATE, booked_at=NOW - DAY)
    charge(now=NOW)
    make_booking(before.course_date, name="Then", **LATE, booked_at=NOW + DAY)
    charge({"all": {"half_day": 9000}}, now=NOW + 2 * DAY)
    make_booking(before.course_date, name="Last", **LATE, booked_at=NOW + 2 * DAY)
    assert listed() == [("Before", 0), ("Last", 9000), ("Then", 3500)]


def test_saving_the_same_again_begins_no_new_tariff(db):
    charge()
    charge({**ALL, "7": {}}, now=NOW + DAY)
    assert len(db.session.scalars(select(Tariff)).all()) == 1


def test_amounts_go_by_length_and_by_kind_of_organisation(db):
    police = make_sector()
    charge({**ALL, str(police.id): {"day": 9000}})
    long = on(2025, 5, 2, ends_at=datetime(2025, 5, 2, 16, tzinfo=LONDON))
    make_booking(long, name="Ann", agency=make_agency("Force", sector=police), **LATE)
    make_booking(long, name="Ben", **LATE)
    make_booking(on(2025, 5, 3), name="Cat", **LATE)
    assert listed() == [("Ann", 9000), ("Ben", 5000), ("Cat", 3500)]
    everybody = charges.policy(long, partnership(), now=NOW)
    assert (everybody.least, everybody.most) == (5000, 9000)


def test_who_came_back_to_the_place_is_charged_nothing(db):
    charge()
    date = make_date(starts_at=NOW + DAY)
    bookings.cancel(book(date), cause=Cause.OTHER, now=NOW)
    month = Month.of(date.starts_at)
    assert listed(month) == [("Ann Example", 3500)]
    book(date)
    assert listed(month) == []


def test_the_mails_say_what_it_costs_where_it_costs_something(db):
    date = make_date()
    book(date, "free@agency.example")
    assert "charge" not in words(mails("free@agency.example")[-1])
    charge()
    booking = book(date)
    assert "there is a charge of £35" in " ".join(words(mails(booking.email)[-1]).split())

    late = date.starts_at - timedelta(hours=3)
    bookings.cancel(booking, cause=Cause.OTHER, now=late)
    assert "There is a charge of £35." in " ".join(words(mails(booking.email)[-1]).split())
    ill = book(date, "ill@agency.example")
    bookings.cancel(ill, cause=Cause.ILLNESS, now=late)
    assert "charge" not in words(mails(ill.email)[-1])


def test_what_it_costs_is_in_the_mails_of_places_that_came_another_way_too(db):
    charge()
    course = make_course()
    first, second = (make_date(course=course, starts_at=NOW + n * DAY) for n in (20, 30))
    moved = moving.move(book(first), second, reason=None, over_capacity_reason=None, now=NOW)
    chosen = cannot_come.choose(book(first, "bo@agency.example"), second, now=NOW)
    given = book(first, "cy@agency.example")
    facts = {"email": "di@agency.example", "details": details(), "now": NOW}
    cannot_come.send_colleague(given, **facts)
    stands = moving.substitute(
        given.replaced_by, email="ed@agency.example", details=details(), now=NOW
    )
    read = {mail.kind: words(mail) for mail in mails()}
    kinds = ["booking_moved", "date_chosen", "colleague_sent", "stands_in"]
    assert [read[kind].count("there is a charge of £35") for kind in kinds] == [1] * 4
    assert {moved.email, chosen.email, stands.email} <= {mail.to for mail in mails()}


def test_the_list_asks_the_database_no_more_for_three_hundred(db):
    charge()
    numbers = []
    for number, month in ((3, 5), (300, 6)):
        date = on(2025, month, 5)
        for _ in range(number):
            make_booking(date, **LATE)
        db.session.expire_all()
        with counted() as queries:
            entries = charges.of_month(Month(2025, month))
            assert {entry.booking.course_date.course.title for entry in entries}
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 5
