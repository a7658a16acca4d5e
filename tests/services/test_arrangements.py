from dataclasses import replace
from datetime import timedelta

import pytest

from tests import people
from tests.calendars import mail_faults
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_venue
from webapp.errors import Refused
from webapp.models import BookingState, Format
from webapp.services import arrangements, venues
from webapp.services.venues import Whereabouts

NEW_LINK = "https://teams.example/join/another"


@pytest.fixture(autouse=True)
def _partnership(db):
    people.settle_in()


def arrange(db, date, now=NOW, **facts):
    told = arrangements.arrange(date, replace(arrangements.of(date), **facts), now=now)
    db.session.commit()
    return told


def move(db, venue, **facts):
    now_said = {name: getattr(venue, name) for name in Whereabouts.__dataclass_fields__}
    told = venues.move(venue, Whereabouts(**{**now_said, **facts}), now=NOW)
    db.session.commit()
    return told


def test_another_link_is_told_old_and_new_to_everybody_with_a_place(db):
    date = make_date(format=Format.ONLINE)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    people.book(date, "wanda@agency.example")

    assert arrange(db, date, join_link=NEW_LINK) == 2

    mail = people.mails("ann@agency.example")[-1]
    assert mail.kind == "booking_changed"
    assert mail.subject.startswith("Changed: ")
    words = people.words(mail)
    assert "The link to join was: https://teams.example/join/secret" in words
    assert f"The link to join is now: {NEW_LINK}" in words
    assert "booking_changed" not in people.kinds("wanda@agency.example")


def test_diaries_are_told_by_the_same_uid_and_a_higher_sequence(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    date = make_date()
    people.book(date)
    first = people.mails()[-1]
    arrange(db, date, room="Room 2", now=NOW + timedelta(hours=1))
    second = people.mails()[-1]

    before, after = people.entries(first), people.entries(second)
    assert after["METHOD"] == "REQUEST"
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert "Room 2" in after["LOCATION"]
    calendar = people.message(first).get_body(("calendar",)).get_payload(decode=True)
    assert mail_faults(second.message, previous=calendar) == []


def test_each_day_gets_an_invitation_of_its_own(db):
    starts_at = NOW + timedelta(days=14)
    days = [(starts_at, starts_at + timedelta(hours=2))]
    days.append((starts_at + timedelta(days=1), starts_at + timedelta(days=1, hours=2)))
    date = make_date(starts_at=days[0][0], ends_at=days[1][1], days=days)
    people.book(date)
    arrange(db, date, room="Room 2")

    first, second = people.mails()[-2:]
    assert people.entries(first)["UID"] != people.entries(second)["UID"]
    assert "was:" in people.words(first)
    assert "changes day 2" in people.words(second)


def test_nothing_different_writes_to_nobody(db):
    date = make_date(room="Room 1")
    people.book(date)
    assert arrange(db, date, room="Room 1", before_you_come="Bring a pen.") == 0
    assert people.kinds() == ["booking_confirmed"]


def test_of_a_date_that_is_over_nobody_is_told(db):
    date = make_date(starts_at=NOW - timedelta(days=2))
    make_booking(date)
    assert arrange(db, date, room="Room 2") == 0
    assert people.kinds() == []


def test_more_places_are_offered_at_once_to_those_who_wait_in_order(db):
    date = make_date(capacity=1)
    for name in ("ann", "bob", "cat", "dan"):
        people.book(date, f"{name}@agency.example")
    arrange(db, date, capacity=3)

    states = [people.booking_of(date, f"{n}@agency.example").state for n in ("bob", "cat", "dan")]
    assert states == [BookingState.OFFERED, BookingState.OFFERED, BookingState.WAITING]


def test_there_cannot_be_fewer_places_than_are_taken(db):
    date = make_date(capacity=5)
    make_booking(date)
    make_booking(date, state=BookingState.OFFERED, offered_until=NOW + timedelta(days=1))

    with pytest.raises(Refused, match="2 places taken"):
        arrange(db, date, capacity=1)
    db.session.rollback()
    arrange(db, date, capacity=2)
    assert date.capacity == 2


def test_what_is_saved_is_no_demonstration_value_any_more(db):
    date = make_date(demonstration_values=["capacity", "join_link", "state"])
    arrange(db, date, capacity=2)
    assert date.demonstration_values == ["state"]


def test_another_address_is_told_to_everybody_with_a_place_there(db):
    venue = make_venue(demonstration_values=["address"])
    one, other = make_date(venue=venue), make_date(venue=venue)
    elsewhere = make_date()
    people.book(one, "ann@agency.example")
    people.book(other, "ann@agency.example")
    people.book(elsewhere, "bob@agency.example")

    assert move(db, venue, address=["2 New Street", "Anytown"]) == 2

    assert people.kinds("ann@agency.example")[-2:] == ["booking_changed"] * 2
    words = people.words(people.mails("ann@agency.example")[-1])
    assert "is now: " + venue.one_line in words
    assert people.kinds("bob@agency.example") == ["booking_confirmed"]
    assert venue.demonstration_values == []
    assert venue.latitude is None


def test_better_directions_are_no_reason_to_write(db):
    venue = make_venue()
    people.book(make_date(venue=venue))
    assert move(db, venue, directions="Turn left at the station.") == 0
    assert venue.latitude is not None


def test_two_venues_cannot_have_one_name(db):
    other = make_venue()
    with pytest.raises(Refused, match="this name already"):
        move(db, make_venue(), name=other.name)
