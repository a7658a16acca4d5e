"""Loading the written programme: what the database does not have yet is added, by its key. A
row that is there is never touched: loading again loses nothing that an organiser settled.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, select

from webapp.db import Base, db
from webapp.errors import Refused
from webapp.formats import seeds
from webapp.formats.seeds import Entry
from webapp.models import (
    Agency,
    AgendaItem,
    BookingTerms,
    Course,
    CourseDate,
    CourseDay,
    DateReading,
    DateState,
    EmailDomain,
    Format,
    LadderStep,
    Partnership,
    Sector,
    Venue,
)
from webapp.services import agency_lists
from webapp.services.seed_rows import Row, row_of


@dataclass
class Loaded:
    """What came of it: counts by table, and the news that is no training with the reasons."""

    added: Counter[type[Base]] = field(default_factory=Counter)
    kept: Counter[type[Base]] = field(default_factory=Counter)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def ensure(self, row: Row, *key: ColumnElement[bool]) -> Row:
        """The row with this key: the one that is there as it is, else this one, added."""
        there = db.session.scalar(select(type(row)).where(*key))
        if there is not None:
            self.kept[type(row)] += 1
            return there
        self.added[type(row)] += 1
        db.session.add(row)
        db.session.flush()
        return row


def load(folder: Path, *, now: datetime) -> Loaded:
    """Add what the files in `folder` name and the database does not have.

    Raises Refused, naming file and entry; the caller then commits nothing.
    """
    files = {file.name: _read(file) for file in folder.glob("*.toml")}
    if not files:
        raise Refused(f"There are no seeds in {folder}.")
    if unknown := files.keys() - LOADERS.keys():
        raise Refused(f"{min(unknown)}: seeds are called {', '.join(LOADERS)}.")
    loaded = Loaded()
    for name, add_missing in LOADERS.items():
        if name in files:
            add_missing(files[name], loaded, now)
    return loaded


def _read(file: Path) -> Entry:
    try:
        return seeds.read(file.name, file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file.name} cannot be read: {error}.") from None


def _partnership(file: Entry, loaded: Loaded, now: datetime) -> None:
    steps = file.take_entries("ladder", one="step", key="step")
    ladder = [row_of(step, LadderStep, since=now) for step in steps]
    told = now if file.take_answer("tells_managers") else None
    loaded.ensure(
        row_of(file, Partnership, updated_at=now, ladder=ladder, managers_told_since=told)
    )


def _terms(file: Entry, loaded: Loaded, now: datetime) -> None:
    for entry in file.take_entries("terms", one="version", key="version"):
        row = row_of(entry, BookingTerms, published_at=now)
        loaded.ensure(row, BookingTerms.version == row.version)
    file.expect_no_more()


def _venues(file: Entry, loaded: Loaded, now: datetime) -> None:
    for entry in file.take_entries("venues", one="venue", key="name"):
        row = row_of(entry, Venue, updated_at=now)
        loaded.ensure(row, Venue.name == row.name)
    file.expect_no_more()


def _sectors(file: Entry, loaded: Loaded, now: datetime) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(file.take_entries("sectors", one="sector", key="slug"), 1):
        agencies = entry.take_entries("agencies", one="agency", key="name")
        entry.facts.setdefault("position", number)
        row = row_of(entry, Sector)
        sector = loaded.ensure(row, Sector.slug == row.slug)
        for place, agency in enumerate(agencies, 1):
            agency.facts.setdefault("position", place)
            _agency(agency, sector, loaded, seen)
    file.expect_no_more()


def _agency(entry: Entry, sector: Sector, loaded: Loaded, seen: set[str]) -> None:
    domains = [domain.lower() for domain in entry.take_texts("domains")]
    row = row_of(entry, Agency, sector_id=sector.id)
    known = agency_lists.known_as(row.name, sector)
    agency = loaded.ensure(row, Agency.id == (known.id if known else None))
    for domain in domains:
        if domain in seen:
            raise entry.mistake(f"the domain {domain} belongs to another agency already.")
        seen.add(domain)
        loaded.ensure(EmailDomain(agency_id=agency.id, domain=domain), EmailDomain.domain == domain)


def _courses(file: Entry, loaded: Loaded, now: datetime) -> None:
    for entry in file.take_entries("courses", one="course", key="slug"):
        dates = entry.take_entries("dates", one="date", key="key")
        sectors = [_sector(entry, slug) for slug in entry.take_texts("sectors")]
        entry.facts.setdefault("is_published", True)
        row = row_of(entry, Course, sectors=sectors, created_at=now, updated_at=now)
        course = loaded.ensure(row, Course.slug == row.slug)
        for date in dates:
            _date(date, course, loaded, now)
    for entry in file.take_entries("left_out", one="news", key="title"):
        loaded.left_out.append((entry.take("title"), entry.take("reason")))
        entry.expect_no_more()
    file.expect_no_more()


def _sector(entry: Entry, slug: str) -> Sector:
    sector = db.session.scalar(select(Sector).where(Sector.slug == slug))
    if sector is None:
        raise entry.mistake(f"there is no sector {slug!r}.")
    return sector


def _date(entry: Entry, course: Course, loaded: Loaded, now: datetime) -> None:
    key = entry.take("key")
    days = sorted(entry.day(text) for text in entry.take_texts("days"))
    readings = [_reading(e) for e in entry.take_entries("readings", one="reading", key="day")]
    if bool(days) == bool(readings):
        raise entry.mistake("give its days or, where they are in conflict, its readings.")
    row = row_of(
        entry,
        CourseDate,
        course_id=course.id,
        seed_key=key,
        state=DateState.HELD_BACK if readings else DateState.PUBLISHED,
        venue_id=_venue_id(entry),
        starts_at=days[0][0] if days else None,
        ends_at=days[-1][1] if days else None,
        opens_at=_moment(entry, "opens_at"),
        closes_at=_moment(entry, "closes_at"),
        all_days=[CourseDay(starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in days],
        readings=readings,
        agenda=_agenda(entry),
        created_at=now,
        updated_at=now,
    )
    if row.format is Format.FACE_TO_FACE and row.venue_id is None:
        raise entry.mistake("venue is missing.")
    if row.format is Format.ONLINE and row.platform is None:
        raise entry.mistake("platform is missing.")
    if loaded.ensure(row, CourseDate.seed_key == key).course_id != course.id:
        raise entry.mistake("another course has a date with this key.")


def _reading(entry: Entry) -> DateReading:
    starts_at, ends_at = entry.day(entry.take("day"))
    return row_of(entry, DateReading, starts_at=starts_at, ends_at=ends_at)


def _agenda(entry: Entry) -> list[AgendaItem]:
    lines = entry.take_entries("agenda", one="agenda line", key="title", unique=False)
    return [
        row_of(line, AgendaItem, position=number, starts=line.clock_time(line.take("starts")))
        for number, line in enumerate(lines, 1)
    ]


def _venue_id(entry: Entry) -> int | None:
    if "venue" not in entry.facts:
        return None
    name = entry.take("venue")
    found = db.session.scalar(select(Venue.id).where(Venue.name == name))
    if found is None:
        raise entry.mistake(f"there is no venue {name!r}.")
    return found


def _moment(entry: Entry, name: str) -> datetime | None:
    return entry.moment(entry.take(name)) if name in entry.facts else None


LOADERS = {
    "partnership.toml": _partnership,
    "terms.toml": _terms,
    "sectors.toml": _sectors,
    "venues.toml": _venues,
    "courses.toml": _courses,
}
