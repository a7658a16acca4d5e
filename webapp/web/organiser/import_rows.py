"""Whole tables that come from elsewhere: what their rows would make, and what is wrong with
which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webapp.errors import Refused
from webapp.formats import imported_tables as tables
from webapp.formats import words
from webapp.formats.attendee_list import STATES
from webapp.formats.imported_tables import Column, Row
from webapp.formats.search import plain
from webapp.models import Course, CourseDay, Sector
from webapp.services import agencies, imports, venues
from webapp.services.arrangements import ClosingRefused, MinimumRefused, OpeningRefused
from webapp.services.imports import BookedAlready, Known, KnownDates, NewBooking
from webapp.web.organiser import import_forms as forms

REFUSED_IN = {
    ClosingRefused: "Booking closes",
    OpeningRefused: "Booking opens",
    MinimumRefused: "Minimum",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in which row and column, and what stands there."""

    row: int
    column: str
    sentence: str
    typed: str
    name: str = ""


@dataclass
class Found:
    """`lines` are what the preview shows of each row: its number, and a cell for each of its
    headings; `things` are what the rows make."""

    headings: Sequence[str]
    lines: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    things: list[Any] = field(default_factory=list)

    @property
    def wrong_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    def say(self, row: Row, wrong: Iterable[tuple[str, str]]) -> None:
        for column, sentence in wrong:
            typed, name = row.cells.get(column, ""), row.cells.get("Name", "")
            self.problems.append(Problem(row.number, column, sentence.rstrip("."), typed, name))

    def doubt(self, row: Row, sentences: Iterable[str]) -> None:
        name = row.cells.get("Name", "")
        self.doubts += [Problem(row.number, "", sentence, "", name) for sentence in sentences]

    def take(self, row: Row, thing: object, *shown: str) -> None:
        self.lines.append((row.number, shown))
        self.things.append(thing)


@dataclass(frozen=True)
class Import:
    """A kind of table: its columns, what one row of it is called, and the box to tick before it is
    made."""

    columns: Sequence[Column]
    thing: str
    tick: str
    read: Callable[[Sequence[Row], datetime], Found]


def read_courses(rows: Sequence[Row], now: datetime) -> Found:
    found, known, sectors = Found(("Title", "Kind")), Known(), agencies.sectors()
    seen: set[str] = set()
    for row in rows:
        form = forms.course_row(row.cells, sectors)
        wrong = forms.wrong(form, forms.COURSE)
        title = form.title.data or ""
        if known.has(title) or plain(title) in seen:
            wrong.append(("Title", "There is a course of this title already"))
        found.say(row, wrong)
        seen |= {plain(title)} if title else set()
        if not wrong:
            about = form.about()
            found.take(row, about, about.title, words.KINDS[about.kind])
    return found


def read_dates(rows: Sequence[Row], now: datetime) -> Found:
    found, places = Found(("Course", "When", "Where", "Places")), venues.everywhere()
    named = _courses(rows, found)
    known = KnownDates(named.values(), now)
    for row in rows:
        form = forms.date_row(row.cells, places)
        wrong = forms.wrong(form, forms.DATE)
        further = forms.further_days(row.cells.get(forms.FURTHER, ""))
        if further is None:
            wrong.append((forms.FURTHER, forms.NOT_DAYS))
        found.say(row, wrong)
        if wrong or further is None or row.number not in named:
            continue
        try:
            new = known.take_date(named[row.number], form.made(further, now), now)
        except Refused as refusal:
            found.say(row, [(REFUSED_IN.get(type(refusal), "Date"), str(refusal))])
            continue
        held = new.arrangements
        spans = [CourseDay(starts_at=starts, ends_at=ends) for starts, ends in held.days]
        where = held.venue.name if held.venue else held.platform or words.FORMATS[held.format]
        found.take(row, new, new.course.title, words.all_days(spans), where, _many(held.capacity))
    return found


def read_bookings(rows: Sequence[Row], now: datetime) -> Found:
    found = Found(("Who", "Agency", "Course", "Date", "Will be"))
    sectors, choices = agencies.sectors(), agencies.choices()
    named = _courses(rows, found)
    known = KnownDates(named.values(), now)
    agency_of = agencies_of(rows, sectors, found)
    for row, agency in zip(rows, agency_of, strict=True):
        form = forms.booking_row(row.cells, agency, choices)
        wrong = forms.wrong(form, forms.BOOKING)
        # What is wrong with the agency was said with the name that nobody knows.
        found.say(row, [(column, said) for column, said in wrong if agency or column != "Agency"])
        day = form.day.data
        if wrong or day is None or row.number not in named:
            continue
        try:
            date = known.date(named[row.number], day, form.starts.data, now)
            new = NewBooking(date, form.email.data, form.details())
            state = known.take_booking(new)
        except Refused as refusal:
            where = "Email" if isinstance(refusal, BookedAlready) else "Date"
            found.say(row, [(where, str(refusal))])
            continue
        works_at = new.details.organisation or new.details.agency.name
        who = f"{new.details.name}, {new.email}"
        shown = (who, works_at, date.course.title, words.when(date), STATES[state])
        found.take(row, new, *shown)
    return found


IMPORTS: Mapping[str, Import] = {
    "courses": Import(tables.COURSES, "course", "Publish them at once", read_courses),
    "dates": Import(
        tables.DATES,
        "date",
        "Publish them at once. Whoever registered interest in a course is written to",
        read_dates,
    ),
    "bookings": Import(
        tables.BOOKINGS,
        "booking",
        "Write to everybody that they have been booked, with the calendar invitation",
        read_bookings,
    ),
}


def _courses(rows: Sequence[Row], found: Found) -> dict[int, Course]:
    """The course each row names, by the row's number; of the others it is said."""
    known, named = Known(), dict[int, Course]()
    for row in rows:
        try:
            named[row.number] = known.course(row.cells.get("Course", ""))
        except Refused as refusal:
            found.say(row, [("Course", str(refusal))])
    return named


def agencies_of(
    rows: Sequence[Row], sectors: Sequence[Sector], found: Found
) -> Sequence[int | None]:
    """The id of the agency of each row: the one it names, else the one its address suggests."""
    known = imports.agencies_by_name(sectors)
    emails = [row.cells.get("Email", "").lower() for row in rows]
    suggested = agencies.suggested_for(emails)
    ids: list[int | None] = []
    for row, email in zip(rows, emails, strict=True):
        name = " ".join(row.cells.get("Agency", "").split())
        fitting = known.get(plain(name), set())
        if not name and email in suggested:
            fitting = {suggested[email].id}
        ids.append(next(iter(fitting)) if len(fitting) == 1 else None)
        if ids[-1] is None and (name or "@" in email):
            found.say(row, [("Agency", _which(name, len(fitting)))])
    return ids


def _which(name: str, fitting: int) -> str:
    if not name:
        return "Say where they work: the email address does not tell"
    if fitting:
        return "Several sectors have an agency of this name. Write the sector and a colon before it"
    return "The list has no agency of this name"


def _many(capacity: int | None) -> str:
    return "No limit" if capacity is None else str(capacity)
