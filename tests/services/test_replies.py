"""Answers of calendars: kept, shown, asked about; never a place given up."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from tests import incoming as mails
from tests.calendars import faults, mail_faults
from tests.conftest import NOW
from tests.incoming import ANN, answer
from tests.makers import make_date, make_email
from tests.people import book, calendar_of, entries, kinds, settle_in, words
from tests.people import mails as sent
from webapp import clock
from webapp.db import db as database
from webapp.models import BookingState, DateState, Email, Invite, Reply
from webapp.services import arrangements, bookings, calling_off, delivery, links, replies
from webapp.services.replies import Heard

LATER = NOW + timedelta(hours=1)
ASKED = Heard("booking 1 declined; we ask whether to release the place", is_done=True)


@pytest.fixture(autouse=True)
def _a_partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in()


@pytest.fixture
def booking():
    """Ann's, whose invitation carries the UID of the mails in tests/incoming."""
    booking = book(make_date())
    booking.invites[0].uid = mails.UID
    database.session.commit()
    return booking


def read(message, *, now=NOW):
    heard = replies.read(message, now=now)
    database.session.commit()
    return heard


def declined(booking):
    database.session.expire_all()
    return replies.declined([booking]) == {booking.id}


def rows():
    """Everything that an answer could have changed."""
    database.session.expire_all()
    invites = database.session.execute(
        select(Invite.reply, Invite.replied_at, Invite.sequence, Invite.extra)
    )
    return [tuple(row) for row in invites], kinds()


@pytest.mark.parametrize("name", mails.DECLINED)
def test_a_no_from_any_program_asks_and_takes_nothing(booking, name):
    assert read(mails.mail(name)) == ASKED
    assert kinds(ANN) == ["booking_confirmed", "booking_declined"]
    assert declined(booking)
    assert booking.state is BookingState.CONFIRMED
    assert booking.invites[0].replied_at == datetime(2025, 4, 17, 8, 15, tzinfo=UTC)


def test_an_address_with_a_nul_inside_is_read_as_the_database_would_have_it(booking):
    assert read(answer(attendee="ann%00@agency.example")) == ASKED


def test_the_question_carries_both_private_links_and_no_diary_entry(booking):
    read(answer())
    mail = sent(ANN)[-1]
    token = links.booking_token(booking)
    assert mail.subject.startswith("Shall we release your place? Safeguarding basics, Thu 1 May")
    lines = words(mail).splitlines()
    assert f"https://training.example/bookings/{token}/reply" in lines
    assert f"https://training.example/bookings/{token}" in lines
    assert "You still have your place" in words(mail)
    assert entries(mail) == {}


@pytest.mark.parametrize("name", ["gmail-accepted", "gmail-tentative"])
def test_a_yes_and_a_perhaps_are_kept_and_nobody_is_written_to(booking, name):
    heard = read(mails.mail(name))
    assert heard.is_done
    assert booking.invites[0].reply in {Reply.ACCEPTED, Reply.TENTATIVE}
    assert heard.words == f"booking 1 {booking.invites[0].reply}"
    assert kinds(ANN) == ["booking_confirmed"]
    assert not declined(booking)


def test_the_same_mail_again_changes_nothing(booking):
    read(answer())
    before = rows()
    heard = read(answer(), now=NOW + timedelta(days=3))
    assert heard == Heard("booking 1 declined, which is known or older than what we know", True)
    assert rows() == before


def test_the_latest_answer_holds_in_whatever_order_they_come(booking):
    read(answer("ACCEPTED", stamp="20250417T082000Z"))
    read(answer("DECLINED", stamp="20250417T081500Z"))
    assert booking.invites[0].reply is Reply.ACCEPTED
    read(answer("DECLINED", stamp="20250417T082500Z"))
    assert declined(booking)
    read(answer("ACCEPTED", stamp="20250417T083000Z"))
    assert not declined(booking)


def test_answers_in_any_order_and_however_often_end_with_the_latest():
    said = [
        ("DECLINED", "20250417T081500Z"),
        ("ACCEPTED", "20250417T082000Z"),
        ("TENTATIVE", "20250417T082500Z"),
    ]
    date = make_date(capacity=None)
    for number, order in enumerate(permutations(said)):
        email = f"person-{number}@agency.example"
        invite = book(date, email).invites[0]
        for partstat, stamp in (*order, *reversed(order), *order):
            read(answer(partstat, uid=invite.uid, attendee=email, stamp=stamp))
        assert invite.reply is Reply.TENTATIVE
        assert kinds(email).count("booking_declined") <= 1


def test_a_button_pressed_over_and_over_is_one_question_a_day(booking):
    for minute in range(0, 50, 10):
        read(answer("ACCEPTED", stamp=f"20250417T09{minute:02}00Z"))
        read(answer("DECLINED", stamp=f"20250417T09{minute + 5:02}00Z"))
    assert kinds(ANN).count("booking_declined") == 1
    assert declined(booking)

    read(answer("ACCEPTED", stamp="20250418T100000Z"), now=NOW + timedelta(days=2))
    read(answer("DECLINED", stamp="20250418T110000Z"), now=NOW + timedelta(days=2))
    assert kinds(ANN).count("booking_declined") == 2


