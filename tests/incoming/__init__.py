"""Mails as calendars and mail servers really write them, made up for the tests.

The answers are Ann's to the invitation UID; what came back is the message MESSAGE_ID.
"""

from pathlib import Path

ANN = "ann@agency.example"
UID = "7d0f2b54-6a53-4c0e-9a41-3f1d5f0c2b11"
MESSAGE_ID = "<174487680012.4711.8812345678901234567@partnership.example>"
FOLDER = Path(__file__).parent
DECLINED = [
    "outlook-declined",
    "exchange-declined",
    "gmail-declined",
    "apple-declined",
    "thunderbird-declined",
    "delegate-declined",
    "attachment-declined",
]
RETURNED = [
    "postfix-returned",
    "exchange-returned",
    "gmail-returned",
    "headers-returned",
    "exim-returned",
    "qmail-returned",
]
# Nobody's answer, and nothing that came back.
OTHERS = [
    "out-of-office",
    "read-receipt",
    "postfix-delayed",
    "exim-delayed",
    "delivered-report",
]


def mail(name):
    """The bytes of a mail, with the line ends of SMTP."""
    return (FOLDER / f"{name}.eml").read_bytes()


def answer(partstat="DECLINED", *, uid=UID, attendee=ANN, sequence=0, stamp="20250417T081500Z"):
    """The shortest mail that is an answer."""
    lines = [
        f"From: <{attendee}>",
        "MIME-Version: 1.0",
        "Content-Type: text/calendar; charset=utf-8; method=REPLY",
        "",
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()
