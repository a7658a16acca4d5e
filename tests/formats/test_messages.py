import email
import email.policy
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calendars import mail_faults
from tests.conftest import NOW
from tests.formats.test_calendar import (
    AWKWARD,
    SENDER,
    cancellation,
    make_booking,
    make_date,
    request,
)
from webapp.formats import messages
from webapp.formats.calendar import Invitation
from webapp.formats.plain_text import one_line

REAL_MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TEXT = """Dear Ann,

You have a place: Thursday 29 May 2025, 10am to 2pm.

- See, change or cancel it: https://training.example/bookings/7-Ab_c-.
- Questions to training@partnership.example, or 01632 960001

Anytown Training Team"""


def build(**facts):
    return messages.build(
        **{
            "sender": SENDER,
            "to": "ann@agency.example",
            "to_name": "Ann Example",
            "subject": "You have a place",
            "text": TEXT,
            "message_id": "<1.2@partnership.example>",
            "date": REAL_MOMENT,
            **facts,
        }
    )


def read(message):
    return email.message_from_bytes(message, policy=email.policy.default)


def invitation(**facts):
    return Invitation("REQUEST", request(make_booking(make_date(**facts))), "basics.ics")


def parts(message):
    return [part for part in read(message).walk() if not part.is_multipart()]


def test_a_message_without_an_invitation_is_text_and_the_same_words_as_a_page():
    message = read(build())
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert plain(text) == TEXT
    assert words(page.get_content()) == words(TEXT)


def plain(part):
    return part.get_content().replace("\r\n", "\n").strip()


def words(text):
    """Every word, without tags, entities and what only HTML or only text needs."""
    body = re.sub(r"<title>.*?</title>|</?a\b[^>]*>", "", text)
    return re.sub(r"<[^>]+>|^- ", " ", body, flags=re.MULTILINE).split()


def test_the_headers_say_who_writes_and_who_reads_the_answer():
    message = read(build())
    assert str(message["From"]) == "Anytown Training Team <training@partnership.example>"
    assert message["Reply-To"] == message["From"]
    assert str(message["To"]) == "Ann Example <ann@agency.example>"
    assert message["Message-ID"] == "<1.2@partnership.example>"
    assert message["Date"].datetime == REAL_MOMENT
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"


def test_an_invitation_stands_where_gmail_and_outlook_look_for_it():
    asked = invitation()
    message = read(build(invitation=asked))
    alternatives, attachment = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    entry = list(alternatives.iter_parts())[-1]
    assert entry.get_content_disposition() is None
    assert entry["Content-Transfer-Encoding"] == "base64"
    assert (entry.get_param("method"), entry.get_content_charset()) == ("REQUEST", "utf-8")
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "basics.ics"
    assert entry.get_payload(decode=True) == attachment.get_payload(decode=True) == asked.ics


@pytest.mark.parametrize("online", [True, False], ids=["online", "face to face"])
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_every_invitation_by_mail_is_faultless_whatever_people_type(text, online):
    booking = make_booking(make_date(text=text, online=online), name=text)
    asked = Invitation("REQUEST", request(booking), "basics.ics")
    later = NOW + timedelta(minutes=5)
    taken_out = Invitation("CANCEL", cancellation(booking, later), "basics.ics")
    facts = {"to_name": text, "subject": f"You have a place: {text}", "text": text}
    # The two warnings are about words that somebody typed, not about the mail.
    typed = ("ics: HTML", "DOUBLE-ESCAPE", "MOJIBAKE")
    for made, before in ((asked, None), (taken_out, asked.ics)):
        found = mail_faults(build(invitation=made, **facts), before)
        assert [fault for fault in found if not fault.startswith(typed)] == []


def test_the_mail_checker_sees_a_method_that_does_not_agree():
    message = build(invitation=invitation())
    assert mail_faults(message) == []
    found = mail_faults(message.replace(b'method="REQUEST"', b'method="CANCEL"'))
    assert any(fault.startswith("METHOD-MISMATCH") for fault in found)


def test_the_mail_checker_sees_a_stranger_among_the_attendees():
    found = mail_faults(build(invitation=invitation(), to="other@agency.example"))
    assert any(fault.startswith("TO-NOT-ATTENDEE") for fault in found)


@settings(deadline=None)
@given(words=st.text(max_size=300))
def test_no_name_subject_or_text_breaks_a_message(words):
    message = build(sender=(words, SENDER[1]), to_name=words, subject=words, text=words)
    seen = read(message)
    assert set(seen.keys()) == set(read(build()).keys())
    for header in ("From", "To"):
        assert len(seen[header].addresses) == 1
    assert seen["To"].addresses[0].addr_spec == "ann@agency.example"
    assert all(len(line) <= 998 for line in message.splitlines())
    assert message.isascii()
    assert plain(seen.get_body(["plain"])) == messages.lines(words).strip()


def test_a_header_cannot_be_smuggled_in():
    seen = read(
        build(subject="Hello\r\nBcc: all@agency.example", to_name="A\nBcc: b@agency.example")
    )
    assert seen["Bcc"] is None
    assert seen["Subject"] == "Hello Bcc: all@agency.example"


@pytest.mark.parametrize(
    "words",
    [
        "=?utf-8?q?=0d=0aBcc=3a_eve=40evil.example=0d=0a=0d=0aWin_a_prize?=",
        "=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
        "Ann =(?utf-8?q?=0aBcc=3a_eve=40evil.example?= Example",
        "Ann =\x00?utf-8?q?=0aBcc=3a_eve=40evil.example?= Example",
    ],
)
def test_a_header_cannot_be_smuggled_in_as_an_encoded_word(words):
    message = read(build(to_name=words, sender=(words, SENDER[1]), subject=words))
    assert set(message.keys()) == set(read(build()).keys())
    assert message.get_content_type() == "multipart/alternative"
    assert "?utf-8" in message["Subject"]  # as it was typed, and not as it was meant


def test_a_subject_of_four_thousand_letters_is_cut():
    assert len(read(build(subject="x" * 4000))["Subject"]) == 200


def test_links_and_addresses_can_be_followed_and_end_before_the_full_stop():
    page = messages.html(TEXT, "You have a place")
    assert (
        '<li>See, change or cancel it: <a href="https://training.example/bookings/7-Ab_c-">'
        "https://training.example/bookings/7-Ab_c-</a>.</li>" in page
    )
    assert '<a href="mailto:training@partnership.example">' in page
    assert page.count("<p>") == 3
    assert page.count("<li>") == 2


def test_what_people_type_is_shown_and_never_run():
    page = messages.html('<script>x</script>\n"https://a.example/?x=1&y=<b>"', "<i>&")
    assert "<script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;<br>" in page
    assert '<a href="https://a.example/?x=1&amp;y=">' in page
    assert "<title>&lt;i&gt;&amp;</title>" in page


def test_lines_under_a_heading_line_become_a_list():
    page = messages.html("Bring:\n- a pen\n- photo ID\nSee you there", "x")
    assert (
        "<p>Bring:</p>\n<ul>\n<li>a pen</li>\n<li>photo ID</li>\n</ul>\n<p>See you there</p>"
        in page
    )


def test_one_line_keeps_emoji_and_right_to_left_marks():
    assert one_line(" 👩‍👩‍👧\u200f \r\n\x00 b ") == "👩‍👩‍👧\u200f b"
