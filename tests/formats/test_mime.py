from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.formats import mime

# What may stand in a display name without quotes.
ATOMS = st.text("abc XYZ09!#$%&'*+-/=?^_`{|}~", max_size=30).map(lambda words: words.strip())


def by_library(name, value):
    message = EmailMessage(policy=SMTP)
    message[name] = value
    return message.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n"


def header(name, value):
    return mime.message({name: value}, b"").partition(b"MIME-Version")[0]


@settings(deadline=None)
@given(words=ATOMS)
def test_what_is_plain_is_written_as_the_library_writes_it(words):
    words = " ".join(words.split())
    ours = mime.mailbox(words, "ann@agency.example")
    if words:
        assert header("Subject", words) == by_library("Subject", words)
    assert header("To", ours) == by_library(
        "To", mime.Address(words, addr_spec="ann@agency.example")
    )


def test_what_is_long_or_of_other_letters_is_folded_and_encoded():
    long = header("Subject", "word " * 30)
    assert long.startswith(b"Subject: word word")
    assert max(map(len, long.splitlines())) <= 78
    assert header("To", mime.mailbox("Zoë", "ann@agency.example")) == (
        b"To: =?utf-8?q?Zo=C3=AB?= <ann@agency.example>\r\n"
    )


def test_what_is_no_address_is_refused():
    with pytest.raises(ValueError, match="addr-spec"):
        mime.mailbox("Ann", "ann at agency")


def test_no_boundary_stands_in_what_it_parts():
    inside = mime.text("plain", "--=_mixed--\n.\n"), mime.file("text/calendar", b"--=_mixed--")
    whole = mime.multipart("mixed", *inside)
    assert whole.count(b"--=_mixed") == 3
    assert b"=3D_mixed" in whole
    assert b"\n.\r" not in whole
