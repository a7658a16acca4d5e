"""Mail that comes in, however hostile: read or left, in good time, and never an error."""

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import incoming as mails
from webapp.formats import bounces, incoming, replies
from webapp.gateways import imap

ALL = sorted(file.stem for file in mails.FOLDER.glob("*.eml"))


def read_all(message):
    mail = incoming.read(message)
    return mail and (replies.read(mail), bounces.read(mail))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("ends", [b"\r\n", b"\n", b"\r\r\n"])
def test_line_ends_of_every_kind_are_read(name, ends):
    message = mails.mail(name)
    as_sent = read_all(message)
    assert as_sent is not None
    if ends != b"\r\r\n":  # the parser takes that for an empty line after each
        assert read_all(message.replace(b"\r\n", ends)) == as_sent
    else:
        read_all(message.replace(b"\r\n", ends))


def test_a_mail_longer_than_any_answer_is_left():
    longest = mails.answer() + b"x" * (incoming.LONGEST - len(mails.answer()))
    assert incoming.read(longest) is not None
    assert incoming.read(longest + b"x") is None
    assert incoming.LONGEST == imap.LONGEST


def nested(depth):
    opens = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth)
    )
    return opens.encode() + mails.answer()


def test_parts_inside_parts_are_read_up_to_a_depth_that_real_mail_keeps():
    assert replies.read(incoming.read(nested(10))).uid == mails.UID
    assert incoming.read(nested(5_000)) is None
    assert incoming.read(b"Content-Type: message/rfc822\r\n\r\n" * 5_000) is None


@pytest.mark.parametrize("line", [b"--c\r\n", b"--b3\r\n", b"A:\r"])
def test_the_costliest_mail_we_read_takes_moments(line):
    message = nested(incoming.MOST_PARTS - 1)
    message += line * (incoming.MOST_LINES - message.count(b"\r"))
    began = time.process_time()
    assert incoming.read(message) is not None
    assert time.process_time() - began < 8
    assert incoming.read(message + line) is None


def test_a_calendar_of_nothing_but_beginnings_and_ends_is_soon_read():
    toil = base64.encodebytes(b"BEGIN:A\n" * 60_000 + b"END:A\n" * 60_000)
    head = b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    began = time.process_time()
    assert read_all(head + toil) == (None, None)
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "line", [b"ATTENDEE" + b";a=b" * 200_000, b"X;" + b'"' * 500_000, b";=:" * 300_000]
)
def test_a_line_that_means_to_be_slow_is_not(line):
    message = mails.answer().replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\n" + line + b"\r\n")
    began = time.process_time()
    assert read_all(message)[0].uid == mails.UID
    assert time.process_time() - began < 5


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["-", "\n", "\n ", "Message-ID:\n", "<", "5.1.1", "method "])
@pytest.mark.parametrize(
    "head",
    [
        b"From: mailer-daemon@relay.example\r\n\r\n",
        b"Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\n"
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n",
        b"Content-Type: text/calendar; ",
    ],
    ids=["letter", "report", "calendar", "header"],
)
def test_a_mail_of_one_sign_over_and_over_is_soon_read(head, piece):
    message = head + (piece * (300_000 // len(piece))).encode()
    began = time.process_time()
    read_all(message)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "charset", ["utf-7", "idna", "punycode", "zip", "undefined", "x" * 1000, "utf-8\x00", "=?x?="]
)
def test_a_character_set_that_lies_loses_no_answer(charset):
    said = f"charset={charset};".encode()
    assert read_all(mails.answer().replace(b"charset=utf-8;", said))[0].uid == mails.UID


@pytest.mark.parametrize(
    "coding", ["base64", "x-uuencode", "quoted-printable", "rot13", "8bit\x00"]
)
def test_a_coding_that_lies_is_survived(coding):
    head = f"Content-Transfer-Encoding: {coding}\r\nMIME-Version".encode()
    read_all(mails.answer().replace(b"MIME-Version", head))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(ALL).map(mails.mail),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 30), st.binary(max_size=12)), max_size=6
    ),
)
def test_a_mail_spoilt_anywhere_is_survived(message, wounds):
    for at, length, instead in wounds:
        message = message[:at] + instead + message[at + length :]
    read_all(message)


PIECES = st.sampled_from(
    [
        b"Content-Type: text/calendar; method=REPLY",
        b"Content-Type: multipart/report; boundary=x",
        b"Content-Type: multipart/mixed; boundary*0*=x''%ff; boundary*99999999999=",
        b"Content-Type: message/delivery-status",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/plain; charset*=''%",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: x-uuencode",
        b"From: mailer-daemon",
        b"From: =?utf-8?b?/w==?= \xff\xfe",
        b"Date: Thu, 99 Apr 99999999999999 09:00 +9999",
        b"In-Reply-To: <<a@b>",
        b"X-Failed-Recipients:",
        b"",
        b"--x",
        b"--x--",
        b"begin 666 a",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT",
        b"END:VEVENT",
        b"METHOD:REPLY",
        b"UID:x",
        b"DTSTAMP:99999999T999999Z",
        b"DTSTAMP:00010101T000000Z",
        b"SEQUENCE:" + b"9" * 5000,
        b'ATTENDEE;PARTSTAT="DECLINED;CN=:mailto:%ff%00@\xff',
        b"Action: failed",
        b"Diagnostic-Code: ;;;",
        b"Message-ID: <a\x00@b>",
        b"Final-Recipient:",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=40)), max_size=40))
def test_any_heap_of_lines_is_survived(lines):
    read_all(b"\r\n".join(lines))
