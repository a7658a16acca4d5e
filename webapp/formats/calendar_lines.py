"""The grammar of a calendar entry: what an Entry says, as RFC 5545 writes it."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from icalendar import Alarm, Component, Event, vCalAddress, vGeo, vText, vUri
from icalendar.parser import Contentline

from webapp.clock import london
from webapp.formats import words
from webapp.formats.calendar_entries import DISCREET, Entry
from webapp.formats.plain_text import lines, one_line

CATEGORY = "Safeguarding training"
A_DAY_BEFORE = timedelta(days=-1)
# The library folds lines of so many octets, the most that RFC 5545 3.1 allows.
FOLDED_FROM = 75
ESCAPES = b"\\^"
# What programs that unescape one sign after another would take for an escape.
MISREAD = re.compile(r"\\(?=[,;nN\n\\]|$)")
# Characters a URI may hold, RFC 3986; the rest is written with percent signs.
URI_SIGNS = "%/:?#[]@!$&'()*+,;=~"
INVITED = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT"}
ASKED = {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
BUSY = {"OPAQUE": "BUSY", "TENTATIVE": "TENTATIVE", "TRANSPARENT": "FREE"}


def event(entry: Entry) -> Event:
    """The entry in RFC 5545's grammar."""
    course_date = entry.day.course_date
    transparency = "TRANSPARENT" if entry.is_free else "OPAQUE"
    is_tentative = entry.status == "TENTATIVE" and not entry.is_free
    busy = BUSY["TENTATIVE" if is_tentative else transparency]
    starts, ends = _local(entry.day.starts_at, entry.day.ends_at)
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.stamp or entry.changed)
    made.add("created", course_date.created_at)
    made.add("last-modified", entry.changed)
    made.add("dtstart", starts)
    made.add("dtend", ends)
    made.add("summary", text(one_line(entry.title)))
    made.add("location", text(one_line(entry.location)))
    made.add("description", text(entry.description))
    made.add("categories", _categories(entry))
    made.add("contact", text(entry.contact))
    made.add("status", entry.status)
    made.add("transp", transparency)
    made.add("x-microsoft-cdo-busystatus", vText(busy))
    made.add("url", uri(entry.page))
    venue = course_date.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        made.add("geo", vGeo((venue.latitude, venue.longitude)))
    if entry.join_link and entry.join_link.startswith(("https://", "http://")):
        label = f"Join in {course_date.platform or 'your browser'}"
        made.add("conference", _conference(entry.join_link, label))
    if entry.meeting:
        made.add("organizer", _person(*entry.meeting.organiser, {}))
        asked = ASKED if entry.meeting.asks else {}
        made.add("attendee", _person(*entry.meeting.attendee, INVITED | asked))
    if entry.has_alarm:
        made.add_component(_alarm(entry.title))
    return made


def octets(component: Component) -> bytes:
    """As files and mails have it. The library would look at each sign of each line whether to fold
    there."""
    lines = [line for line in component.content_lines() if line]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def text(words_: str) -> vText:
    """A TEXT value. The library would make a line break of a typed `\\N`, so it never sees one."""
    return vText(MISREAD.sub("/", lines(words_)))


def uri(address: str) -> vUri:
    return vUri(quote(one_line(address), safe=URI_SIGNS))


def _folded(line: Contentline) -> bytes:
    """Where the library folds: not inside a character, nor between an escape and its letter."""
    rest, pieces = line.encode(), list[bytes]()
    while len(rest) >= FOLDED_FROM:
        end = FOLDED_FROM - 1
        while rest[end] & 0xC0 == 0x80:
            end -= 1
        if rest[end - 1] in ESCAPES:
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest])


def _local(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """London's wall clock; but UTC in the hour that it shows twice, which it cannot tell apart."""
    starts, ends = london(starts_at), london(ends_at)
    if any(m.replace(fold=0).utcoffset() != m.replace(fold=1).utcoffset() for m in (starts, ends)):
        return starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    return starts, ends


def _categories(entry: Entry) -> list[str]:
    if entry.is_discreet:
        return [DISCREET]
    course_date = entry.day.course_date
    return [CATEGORY, words.KINDS[course_date.course.kind], words.FORMATS[course_date.format]]


def _conference(link: str, label: str) -> vUri:
    parameters = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": _in_parameter(label)}
    address = uri(link)
    address.params.update(parameters)
    return address


def _person(name: str, address: str, parameters: dict[str, str]) -> vCalAddress:
    person = vCalAddress(f"mailto:{one_line(address)}")
    person.params.update({"CN": _in_parameter(name), **parameters})
    return person


def _in_parameter(words_: str) -> str:
    """A parameter has no way to hold a double quote."""
    return one_line(words_).replace('"', "")


def _alarm(title_: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text(one_line(title_)))
    alarm.add("trigger", A_DAY_BEFORE)
    return alarm
