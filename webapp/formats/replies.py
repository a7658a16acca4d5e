"""What a calendar answers to an invitation: the iTIP REPLY of RFC 5546, as programs really send it.

Read by our own few lines and not by the calendar library: a wrong time zone or a broken sentence
elsewhere in the same file must not lose an answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from webapp.formats.incoming import Incoming, Part
from webapp.formats.plain_text import one_line
from webapp.models import Reply

KINDS = {"text/calendar", "application/ics", "application/octet-stream"}
# name *(";" parameter) ":" value, RFC 5545 3.1; quotes keep a colon from ending a parameter.
LINE = re.compile(r"""([\w-]++)((?:;[^=:;"]++=(?:"[^"]*+"|[^":;])*+)*+):(.*+)""", re.ASCII)
PARAMETER = re.compile(r""";([^=:;"]++)=((?:"[^"]*+"|[^":;])*+)""")
STAMP = re.compile(r"(\d{8})T(\d{6})Z?", re.ASCII)
# One person answers; a program that lists everybody invited has never met more than one of ours.
MOST_ATTENDEES = 20
NUMBER = re.compile(r"\d{1,9}", re.ASCII)
REPLIES = {
    "ACCEPTED": Reply.ACCEPTED,
    "TENTATIVE": Reply.TENTATIVE,
    "DECLINED": Reply.DECLINED,
}


@dataclass(frozen=True)
class Answer:
    """What somebody's calendar says about one entry."""

    # REPLY, or COUNTER, which proposes another time.
    method: str
    uid: str
    # None where the program left it out.
    sequence: int | None
    # When the answer was given.
    stamp: datetime | None
    # By address in lower case; None for an answer that is none of the three.
    replies: dict[str, Reply | None]
    # Whether the person added words of their own.
    has_words: bool


@dataclass(frozen=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


def read(mail: Incoming) -> Answer | None:
    """The answer in this mail, if it holds one."""
    for part in mail.parts:
        if part.kind in KINDS:
            answer = _answer(part, mail)
            if answer is not None:
                return answer
    return None


def _answer(part: Part, mail: Incoming) -> Answer | None:
    calendar, event = _lines(part.text)
    method = _value(calendar, "METHOD").upper() or part.method
    uid = _value(event, "UID")
    attendees = [line for line in event if line.name == "ATTENDEE"]
    if method not in {"REPLY", "COUNTER"} or not uid or len(attendees) > MOST_ATTENDEES:
        return None
    sequence = NUMBER.fullmatch(_value(event, "SEQUENCE"))
    return Answer(
        method=method,
        uid=uid,
        sequence=int(sequence[0]) if sequence else None,
        stamp=_stamp(_value(event, "DTSTAMP")) or _date(mail.headers.get("date", "")),
        replies={
            address: REPLIES.get(line.parameters.get("PARTSTAT", "").upper())
            for line in attendees
            for address in _addresses(line)
        },
        # Exchange writes an empty comment as an escaped line break.
        has_words=bool(re.sub(r"\\[nN]|\s", "", _value(event, "COMMENT"))),
    )


def _lines(text: str) -> tuple[list[_Line], list[_Line]]:
    """The lines of the calendar itself, and of the first entry in it."""
    calendar: list[_Line] = []
    event: list[_Line] = []
    inside: list[str] = []
    for line in _unfolded(text):
        if line.name == "BEGIN":
            inside.append(line.value.upper())
        elif line.name == "END":
            if inside == ["VCALENDAR", "VEVENT"]:
                break
            del inside[-1:]
        elif inside == ["VCALENDAR"]:
            calendar.append(line)
        elif inside == ["VCALENDAR", "VEVENT"]:
            event.append(line)
    return calendar, event


def _unfolded(text: str) -> Iterator[_Line]:
    for line in re.sub(r"\n[ \t]", "", re.sub(r"\r\n?", "\n", text)).split("\n"):
        found = LINE.fullmatch(line.strip())
        if found:
            parameters = {
                name.upper(): value.strip('"') for name, value in PARAMETER.findall(found[2])
            }
            yield _Line(found[1].upper(), parameters, found[3].strip())


def _value(lines: list[_Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")


def _addresses(line: _Line) -> Iterator[str]:
    """Apple names people by a path of its own and keeps the address beside it."""
    for said in (line.parameters.get("EMAIL", ""), line.value):
        address = unquote(re.sub(r"(?i)^mailto:", "", said.strip('<>"')))
        # As the database would have it: a NUL inside is no part of anybody's address.
        address = one_line(address).strip("<> ").lower()
        if "@" in address:
            yield address


def _stamp(said: str) -> datetime | None:
    """The moment; a time without its "Z" is UTC all the same: RFC 5545 3.8.7.2 allows no other."""
    found = STAMP.fullmatch(said)
    try:
        return datetime.strptime(f"{found[1]}{found[2]}+0000", "%Y%m%d%H%M%S%z") if found else None
    except ValueError:
        return None


def _date(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