def test_an_answer_to_what_has_changed_since_is_too_old(booking):
    date = booking.course_date
    new = arrangements.of(date)
    starts, ends = new.days[0]
    hour = timedelta(hours=1)
    read(answer("ACCEPTED"))
    arrangements.arrange(
        date, type(new)(**{**vars(new), "days": ((starts + hour, ends + hour),)}), now=LATER
    )
    database.session.commit()
    assert booking.invites[0].reply is None  # it was no answer to the new time

    stale = answer(stamp="20250417T100000Z", sequence=0)
    assert "older than what we know" in read(stale).words
    assert read(answer(stamp="20250417T101000Z", sequence=1)) == ASKED


def test_a_program_that_leaves_the_sequence_out_is_believed(booking):
    assert read(answer().replace(b"SEQUENCE:0\r\n", b"")) == ASKED


def test_nobody_answers_from_the_future(booking):
    ahead = clock.real_now() + timedelta(days=2)
    assert "older than" in read(answer(stamp=f"{ahead:%Y%m%dT%H%M%SZ}")).words
    assert not declined(booking)


@pytest.mark.parametrize(
    "mail",
    [
        answer(uid="another"),
        answer(attendee="alias@agency.example"),
        # Ben has a booking of his own, and not this invitation.
        answer(attendee="ben@agency.example"),
        answer(uid="x\x00" + mails.UID),
    ],
    ids=["uid", "address", "somebody else", "NUL"],
)
def test_an_answer_to_no_invitation_of_ours_is_left(booking, mail):
    book(make_date(), "ben@agency.example")
    before = rows()
    assert read(mail) == Heard("an answer to no invitation of ours; left as it is", False)
    assert rows() == before


def test_who_took_the_days_uid_from_a_public_feed_answers_for_nobody():
    date = make_date()
    book(date)
    book(date, "ben@agency.example")
    assert not read(answer(uid=date.days[0].uid, attendee="eve@elsewhere.example")).is_done
    read(answer(uid=date.days[0].uid, attendee="ben@agency.example"))
    assert kinds("ben@agency.example")[-1] == "booking_declined"
    assert kinds(ANN) == ["booking_confirmed"]


def test_a_word_of_their_own_leaves_the_mail_for_somebody_to_read(booking):
    heard = read(mails.mail("with-words-declined"))
    assert declined(booking)
    assert not heard.is_done


@pytest.mark.parametrize(
    "name", ["outlook-proposes-another-time", "delegated", *mails.OTHERS, "postfix-returned"]
)
def test_all_other_mail_is_left_as_it_is(booking, name):
    before = rows()
    assert not read(mails.mail(name)).is_done
    assert rows() == before


def test_a_copy_of_our_own_mail_is_left_as_it_is(booking):
    before = rows()
    for mail in sent():
        assert read(mail.message) == Heard("nothing to us; left as it is", False)
    assert rows() == before


def test_what_cannot_be_read_is_left_as_it_is(booking):
    assert read(b"x" * 20_000_000) == Heard("too long or too muddled to read; left as it is", False)
    assert not read(b"").is_done


def test_an_answer_after_cancelling_is_over(booking):
    bookings.cancel(booking, now=NOW)
    assert read(answer()) == Heard("booking 1 declined, which is over already", True)
    assert kinds(ANN) == ["booking_confirmed", "booking_cancelled"]


def test_an_answer_to_a_date_that_is_called_off_or_past_is_over(booking):
    date = booking.course_date
    assert read(answer(), now=date.ends_at).words.endswith("over already")
    calling_off.postpone(date, message="The trainer is ill.", now=NOW)
    assert read(answer()).words.endswith("over already")
    assert "booking_declined" not in kinds(ANN)


def test_a_no_on_the_day_itself_is_noted_and_too_late_to_ask(booking):
    date = booking.course_date
    assert read(answer(), now=date.starts_at) == Heard("booking 1 declined", True)
    assert declined(booking)
    assert "booking_declined" not in kinds(ANN)


def test_an_answer_to_a_day_that_was_dropped_is_over():
    booking = book(two_days())
    date = booking.course_date
    dropped = date.days[1].uid
    new = arrangements.of(date)
    arrangements.arrange(date, type(new)(**{**vars(new), "days": new.days[:1]}), now=LATER)
    database.session.commit()
    assert read(answer(uid=dropped, sequence=9)).words.endswith("over already")


def test_whoever_booked_again_answers_for_the_booking_that_lives():
    date = make_date()
    first = book(date)
    old = first.invites[0].uid
    bookings.cancel(first, now=NOW)
    again = bookings.book_again(first, now=NOW)
    database.session.commit()

    assert read(answer(uid=old, sequence=5)).words.endswith("over already")
    assert read(answer(uid=again.invites[0].uid)).words.startswith(f"booking {again.id} declined;")


