"""Somebody's work email address changes, once both mailboxes have said so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_interest
from tests.people import (
    book,
    booking_of,
    entries,
    faults_of_messages,
    kinds,
    mails,
    settle_in,
    words,
)
from webapp.errors import Gone, Refused
from webapp.models import AddressChange, BookingState, Interest
from webapp.services import address_changes, links, practitioners
from webapp.services.address_changes import Side

LATER = NOW + timedelta(minutes=1)
OLD, NEW = "ann@agency.example", "ann@other.example"


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    settle_in()


def asked(db):
    address_changes.ask(practitioners.find(OLD), NEW, submission="form", now=NOW)
    db.session.commit()
    return db.session.scalars(select(AddressChange)).one()


def changed(db):
    change = asked(db)
    for side in Side:
        done = address_changes.confirm(change, side, now=LATER)
        db.session.commit()
    assert done


def test_both_mailboxes_are_asked_and_the_new_one_does_not_learn_the_old(db):
    book(make_date(), OLD)
    asked(db)

    assert kinds(NEW) == ["address_to_confirm"]
    assert OLD not in words(mails(NEW)[-1])
    assert NEW in words(mails(OLD)[-1])
    assert words(mails(OLD)[-1]) != words(mails(NEW)[-1])


@pytest.mark.parametrize("side", Side)
def test_one_mailbox_alone_changes_nothing(db, side):
    book(make_date(), OLD)
    change = asked(db)
    for _ in range(2):
        assert not address_changes.confirm(change, side, now=NOW)
        db.session.commit()

    assert practitioners.find(OLD) is not None
    assert practitioners.find(NEW) is None


def test_bookings_follow_and_every_link_sent_so_far_ends(db):
    date = make_date()
    booking = book(date, OLD)
    ann = booking.practitioner
    before = [
        (links.open_booking, (links.booking_token(booking),)),
        (links.open_my, (links.my_token(ann, NOW), NOW)),
        (links.open_feed, (links.feed_token(ann),)),
    ]

    changed(db)

    assert booking_of(date, NEW).id == booking.id
    assert booking.state is BookingState.CONFIRMED
    for opens, token in before:
        with pytest.raises(Gone):
            opens(*token)


def test_the_old_diary_lets_go_and_the_new_one_is_invited(db):
    booking = book(make_date(), OLD)
    token = links.booking_token(booking)
    changed(db)

    assert kinds(OLD)[-2:] == ["address_left", "address_changed"]
    assert kinds(NEW)[-2:] == ["booking_confirmed", "address_is_new"]
    left, invited = mails(OLD)[-2], mails(NEW)[-2]
    assert entries(left)["METHOD"] == "CANCEL"
    assert entries(invited)["METHOD"] == "REQUEST"
    assert entries(left)["UID"] != entries(invited)["UID"]
    assert links.booking_token(booking) in words(invited)
    assert links.booking_token(booking) != token
    assert faults_of_messages() == []


def test_of_several_days_the_old_mailbox_gets_no_link_that_still_opens(db):
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=3)) for n in (20, 27)]
    booking = book(make_date(days=days), OLD)
    changed(db)

    assert kinds(OLD)[-3:] == ["address_left", "day_taken_out", "address_changed"]
    assert all(links.booking_token(booking) not in words(mail) for mail in mails(OLD))
    assert faults_of_messages() == []


def test_who_waits_keeps_the_turn(db):
    date = make_date(capacity=1)
    book(date, "ben@agency.example", submission="other")
    waits = book(date, OLD)
    since = waits.waiting_since
    changed(db)

    assert (waits.state, waits.waiting_since) == (BookingState.WAITING, since)
    assert kinds(NEW)[-2:] == ["booking_waiting", "address_is_new"]


def test_what_was_booked_with_the_new_address_before_is_the_same_person_s(db):
    hers, also_hers = book(make_date(), OLD), book(make_date(), NEW, submission="other")
    changed(db)

    ann = practitioners.find(NEW)
    assert {hers.practitioner_id, also_hers.practitioner_id} == {ann.id}
    assert practitioners.find(OLD) is None


def test_a_date_booked_under_both_addresses_is_settled_first(db):
    date = make_date()
    book(date, OLD)
    book(date, NEW, submission="other")
    change = asked(db)
    address_changes.confirm(change, Side.OLD, now=NOW)

    with pytest.raises(Refused, match="with both addresses"):
        address_changes.confirm(change, Side.NEW, now=NOW)


def test_courses_one_asked_about_follow_each_once(db):
    book(make_date(), OLD)
    both, one = make_course(), make_course()
    for course, email in ((both, OLD), (both, NEW), (one, OLD)):
        make_interest(course, email)
    changed(db)

    live = select(Interest.course_id, Interest.email).where(Interest.withdrawn_at.is_(None))
    assert sorted(map(tuple, db.session.execute(live))) == [(both.id, NEW), (one.id, NEW)]


def test_the_address_there_is_no_new_one(db):
    book(make_date(), OLD)
    with pytest.raises(Refused, match="the address we have"):
        address_changes.ask(practitioners.find(OLD), OLD, submission="form", now=NOW)


def test_a_second_wish_ends_the_first(db):
    book(make_date(), OLD)
    first = links.address_token(asked(db), Side.NEW)
    address_changes.ask(practitioners.find(OLD), "ann@third.example", submission="form", now=LATER)
    db.session.commit()

    with pytest.raises(LookupError):
        links.open_address(first, Side.NEW, LATER)


def test_ending_all_links_ends_those_that_confirm(db):
    book(make_date(), OLD)
    token = links.address_token(asked(db), Side.OLD)
    practitioners.end_links(practitioners.find(OLD), now=NOW)
    db.session.commit()

    with pytest.raises(Gone):
        links.open_address(token, Side.OLD, NOW)


def test_a_link_is_for_its_own_mailbox_and_runs_out(db):
    book(make_date(), OLD)
    change = asked(db)
    token = links.address_token(change, Side.OLD)

    assert links.open_address(token, Side.OLD, NOW) is change
    with pytest.raises(LookupError):
        links.open_address(token, Side.NEW, NOW)
    with pytest.raises(Gone):
        links.open_address(token, Side.OLD, NOW + links.ADDRESS_LINK_LASTS)


def test_what_was_not_confirmed_in_time_is_forgotten(db):
    book(make_date(), OLD)
    asked(db)
    address_changes.forget(now=NOW + links.ADDRESS_LINK_LASTS - timedelta(seconds=1))
    assert db.session.scalars(select(AddressChange)).one()

    address_changes.forget(now=NOW + links.ADDRESS_LINK_LASTS)
    assert db.session.scalars(select(AddressChange)).all() == []


def asked_for(db, email=NEW):
    address_changes.ask_for(practitioners.find(OLD), email, now=NOW)
    db.session.commit()
    return db.session.scalars(select(AddressChange)).one()


def test_for_somebody_who_lost_the_mailbox_the_new_one_alone_has_to_say_so(db):
    date = make_date()
    booking = book(date, OLD)
    before = links.booking_token(booking)
    change = asked_for(db)
    assert (kinds(NEW), kinds(OLD)[-1]) == (["address_to_confirm"], "address_lost")
    assert practitioners.find(NEW) is None
    token = links.address_token(change, Side.NEW)
    assert token in words(mails(NEW)[-1])
    assert "our mail to your old address" not in words(mails(NEW)[-1])

    assert address_changes.confirm(links.open_address(token, Side.NEW, LATER), Side.NEW, now=LATER)
    db.session.commit()
    assert booking_of(date, NEW).id == booking.id
    assert kinds(OLD)[-2:] == ["address_left", "address_changed"]
    with pytest.raises(Gone):
        links.open_booking(before)
    assert faults_of_messages() == []


def test_the_lost_mailbox_learns_neither_the_new_address_nor_a_link_that_opens(db):
    booking = book(make_date(), OLD)
    change = asked_for(db)
    token = links.address_token(change, Side.NEW)
    address_changes.confirm(change, Side.NEW, now=LATER)
    db.session.commit()
    for mail in mails(OLD)[1:]:
        said = words(mail)
        for secret in (NEW, token, links.booking_token(booking)):
            assert secret not in said


def test_whoever_still_reads_the_old_mailbox_can_stop_it(db):
    book(make_date(), OLD)
    token = links.address_token(asked_for(db), Side.NEW)
    practitioners.end_links(practitioners.find(OLD), now=NOW)
    db.session.commit()
    with pytest.raises(Gone):
        links.open_address(token, Side.NEW, NOW)


def test_what_somebody_asks_themselves_after_an_organiser_did_has_to_be_confirmed_by_both(db):
    book(make_date(), OLD)
    asked_for(db, "ann@third.example")
    change = asked(db)
    assert (change.by_organiser, change.confirmed_by_old_at) == (False, None)
    assert not address_changes.confirm(change, Side.NEW, now=LATER)


def test_an_organiser_is_told_at_once_what_cannot_be(db):
    date = make_date()
    book(date, OLD)
    book(date, NEW, submission="other")
    ann = practitioners.find(OLD)
    with pytest.raises(Refused, match="Safeguarding basics is booked with both addresses"):
        address_changes.ask_for(ann, NEW, now=NOW)
    with pytest.raises(Refused, match="the address we have"):
        address_changes.ask_for(ann, OLD, now=NOW)
    practitioners.leave_nobody(ann, now=NOW)
    with pytest.raises(Refused, match="asked to be forgotten"):
        address_changes.ask_for(ann, "ann@third.example", now=NOW)
