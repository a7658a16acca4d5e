from datetime import timedelta

import pytest

from tests.calendars import faults, mail_faults, only_event
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_partnership,
    make_practitioner,
    make_terms,
)
from webapp.db import db as database
from webapp.models import BookingState, Email, Format, Reply
from webapp.services import bookings, diaries
from webapp.services.bookings import Details

LATER = NOW + timedelta(hours=1)
LATER_STILL = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


def two_days():
    start = NOW + timedelta(days=20)
    return [(start + timedelta(days=n), start + timedelta(days=n, hours=3)) for n in (0, 7)]


def identity(invitation):
    event = only_event(invitation.ics)
    return str(event["uid"]), event["sequence"]


def identities(invitations):
    return [identity(invitation) for invitation in invitations]


def test_the_first_invitation_carries_the_day_s_own_uid():
    booking = make_booking()
    (invitation,) = diaries.invitations(booking, now=NOW)
    assert identity(invitation) == (booking.course_date.days[0].uid, 0)
    assert faults(invitation.ics, "invite") == []


def test_each_day_is_a_message_of_its_own():
    booking = make_booking(make_date(days=two_days()))
    invitations = diaries.invitations(booking, now=NOW)
    assert identities(invitations) == [(day.uid, 0) for day in booking.course_date.days]


def test_sent_again_unchanged_an_invitation_is_the_same_one():
    booking = make_booking(make_date(days=two_days()))
    first = diaries.invitations(booking, now=NOW)
    assert identities(diaries.invitations(booking, now=LATER)) == identities(first)
    assert len(booking.invites) == 2


def test_a_changed_time_goes_out_under_the_same_uid_with_a_higher_sequence():
    booking = make_booking()
    (first,) = diaries.invitations(booking, now=NOW)
    day = booking.course_date.days[0]
    moved = day.starts_at + timedelta(hours=2)
    booking.course_date.set_days([(moved, moved + timedelta(hours=3))], now=LATER)
    (second,) = diaries.invitations(booking, now=LATER)
    assert identity(second) == (day.uid, 1)
    assert faults(second.ics, "invite", previous=first.ics) == []


def test_a_changed_place_or_link_raises_every_day():
    booking = make_booking(make_date(days=two_days(), format=Format.ONLINE))
    first = diaries.invitations(booking, now=NOW)
    booking.course_date.join_link = "https://teams.example/join/another"
    booking.course_date.revise(now=LATER)
    second = diaries.invitations(booking, now=LATER)
    assert [sequence for _, sequence in identities(second)] == [1, 1]
    assert faults(second[1].ics, "invite", previous=first[1].ics) == []


def test_a_cancellation_follows_only_what_was_sent():
    booking = make_booking(make_date(days=two_days()))
    assert diaries.cancellations(booking, now=NOW) == []
    asked = diaries.invitations(booking, now=NOW)
    taken_out = diaries.cancellations(booking, now=LATER)
    assert [invitation.method for invitation in taken_out] == ["CANCEL", "CANCEL"]
    assert diaries.cancellations(booking, now=LATER_STILL) == []
    for before, after in zip(asked, taken_out, strict=True):
        assert faults(after.ics, "cancel", previous=before.ics) == []
        assert identity(after)[1] > identity(before)[1]


def test_a_cancellation_is_higher_even_after_a_change_nobody_was_told_of():
    booking = make_booking()
    (asked,) = diaries.invitations(booking, now=NOW)
    booking.course_date.revise(now=LATER)
    (taken_out,) = diaries.cancellations(booking, now=LATER)
    assert identity(taken_out)[1] > identity(asked)[1]


def test_whoever_books_again_gets_another_uid_and_keeps_it():
    date, person = make_date(), make_practitioner()
    first = make_booking(date, practitioner=person)
    old = identities(diaries.invitations(first, now=NOW))
    diaries.cancellations(first, now=NOW)
    first.state = BookingState.CANCELLED
    second = make_booking(date, practitioner=person)
    new = identities(diaries.invitations(second, now=LATER))
    assert new[0][0] not in {old[0][0], date.days[0].uid}
    assert identities(diaries.invitations(second, now=LATER_STILL)) == new
    diaries.cancellations(second, now=LATER_STILL)
    second.state = BookingState.CANCELLED
    third = make_booking(date, practitioner=person)
    newest = identities(diaries.invitations(third, now=LATER_STILL))
    assert newest[0][0] not in {old[0][0], new[0][0]}


def test_whoever_comes_back_by_the_same_booking_gets_another_uid_too():
    booking = make_booking()
    old = identities(diaries.invitations(booking, now=NOW))
    diaries.cancellations(booking, now=NOW)
    assert identities(diaries.invitations(booking, now=LATER))[0][0] != old[0][0]


