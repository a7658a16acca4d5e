"""The attendance report of a Microsoft Teams meeting, as an organiser downloads it: who was there
and how long.

Teams writes tab-separated UTF-16 with sections; saved again by a spreadsheet it is UTF-8 with
commas. Only lengths are taken of its times: their days are written as the computer that saved them
writes days, which the file does not say.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from webapp.errors import Refused
from webapp.formats.text_files import letters

NOT_A_REPORT = (
    "This is not an attendance report of Microsoft Teams in English. In the meeting, choose"
    " Attendance and then Download, and send the file as it is."
)
NAMES = {"name", "full name"}
LENGTHS = {"in-meeting duration", "duration"}
# Some tenants leave the address empty and name the account.
ADDRESSES = ("email", "participant id (upn)", "user principal name")
# "3. In-Meeting Activities"
SECTION = re.compile(r"\d+\. \D")
# "(Guest)", "(Unverified)", "(External)"
ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
LENGTH = re.compile(r"(\d+)\s*(h|m|s)", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d)")
UNITS = {"h": "hours", "m": "minutes", "s": "seconds"}
MOST = 2000


@dataclass(frozen=True)
class Participant:
    """Somebody in the meeting. Who came in several times is one, by the sum."""

    name: str
    email: str | None
    stayed: timedelta
    # Whoever gave the training, most likely.
    ran_it: bool = False


def read(file: bytes) -> Sequence[Participant]:
    """Everybody in the report, in its order. Raises Refused when it is none."""
    columns, found = None, dict[tuple[str, str | None], Participant]()
    for row in _rows(letters(file)):
        if columns is None:
            columns = _columns(row)
            continue
        if not any(row) or SECTION.match(row[0]):
            break
        one = _participant(dict(zip(columns, row, strict=False)))
        if one is None:
            continue
        key = ("", one.email) if one.email else (one.name.casefold(), None)
        before = found.get(key)
        stayed = one.stayed + (before.stayed if before else timedelta())
        found[key] = Participant(one.name, one.email, stayed, one.ran_it)
        if len(found) > MOST:
            raise Refused(f"This report names more than {MOST:,} people.")
    if not found:
        raise Refused(NOT_A_REPORT)
    return list(found.values())


def _rows(text: str) -> Iterator[list[str]]:
    """Each line by itself, so that one odd quotation mark does not swallow the rest."""
    for line in text.replace("\x00", "").splitlines():
        between = "\t" if "\t" in line else ";" if ";" in line and "," not in line else ","
        if line.count('"') % 2:
            line = line.replace('"', "")
        try:
            cells = next(csv.reader([line], delimiter=between), [])
        except csv.Error:
            cells = []
        yield [cell.strip() for cell in cells]


def _columns(row: Sequence[str]) -> list[str] | None:
    """The headings, if this row is that of the participants."""
    headings = [cell.casefold() for cell in row]
    is_it = not NAMES.isdisjoint(headings) and not LENGTHS.isdisjoint(headings)
    return headings if is_it else None


def _participant(cells: dict[str, str]) -> Participant | None:
    name = next((cells[heading] for heading in NAMES if cells.get(heading)), "")
    said = [cells.get(heading, "").lower() for heading in ADDRESSES]
    email = next((address for address in said if "@" in address), None)
    if not name and not email:
        return None
    return Participant(
        _in_order(ASIDE.sub("", name)) or email or "",
        email,
        next((_length(cells[heading]) for heading in LENGTHS if cells.get(heading)), timedelta()),
        cells.get("role", "").casefold() in {"organizer", "organiser", "co-organizer"},
    )


def _in_order(name: str) -> str:
    """ "Smith, Jane" is Jane Smith in many councils' directories."""
    last, comma, first = name.partition(",")
    words = f"{first} {last}" if comma else name
    return " ".join(words.split())[:200]


def _length(said: str) -> timedelta:
    """ "1h 5m 3s", "59m 35s" or "01:05:03"."""
    if clock := CLOCK.fullmatch(said):
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    parts = {UNITS[unit.lower()]: int(number[:6]) for number, unit in LENGTH.findall(said)}
    return timedelta(**parts)
