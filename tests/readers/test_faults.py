"""The readers themselves: silent on what we send, and loud on every fault put in on purpose."""

import re
import subprocess
import sys
from base64 import b64encode
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.calendars import ROOT
from tests.readers.diary import Diary
from tests.readers.story import Story, day

UID = rb"UID:[0-9a-f-]{36}"
OTHER_UID = b"UID:6f0d2c1e-8b7a-4f53-9a54-000000000099"
ANN = "ann@agency.example"


@pytest.fixture
def story(client, monkeypatch, node):
    return Story(client, monkeypatch, node)


@pytest.fixture
def life(story):
    """Ann's mails: a place, another room, her place cancelled, booked again."""
    date = story.date()
    story.book("ann", date)
    story.arrange(date, room="Room 2")
    story.cancel("ann", date)
    story.book_again("ann", date)
    return story.mailboxes[ANN]


def opened(mail):
    """The mail, and in it the part that a diary reads."""
    message = message_from_bytes(mail, policy=policy.SMTP)
    return message, next(p for p in message.walk() if p.get_content_type() == "text/calendar")


def tampered(mail, wrong, right):
    """The mail with its calendar part changed, as if it had been written so."""
    message, part = opened(mail)
    ics = part.get_payload(decode=True).replace(b"\r\n ", b"")
    changed, times = re.subn(wrong, right, ics)
    assert times
    assert changed != ics
    part.set_payload(b64encode(changed).decode())
    return message.as_bytes()


def by_python(mails, owner=ANN):
    diary = Diary(owner)
    for mail in mails:
        diary.receive(mail)
    return diary.faults, diary.entries()


@pytest.fixture(params=["python", "ical.js"])
def read(request, node):
    if request.param == "python":
        return by_python
    return lambda mails, owner=ANN: node.read({owner: mails})[owner]


def kinds(faults):
    return [fault.split(": ")[1] for fault in faults]


def test_the_readers_know_nothing_of_the_application():
    script = "import sys, tests.readers.diary as _; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    assert "tests.readers.diary" in loaded.stdout
    assert {"webapp", "icalendar", "vobject"} & set(loaded.stdout.split()) == set()
    other = Path(__file__).with_name("diary.mjs").read_text()
    assert re.findall(r"^import .* from \"(.*)\"$", other, re.MULTILINE) == [
        "node:readline",
        "ical.js",
    ]


def test_a_whole_life_is_faultless_and_ends_with_one_entry(read, life):
    faults, entries = read(life)
    assert faults == []
    assert [(title, starts) for title, starts, _, _ in entries] == [
        ("Safeguarding basics", day(14)[0])
    ]
    assert entries[0][3].startswith("Room 2, West Offices")


def test_after_a_cancellation_the_diary_is_empty(read, life):
    assert read(life[:3]) == ([], [])


def test_a_message_that_comes_twice_harms_nobody(read, life):
    twice = [mail for mail in life[:3] for _ in range(2)]
    assert read(twice) == ([], [])
    assert read([*life[:2], life[1]])[0] == []


# Which mail of the life is tampered with, how, and what of the life goes before it.
SEEDED = {
    "UID changed": (1, UID, OTHER_UID),
    "SEQUENCE equal": (1, rb"SEQUENCE:1", rb"SEQUENCE:0"),
    "SEQUENCE lower": (1, rb"SEQUENCE:1", rb"SEQUENCE:-1"),
    "CANCEL not higher": (2, rb"SEQUENCE:2", rb"SEQUENCE:1"),
    "ATTENDEE absent": (0, rb"ATTENDEE[^\r]*\r\n", b""),
    "DTSTAMP older": (1, rb"DTSTAMP:2025", b"DTSTAMP:2024"),
    "ATTENDEE not the owner": (0, rb"mailto:ann@", b"mailto:other@"),
    "ORGANIZER not the sender": (0, rb"mailto:training@", b"mailto:other@"),
    "METHOD does not agree": (1, rb"METHOD:REQUEST", b"METHOD:PUBLISH"),
    "CANCEL of something unknown": (2, UID, OTHER_UID),
    "more than one VEVENT, or none": (
        0,
        rb"(BEGIN:VEVENT.*END:VEVENT\r\n)",
        rb"\1\1",
    ),
}


@pytest.mark.parametrize("fault", SEEDED)
def test_a_fault_put_in_on_purpose_is_seen(read, life, fault):
    number, wrong, right = SEEDED[fault]
    wrong = re.compile(wrong, re.DOTALL) if fault.startswith("more") else wrong
    mails = [*life[:number], tampered(life[number], wrong, right)]
    faults, entries = read(mails)
    assert kinds(faults) == [fault]
    assert entries == read(life[:number])[1]


def test_a_request_under_a_uid_that_was_cancelled_is_seen(read, life):
    known = re.search(UID, opened(life[0])[1].get_payload(decode=True))[0]
    mails = [*life[:3], tampered(life[3], UID, known)]
    faults, entries = read(mails)
    assert kinds(faults) == ["REQUEST after CANCEL"]
    assert entries == []


def test_another_organiser_than_before_is_seen(read, life):
    other = tampered(life[1], rb"mailto:training@", b"mailto:other@")
    moved = other.replace(b"<training@partnership.example>", b"<other@partnership.example>")
    assert kinds(read([life[0], moved])[0]) == ["ORGANIZER changed"]


def test_somebody_elses_mailbox_is_no_place_for_it(read, life):
    assert kinds(read(life[:1], "ben@agency.example")[0]) == ["ATTENDEE not the owner"]