def test_what_one_person_cancelled_changes_nothing_for_another():
    date = make_date()
    first = make_booking(date)
    diaries.invitations(first, now=NOW)
    diaries.cancellations(first, now=NOW)
    (invitation,) = diaries.invitations(make_booking(date), now=LATER)
    assert identity(invitation) == (date.days[0].uid, 0)


def test_a_place_after_a_wait_is_a_newer_copy_than_the_wait_in_the_feed():
    booking = make_booking(waiting_since=NOW)
    (invitation,) = diaries.invitations(booking, now=LATER)
    assert identity(invitation) == (booking.course_date.days[0].uid, 1)


def test_with_nothing_new_there_is_nothing_to_say():
    booking = make_booking(make_date(days=two_days()))
    diaries.invitations(booking, now=NOW)
    assert diaries.updates(booking, now=LATER) == []


def test_only_what_is_new_is_said_and_then_what_was_dropped():
    days = two_days()
    booking = make_booking(make_date(days=days))
    first, second = diaries.invitations(booking, now=NOW)
    another = (days[0][0] + timedelta(days=1), days[0][1] + timedelta(days=1))
    booking.course_date.set_days([another, days[1]], now=LATER)
    (moved,) = diaries.updates(booking, now=LATER)
    assert (moved.method, identity(moved)) == ("REQUEST", (identity(first)[0], 1))
    assert faults(moved.ics, "invite", previous=first.ics) == []

    booking.course_date.set_days([another], now=LATER_STILL)
    renamed, dropped = diaries.updates(booking, now=LATER_STILL)
    assert (renamed.method, identity(renamed)) == ("REQUEST", (identity(first)[0], 2))
    assert (dropped.method, identity(dropped)) == ("CANCEL", (identity(second)[0], 1))
    assert str(only_event(dropped.ics)["summary"]).endswith("(day 2 of 2)")
    assert faults(dropped.ics, "cancel", previous=second.ics) == []
    assert diaries.updates(booking, now=LATER_STILL) == []


def test_who_was_asked_out_and_comes_back_has_news_of_every_day():
    booking = make_booking(make_date(days=two_days()))
    asked = diaries.invitations(booking, now=NOW)
    diaries.cancellations(booking, now=LATER)
    again = diaries.updates(booking, now=LATER_STILL)
    assert [invitation.method for invitation in again] == ["REQUEST", "REQUEST"]
    assert {identity(one)[0] for one in asked}.isdisjoint(identity(one)[0] for one in again)


def test_of_a_day_that_is_over_diaries_hear_nothing_more():
    days = two_days()
    booking = make_booking(make_date(days=days))
    diaries.invitations(booking, now=NOW)
    booking.course_date.revise(now=LATER)
    after_the_first = days[0][1]
    (update,) = diaries.updates(booking, now=after_the_first)
    (again,) = diaries.invitations(booking, now=after_the_first)
    (taken_out,) = diaries.cancellations(booking, now=after_the_first)
    uid = booking.course_date.days[1].uid
    assert identities([update, again, taken_out]) == [(uid, 1), (uid, 1), (uid, 2)]


def test_the_number_sent_never_falls_whatever_is_said_in_between():
    booking = make_booking()
    numbers = []
    for step in range(6):
        now = NOW + timedelta(hours=step)
        say = diaries.cancellations if step % 3 == 2 else diaries.invitations
        booking.course_date.revise(now=now)
        numbers += [number for _, number in identities(say(booking, now=now))]
    assert numbers == sorted(numbers)
    assert len(numbers) == 6


def test_an_answer_to_what_it_said_before_is_forgotten_with_the_next_change():
    booking = make_booking()
    diaries.invitations(booking, now=NOW)
    (invite,) = booking.invites
    invite.reply, invite.replied_at = Reply.DECLINED, NOW
    diaries.invitations(booking, now=LATER)
    assert invite.reply is Reply.DECLINED
    booking.course_date.revise(now=LATER)
    diaries.updates(booking, now=LATER)
    assert (invite.reply, invite.replied_at) == (None, NOW)


def test_mail_and_diary_entry_agree_about_who_writes_to_whom(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_FROM", "bookings@partnership.example")
    (invitation,) = diaries.invitations(make_booking(email="ann@agency.example"), now=NOW)
    event = only_event(invitation.ics)
    assert str(event["organizer"]) == "mailto:bookings@partnership.example"
    assert str(event["attendee"]) == "mailto:ann@agency.example"


def test_the_mails_of_a_booking_and_its_end_are_faultless():
    date = make_date(format=Format.ONLINE, days=two_days())
    details = Details(name="Zoë O'Neil, RGN", agency=make_agency(), job_role="Nurse")
    bookings.book(
        date,
        email="zoe@agency.example",
        details=details,
        terms=make_terms(),
        submission="s",
        now=NOW,
    )
    bookings.cancel(date.bookings[0], now=LATER)
    database.session.commit()
    messages = [email.message for email in database.session.query(Email).order_by(Email.id)]
    assert len(messages) == 4
    for message in messages:
        assert mail_faults(message) == []