def two_days():
    start = NOW + timedelta(days=20)
    days = [(start + timedelta(days=n), start + timedelta(days=n, hours=3)) for n in (0, 7)]
    return make_date(starts_at=start, ends_at=days[-1][1], days=days)


def test_two_days_declined_one_after_the_other_are_one_question():
    booking = book(two_days())
    for day in booking.course_date.days:
        read(answer(uid=day.uid))
    assert kinds(ANN) == ["booking_confirmed", "further_day", "booking_declined"]
    assert "Declined: day 1, Wednesday 7 May 2025" in words(sent(ANN)[-1])
    assert replies.days_to_answer(booking, NOW) == booking.course_date.days


def test_who_keeps_the_place_gets_the_declined_day_again_under_a_higher_sequence():
    booking = book(two_days())
    read(answer(uid=booking.course_date.days[1].uid))
    assert replies.keep(booking, now=LATER)
    database.session.commit()

    assert not declined(booking)
    assert kinds(ANN)[-2:] == ["booking_declined", "booking_kept"]
    mail, asked = sent(ANN)[-1], sent(ANN)[1]
    assert entries(mail)["METHOD"] == "REQUEST"
    assert entries(mail)["UID"] == entries(asked)["UID"]
    assert int(entries(mail)["SEQUENCE"]) == int(entries(asked)["SEQUENCE"]) + 1
    assert "puts day 2 in your diary again" in words(mail)
    assert mail_faults(mail.message) == []
    assert faults(calendar_of(mail), "invite", previous=calendar_of(asked)) == []


def test_the_old_no_read_once_more_does_not_ask_again(booking):
    read(answer())
    replies.keep(booking, now=LATER)
    database.session.commit()
    before = rows()
    read(answer(), now=NOW + timedelta(days=3))
    read(answer().replace(b"SEQUENCE:0\r\n", b""), now=NOW + timedelta(days=3))
    assert rows() == before


def test_both_days_kept_are_two_mails():
    booking = book(two_days())
    for day in booking.course_date.days:
        read(answer(uid=day.uid))
    replies.keep(booking, now=LATER)
    database.session.commit()
    assert kinds(ANN)[-2:] == ["booking_kept", "further_day"]
    assert "Each further day comes in a mail of its own" in words(sent(ANN)[-2])


def test_where_nothing_was_declined_there_is_nothing_to_keep(booking):
    before = rows()
    assert not replies.keep(booking, now=NOW)
    read(answer())
    booking.course_date.state = DateState.CANCELLED
    database.session.commit()
    assert not replies.keep(booking, now=NOW)
    assert rows()[1] == [*before[1], "booking_declined"]


def test_only_those_with_a_place_count_as_declined(booking):
    read(answer())
    assert declined(booking)
    bookings.cancel(booking, now=LATER)
    database.session.commit()
    assert not declined(booking)


def test_a_message_that_came_back_is_marked_once(booking):
    email = make_email(message_id=mails.MESSAGE_ID, sent_at=NOW, to=ANN)
    words_ = f"mail {email.id} (booking_confirmed) came back"
    assert read(mails.mail("postfix-returned")) == Heard(words_, is_done=True)
    assert email.bounced_at == NOW
    assert email.bounce.startswith("550 5.1.1 <ann@agency.example>: Recipient address rejected")

    known = read(mails.mail("exim-returned"), now=LATER)
    assert known == Heard(f"mail {email.id} came back, which is known", is_done=True)
    assert email.bounced_at == NOW
    assert email.bounce.startswith("550 5.1.1")


@pytest.mark.parametrize("name", mails.RETURNED)
def test_every_kind_of_report_finds_its_message_and_no_other(name):
    other = make_email(sent_at=NOW)
    email = make_email(message_id=mails.MESSAGE_ID, sent_at=NOW)
    assert read(mails.mail(name)).is_done
    assert email.bounced_at == NOW
    assert other.bounced_at is None


@pytest.mark.parametrize("facts", [{"failure": "Answer lost"}, {"taken_at": NOW}])
def test_what_came_back_is_not_sent_once_more(booking, facts):
    email = make_email(message_id=mails.MESSAGE_ID, **facts)
    read(mails.mail("qmail-returned"))
    while parcel := delivery.take(now=NOW + timedelta(days=1)):
        assert parcel.email_id != email.id


def test_what_a_server_quotes_opens_nothing(booking):
    make_email(message_id=mails.MESSAGE_ID, sent_at=NOW, to="bob@agency.example")
    read(mails.mail("gmail-returned").replace(b"in it", b"of ann@home.example"))
    bounce = database.session.scalar(select(Email.bounce).where(Email.bounce.is_not(None)))
    assert bounce == "554 5.7.1 Message refused, see http://localhost/bookings/… of …"


def test_words_for_the_log_hold_no_name_address_or_link(booking):
    make_email(message_id=mails.MESSAGE_ID, sent_at=NOW)
    for file in mails.FOLDER.glob("*.eml"):
        said = read(file.read_bytes()).words
        assert "@" not in said
        assert "http" not in said
        assert "Ann" not in said
