from datetime import UTC, datetime

import pytest

from tests import incoming as mails
from tests.conftest import NOW
from webapp.formats import incoming, messages, replies
from webapp.formats.calendar import Invitation
from webapp.models import Reply

AT = datetime(2025, 4, 17, 8, 15, tzinfo=UTC)


def read(message):
    return replies.read(incoming.read(message))


@pytest.mark.parametrize("name", mails.DECLINED)
def test_a_no_is_understood_from_every_program(name):
    answer = read(mails.mail(name))
    assert answer.method == "REPLY"
    assert answer.uid == mails.UID
    assert answer.replies[mails.ANN] is Reply.DECLINED
    assert answer.stamp == AT
    assert answer.sequence == (None if name == "delegate-declined" else 0)
    assert not answer.has_words


def test_a_yes_and_a_perhaps_are_understood():
    assert read(mails.mail("gmail-accepted")).replies == {mails.ANN: Reply.ACCEPTED}
    assert read(mails.mail("gmail-tentative")).replies == {mails.ANN: Reply.TENTATIVE}


def test_a_word_of_the_persons_own_is_noticed():
    assert read(mails.mail("with-words-declined")).has_words


def test_a_proposal_of_another_time_is_told_from_an_answer():
    assert read(mails.mail("outlook-proposes-another-time")).method == "COUNTER"


def test_an_invitation_passed_on_is_no_answer_of_the_one_it_was_for():
    assert read(mails.mail("delegated")).replies == {
        mails.ANN: None,
        "bob@agency.example": Reply.ACCEPTED,
    }


@pytest.mark.parametrize("name", [*mails.OTHERS, *mails.RETURNED])
def test_other_mail_holds_no_answer(name):
    assert read(mails.mail(name)) is None


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_copy_of_our_own_mail_holds_no_answer(method):
    calendar = mails.answer().partition(b"\r\n\r\n")[2].replace(b"REPLY", method.encode())
    ours = messages.build(
        sender=("Anytown Training Team", "training@partnership.example"),
        to=mails.ANN,
        to_name="Ann Example",
        subject="You have a place",
        text="You have a place.",
        message_id=mails.MESSAGE_ID,
        date=NOW,
        invitation=Invitation(method, calendar, "a.ics"),
    )
    assert read(ours) is None


def test_an_answer_quoted_in_another_mail_is_not_given_by_it():
    quoted = b"From: bob@agency.example\r\nContent-Type: message/rfc822\r\n\r\n" + mails.answer()
    assert read(quoted) is None


def test_the_calendar_knows_better_than_the_line_above_it():
    assert read(mails.answer().replace(b"METHOD:REPLY", b"METHOD:REQUEST")) is None
    assert read(mails.answer().replace(b"method=REPLY", b"method=REQUEST")) is not None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (b"mailto:ann%40agency.example", "ann@agency.example"),
        (b"<ann@agency.example>", "ann@agency.example"),
        (b'"mailto:ANN@Agency.Example"', "ann@agency.example"),
        (b"mailto:o'neil+x@agency.example", "o'neil+x@agency.example"),
    ],
)
def test_addresses_are_read_as_they_are_written(said, meant):
    assert read(mails.answer().replace(b"mailto:ann@agency.example", said)).replies == {
        meant: Reply.DECLINED
    }


@pytest.mark.parametrize(
    ("dtstamp", "date", "stamp"),
    [
        (b"20250417T081500", b"", AT),
        (b"yesterday", b"Date: Thu, 17 Apr 2025 09:15:00 +0100\r\n", AT),
        (b"20251399T081500Z", b"Date: Thu, 17 Apr 2025 09:15:00 +0100\r\n", AT),
        (b"yesterday", b"Date: yesterday\r\n", None),
        (b"yesterday", b"", None),
    ],
)
def test_an_answer_was_given_when_it_says_so_or_else_when_it_was_sent(dtstamp, date, stamp):
    message = date + mails.answer().replace(b"20250417T081500Z", dtstamp)
    assert read(message).stamp == stamp


def test_a_mail_that_answers_for_a_crowd_answers_for_nobody():
    line = b"ATTENDEE;PARTSTAT=DECLINED:mailto:%d@agency.example\r\n"
    crowd = b"".join(line % number for number in range(30_000))
    assert read(mails.answer().replace(b"ATTENDEE", crowd + b"ATTENDEE")) is None
