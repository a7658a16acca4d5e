"""A diary as a mail program keeps it from the invitations one mailbox gets, and what it would
hold against them.

Written after RFC 5545, RFC 5546 and what Outlook, Gmail and Apple do, with the standard library
alone: it imports nothing of the application, nor the library that the application writes with.
A message with a fault is not acted upon, as the strictest of those programs would not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,[^;:]*)?)*):(.*)')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass
class Entry:
    """What one UID stands for: an entry in the diary, or a tombstone once it was taken out."""

    uid: str
    sequence: int
    stamp: datetime
    title: str
    starts: datetime
    ends: datetime
    location: str
    join: str
    organizer: str
    status: str
    is_gone: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        """What may not change under one SEQUENCE."""
        return self.title, self.starts, self.ends, self.location, self.join

    def is_same_meeting(self, other: "Entry") -> bool:
        """For the eye: one title at one time."""
        meets = self.starts < other.ends and other.starts < self.ends
        return meets and self.title == other.title


class Diary:
    """The diary of one mailbox. `faults` says what was wrong, mail by mail."""

    def __init__(self, owner: str) -> None:
        self.owner = owner.lower()
        self.known: dict[str, Entry] = {}
        self.faults: list[str] = []
        self.mails = 0

    def receive(self, raw: bytes) -> None:
        """Read one mail; one without a calendar part changes nothing."""
        self.mails += 1
        mail = message_from_bytes(raw, policy=policy.default)
        part = next((p for p in mail.walk() if p.get_content_type() == "text/calendar"), None)
        if part is not None:
            found = self._act(mail, part)
            self.faults += [f"mail {self.mails}: {fault}" for fault in found]

    def _act(self, mail: EmailMessage, part: EmailMessage) -> list[str]:
        lines = content_lines(part.get_payload(decode=True))
        method = next((value for name, _, value in lines if name == "METHOD"), "")
        starts = [n for n, line in enumerate(lines) if line == BEGINS]
        if (part.get_param("method") or "").upper() != method:
            return [f"METHOD does not agree: {part.get_param('method')} and {method}"]
        if len(starts) != 1:
            return [f"more than one VEVENT, or none: {len(starts)}"]
        entry = read_event(lines[starts[0] :])
        attendees = [address(value) for name, _, value in lines if name == "ATTENDEE"]
        faults = self._people(mail, entry, attendees)
        faults += self._request(entry) if method == "REQUEST" else self._cancel(entry)
        if not faults:
            entry.is_gone = method != "REQUEST"
            self.known[entry.uid] = entry
        return faults

    def _people(self, mail: EmailMessage, entry: Entry, attendees: list[str]) -> list[str]:
        faults = []
        sender = mail["From"].addresses[0].addr_spec.lower()
        if not attendees:
            faults.append("ATTENDEE absent")
        elif attendees != [self.owner]:
            faults.append(f"ATTENDEE not the owner: {attendees}")
        if entry.organizer != sender:
            faults.append(f"ORGANIZER not the sender: {entry.organizer} and {sender}")
        before = self.known.get(entry.uid)
        if before and before.organizer != entry.organizer:
            faults.append(f"ORGANIZER changed: {before.organizer} to {entry.organizer}")
        if before and entry.stamp < before.stamp:
            faults.append(f"DTSTAMP older: {before.stamp} to {entry.stamp}")
        return faults

    def _request(self, entry: Entry) -> list[str]:
        before = self.known.get(entry.uid)
        if before is None:
            standing = [other for other in self.known.values() if not other.is_gone]
            return [
                f"UID changed: {other.uid} to {entry.uid} of {entry.title}"
                for other in standing
                if other.is_same_meeting(entry)
            ]
        numbers = f"{before.sequence} to {entry.sequence}"
        if before.is_gone:
            return [f"REQUEST after CANCEL: {entry.uid}"]
        if entry.sequence < before.sequence:
            return [f"SEQUENCE lower: {numbers}"]
        if entry.sequence == before.sequence and entry.content != before.content:
            return [f"SEQUENCE equal: {numbers}"]
        return []

    def _cancel(self, entry: Entry) -> list[str]:
        before = self.known.get(entry.uid)
        if before is None:
            return [f"CANCEL of something unknown: {entry.uid}"]
        if entry.sequence <= before.sequence and not before.is_gone:
            return [f"CANCEL not higher: {before.sequence} to {entry.sequence}"]
        return []

    def standing(self) -> list[Entry]:
        entries = [entry for entry in self.known.values() if not entry.is_gone]
        return sorted(entries, key=lambda entry: (entry.starts, entry.title))

    def entries(self) -> list[tuple[str, datetime, datetime, str]]:
        """What the owner sees: (title, start, end, location), the times in UTC."""
        return [(e.title, e.starts, e.ends, e.location) for e in self.standing()]


BEGINS, ENDS = ("BEGIN", {}, "VEVENT"), ("END", {}, "VEVENT")


def events(ics: bytes) -> Iterator[Entry]:
    """Every VEVENT of a file or feed."""
    lines = content_lines(ics)
    for number, line in enumerate(lines):
        if line == BEGINS:
            yield read_event(lines[number:])


def content_lines(ics: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Each line as (name, parameters, value), unfolded; RFC 5545 3.1."""
    found = []
    for line in ics.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        if line:
            name, parameters, value = LINE.fullmatch(line).groups()
            named = dict(said.split("=", 1) for said in parameters.split(";")[1:])
            found.append((name.upper(), named, value))
    return found


def read_event(lines: list[tuple[str, dict[str, str], str]]) -> Entry:
    """The first VEVENT of these lines."""
    said = {}
    for name, parameters, value in lines[: lines.index(ENDS)]:
        said.setdefault(name, (parameters, value))
    return Entry(
        uid=said["UID"][1],
        sequence=int(said["SEQUENCE"][1]),
        stamp=moment(*said["DTSTAMP"]),
        title=text(said["SUMMARY"][1]),
        starts=moment(*said["DTSTART"]),
        ends=moment(*said["DTEND"]),
        location=text(said.get("LOCATION", ({}, ""))[1]),
        join=said.get("CONFERENCE", ({}, ""))[1],
        status=said["STATUS"][1],
        organizer=address(said.get("ORGANIZER", ({}, ""))[1]),
    )


def moment(parameters: dict[str, str], value: str) -> datetime:
    """A time as UTC: it ends in Z, or has a zone, which is known by its name."""
    if value.endswith("Z"):
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    local = datetime.fromisoformat(value)
    return local.replace(tzinfo=ZoneInfo(parameters["TZID"])).astimezone(UTC)


def text(value: str) -> str:
    """A TEXT value as typed; RFC 5545 3.3.11."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def address(value: str) -> str:
    return value.lower().removeprefix("mailto:")
