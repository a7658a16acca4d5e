"""One row of an imported table, looked at by the very forms of the pages: the same is asked, and
the same sentences say what is wrong."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import Field

from webapp.clock import LONDON
from webapp.formats.search import plain
from webapp.formats.words import FORMATS, KINDS
from webapp.models import CourseDate, DateState, Sector, Venue
from webapp.services.arrangements import Arrangements, Times
from webapp.web.fields import Form
from webapp.web.organiser.bookings import AttendeeForm
from webapp.web.organiser.course_form import CourseForm
from webapp.web.organiser.date_form import DateForm
from webapp.web.organiser.moments import DayField, TimeField, read_time

Kept = TypeVar("Kept", bound=Form)

COURSE = {
    "Title": "title",
    "Kind": "kind",
    "Summary": "summary",
    "Outline": "outline",
    "Who it is for": "audience",
    "Short title": "short_title",
    "What people will learn": "outcomes",
    "Topics": "topics",
    "Sectors": "sectors",
    "Level": "level",
    "Cost": "cost",
    "Link": "link",
}
DATE = {
    "Date": "day",
    "Starts": "starts",
    "Ends": "ends",
    "How it is held": "format",
    "Venue": "venue",
    "Room": "room",
    "Platform": "platform",
    "Link to join": "join_link",
    "Places": "capacity",
    "Minimum": "minimum",
    "Before you come": "before_you_come",
}
BOOKING = {
    "Date": "day",
    "Starts": "starts",
    "Name": "name",
    "Email": "email",
    "Agency": "agency",
    "Organisation": "organisation",
    "Job role": "job_role",
    "Team": "team",
    "Phone": "phone",
    "Line manager": "manager_name",
    "Line manager's email": "manager_email",
    "Access needs": "access",
    "Dietary needs": "dietary",
}
FURTHER = "Further days"
# "Booking opens" is one cell, and two fields of the form.
MOMENTS = {"Booking opens": "opens", "Booking closes": "closes"}
BETWEEN_LINES = "|"
# "29/05/2025", "29.5.2025", "29 May 2025", "Thu 29 May 2025"
DAY = re.compile(r"(?:[a-z]+,? +)?(\d{1,2})[ /.-]+(\w+)[ /.-]+(\d{4})", re.IGNORECASE)
# "2025-05-29"
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SECONDS = re.compile(r"(\d{1,2}:\d{2}):00")
# "5/6/2025 10am-2pm"
ONE_DAY = re.compile(r"(.+\d{4}|\d{4}-\S+),? +([^-–]+?) *[-–] *(\S.*)")  # noqa: RUF001
NOT_DAYS = "Further days must be like 5/6/2025 10am-2pm, with | between two of them"


class DateRow(DateForm):
    day = DayField("Date")
    starts = TimeField("Starts")
    ends = TimeField("Ends")

    def offer_venues(self, venues: Collection[Venue]) -> None:
        self.days, self._date = None, CourseDate(state=DateState.DRAFT)
        self._venues = {venue.id: venue for venue in venues}
        self.venue.choices = {venue.id: venue.name for venue in venues}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for field in (self.day, self.starts, self.ends):
            if field.data is None and not field.errors:
                field.errors = [f"{field.label.text} is missing"]
        return not self.errors

    def made(self, further: Sequence[Times], now: datetime) -> Arrangements:
        first = _times(self.day.data, self.starts.data, self.ends.data)
        return replace(super().arrangements(now), days=(first, *further))


class BookingRow(AttendeeForm):
    day = DayField("Date")
    starts = TimeField("Starts")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.day.data is None and not self.day.errors:
            self.day.errors = ["Date is missing"]
        return not self.errors


def course_row(cells: Mapping[str, str], sectors: Sequence[Sector]) -> CourseForm:
    ids = {plain(sector.name): str(sector.id) for sector in sectors}
    named = [" ".join(name.split()) for name in cells.get("Sectors", "").split(BETWEEN_LINES)]
    unknown = [name for name in named if name and plain(name) not in ids]
    said = _said(cells, COURSE) | {
        "kind": _word(cells.get("Kind", ""), KINDS),
        "sectors": [ids[plain(name)] for name in named if plain(name) in ids],
    }
    for name in ("outcomes", "topics"):
        said[name] = str(said[name]).replace(BETWEEN_LINES, "\n")
    form = _form(CourseForm, said)
    form.offer(sectors)
    form.validate()
    if unknown:
        form.sectors.errors = [f"There is no sector called “{unknown[0]}”"]
    return form


def date_row(cells: Mapping[str, str], venues: Collection[Venue]) -> DateRow:
    ids = {plain(venue.name): str(venue.id) for venue in venues}
    place = cells.get("Venue", "")
    said = (
        _said(cells, DATE)
        | _day_and_times(cells)
        | {
            "format": _word(cells.get("How it is held", ""), FORMATS),
            "venue": ids.get(plain(" ".join(place.split())), ""),
        }
    )
    for column, name in MOMENTS.items():
        on, at = _moment(cells.get(column, ""))
        said |= {f"{name}_on": on, f"{name}_at": at}
    form = _form(DateRow, said)
    form.offer_venues(venues)
    form.validate()
    if place and not said["venue"] and said["format"] != "online":
        form.venue.errors = [f"There is no venue called “{place}”. Add it under Venues first"]
    return form


def booking_row(
    cells: Mapping[str, str], agency_id: int | None, choices: Mapping[str, Mapping[int, str]]
) -> BookingRow:
    said = _said(cells, BOOKING) | _day_and_times(cells) | {"agency": str(agency_id or "")}
    form = _form(BookingRow, said)
    form.offer(choices)
    form.validate()
    return form


def further_days(said: str) -> list[Times] | None:
    """The days of a date after its first; None when these words say none."""
    found: list[Times] = []
    for part in filter(None, (part.strip() for part in said.split(BETWEEN_LINES))):
        day = ONE_DAY.fullmatch(part)
        boxes = _boxes(day[1]) if day else []
        starts, ends = (read_time(_clock(day[n])) for n in (2, 3)) if day else (None, None)
        form = _form(BookingRow, {"day": boxes})
        form.day.validate(form)
        if form.day.data is None or starts is None or ends is None:
            return None
        found.append(_times(form.day.data, starts, ends))
    return found


def wrong(form: Form, columns: Mapping[str, str]) -> list[tuple[str, str]]:
    """(column, sentence) of each field that is wrong, in the order of the columns."""
    names = {**columns} | {column: f"{name}_on" for column, name in MOMENTS.items()}
    said: list[tuple[str, str]] = []
    for column, name in names.items():
        fields: list[Field] = [form[name]] if name in form else []
        if column in MOMENTS and fields:
            fields.append(form[f"{MOMENTS[column]}_at"])
        said += [(column, str(field.errors[0])) for field in fields if field.errors][:1]
    return said


def _form(kind: type[Kept], said: Mapping[str, Any]) -> Kept:
    return kind(MultiDict(said), meta={"csrf": False})


def _said(cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    return {name: cells.get(column, "") for column, name in columns.items()}


def _word(said: str, words: Mapping[Any, str]) -> str:
    """The word we keep for what people call it; "" for what nobody calls it."""
    called: dict[str, str] = {plain(name): key.value for key, name in words.items()}
    called |= {key.value: key.value for key in words}
    return called.get(plain(" ".join(said.split())), "")


def _day_and_times(cells: Mapping[str, str]) -> dict[str, Any]:
    times = {name.lower(): _clock(cells.get(name, "")) for name in ("Starts", "Ends")}
    return {"day": _boxes(cells.get("Date", "")), **times}


def _clock(said: str) -> str:
    """A spreadsheet program may have put seconds behind it."""
    return SECONDS.sub(r"\1", " ".join(said.split()))


def _boxes(said: str) -> list[str]:
    """Day, month and year as the field's three boxes take them."""
    said = " ".join(said.split())
    if iso := ISO_DAY.fullmatch(said):
        return [iso[3], iso[2], iso[1]]
    if day := DAY.fullmatch(said):
        return list(day.groups())
    return [said, "", ""]


def _moment(said: str) -> tuple[list[str], str]:
    day, _, at = " ".join(said.split()).rpartition(" ")
    if read_time(_clock(at)) is None:
        return _boxes(f"{day} {at}".strip()), ""
    return _boxes(day), _clock(at)


def _times(day: Any, starts: Any, ends: Any) -> Times:
    return (
        datetime.combine(day, starts, LONDON),
        datetime.combine(day, ends, LONDON),
    )
