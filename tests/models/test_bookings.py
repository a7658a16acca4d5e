"""What a booking answers about itself, and what its tables allow."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_practitioner,
    save,
)
from webapp.models import AccessNeeds, Booking, BookingState, Invite

LIVE = (BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED)


@pytest.mark.parametrize(
    ("state", "is_live", "holds_a_place"),
    [
        (BookingState.CONFIRMED, True, True),
        (BookingState.OFFERED, True, True),
        (BookingState.WAITING, True, False),
        (BookingState.CANCELLED, False, False),
    ],
)
def test_who_is_live_and_who_holds_a_place(state, is_live, holds_a_place):
    booking = Booking(state=state)

    assert booking.is_live is is_live
    assert booking.holds_a_place is holds_a_place


@pytest.mark.parametrize("first", LIVE)
@pytest.mark.parametrize("second", LIVE)
def test_one_live_booking_per_person_and_date(db, first, second):
    booking = make_booking(state=first)

    with pytest.raises(IntegrityError):
        make_booking(booking.course_date, practitioner=booking.practitioner, state=second)


def test_after_cancelling_one_may_book_again_as_often_as_one_likes(db):
    date, ann = make_date(), make_practitioner()
    for _ in range(2):
        make_booking(date, practitioner=ann, state=BookingState.CANCELLED)

    make_booking(date, practitioner=ann)

    assert [b.is_live for b in sorted(ann.bookings, key=lambda b: b.id)] == [False, False, True]


def test_the_same_person_may_book_other_dates_and_others_this_one(db):
    booking = make_booking()

    make_booking(practitioner=booking.practitioner)
    make_booking(booking.course_date)

    assert db.session.scalar(select(func.count()).select_from(Booking)) == 3


def test_where_somebody_works_is_what_they_typed_or_else_the_list(db):
    agency = make_agency("Another organisation")

    assert make_booking(agency=agency).works_at == "Another organisation"
    assert make_booking(agency=agency, organisation="Choir").works_at == "Choir"


def test_a_booking_is_known_by_its_persons_email(db):
    assert make_booking(email="ann@agency.example").email == "ann@agency.example"


def test_one_email_is_one_person(db):
    make_practitioner("ann@agency.example")

    with pytest.raises(IntegrityError):
        make_practitioner("ann@agency.example")


def test_access_needs_are_kept_apart_and_go_alone_or_with_the_booking(db):
    booking = make_booking(access_needs=AccessNeeds(access="A hearing loop", dietary="Vegan"))

    booking.access_needs = None
    db.session.commit()
    assert db.session.scalars(select(AccessNeeds)).all() == []
    assert db.session.get(Booking, booking.id) is booking

    booking.access_needs = AccessNeeds(access="Large print", dietary=None)
    db.session.commit()
    db.session.delete(booking)
    db.session.commit()
    assert db.session.scalars(select(AccessNeeds)).all() == []


def test_a_diary_is_told_of_a_day_under_one_uid(db):
    booking = make_booking()
    [day] = booking.course_date.days
    save(Invite(booking=booking, course_day=day))

    with pytest.raises(IntegrityError):
        save(Invite(booking=booking, course_day=day))


def test_invites_have_uids_of_their_own(db):
    first, second = make_booking(), make_booking()
    for booking in (first, second):
        save(Invite(booking=booking, course_day=booking.course_date.days[0]))

    assert first.invites[0].uid != second.invites[0].uid
    assert (first.invites[0].sequence, first.invites[0].cancelled) == (0, False)


def test_the_sort_key_follows_the_name(db):
    booking = make_booking(name="Élise")
    assert booking.sort_name == "elise"

    booking.name = "Zoë\x00"
    db.session.commit()
    assert (booking.name, booking.sort_name) == ("Zoë", "zoe")


def test_rows_written_many_at_once_have_their_sort_keys_too(db):
    like = make_booking(name="Ann")
    kept = ("course_date_id", "agency_id", "state", "job_role", "booked_at", "updated_at")
    facts = {name: getattr(like, name) for name in kept}
    names = {make_practitioner().id: name for name in ("Élise", "Ændré", "bob")}
    db.session.execute(
        insert(Booking),
        [{**facts, "practitioner_id": key, "name": name} for key, name in names.items()],
    )

    found = db.session.scalars(select(Booking.sort_name).order_by(Booking.sort_name)).all()
    assert found == ["ann", "bob", "elise", "ændre"]
