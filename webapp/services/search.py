"""Looking across everything: who booked, dates and courses in whatever state, who is interested."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, String, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from webapp.clock import london
from webapp.db import db
from webapp.formats import words
from webapp.formats.search import holds, plain, speaks_of
from webapp.models import (
    Booking,
    Course,
    CourseDate,
    CourseDay,
    Interest,
    Practitioner,
    Venue,
)
from webapp.services.attendee_lists import WORDS
from webapp.services.paging import Page, part, quickly


class What(StrEnum):
    PEOPLE = "people"
    DATES = "dates"
    COURSES = "courses"
    # Who wants to be told of a date.
    INTERESTED = "interested"


# As the database has it: to say who was later, no moment need be made of it for everybody.
WHEN_BOOKED = type_coerce(Booking.booked_at, String()).label("booked_at")


@dataclass(frozen=True)
class Results:
    """How many of each were found, and one page of those to show."""

    counts: dict[What, int]
    what: What
    page: Page[Any]


def everything(text: str, what: What | None, number: int = 1) -> Results:
    """What speaks of `text`; without a wish, the first kind of which anything was found.

    Looked through here, as in the attendee list: databases differ on case and accents.
    """
    ids = {kind: find(text) for kind, (find, _) in KINDS.items()}
    shown = what or next((kind for kind in What if ids[kind]), What.PEOPLE)
    _, fetch = KINDS[shown]
    counts = {kind: len(found) for kind, found in ids.items()}
    return Results(counts, shown, part(ids[shown], number, fetch))


def _people(text: str) -> list[int]:
    """Bookings, by the person's name; of one person the latest first."""
    wanted = plain(text).split()
    rows = quickly(
        select(Booking.id, WHEN_BOOKED, Booking.sort_name, Practitioner.email, WORDS)
        .join(Booking.practitioner)
        .join(Booking.agency)
    )
    found = [row for row in rows if holds(wanted, row[-1])]
    found.sort(key=lambda row: (row.booked_at, row.id), reverse=True)
    return [row.id for row in sorted(found, key=lambda row: (row.sort_name, row.email))]


def _dates(text: str) -> list[int]:
    """Dates by title, place and every day in words and figures; those without a day come first,
    then the latest."""
    days: dict[int, list[str]] = {}
    for date_id, starts_at in db.session.execute(
        select(CourseDay.course_date_id, CourseDay.starts_at).where(CourseDay.dropped_at.is_(None))
    ):
        local = london(starts_at)
        days.setdefault(date_id, []).append(f"{words.day(starts_at)} {local:%d/%m/%Y %Y-%m-%d}")
    rows = db.session.execute(
        select(
            CourseDate.id,
            Course.title,
            Course.short_title,
            Venue.name,
            CourseDate.room,
            CourseDate.platform,
            CourseDate.announced_as,
        )
        .join(CourseDate.course)
        .outerjoin(CourseDate.venue)
        .order_by(
            CourseDate.starts_at.is_not(None), CourseDate.starts_at.desc(), CourseDate.id.desc()
        )
    )
    return [row.id for row in _speaking(text, rows, also=lambda key: days.get(key, []))]


def _courses(text: str) -> list[int]:
    rows = db.session.execute(
        select(Course.id, Course.title, Course.short_title, Course.summary, Course.topics)
    )
    found = [row for row in rows if speaks_of(text, [*row[1:-1], *row.topics])]
    return [row.id for row in sorted(found, key=lambda row: plain(row.title))]


def _interested(text: str) -> list[int]:
    rows = db.session.execute(
        select(Interest.id, Interest.name, Interest.email)
        .where(Interest.withdrawn_at.is_(None))
        .order_by(Interest.id)
    )
    found = _speaking(text, rows)
    return [row.id for row in sorted(found, key=lambda row: (plain(row.name), row.email))]


def _speaking(
    text: str, rows: Any, also: Callable[[int], Sequence[str]] = lambda key: ()
) -> list[Row[Any]]:
    """Those whose words, and what there is `also` of them by their id, speak of the text."""
    return [
        row for row in rows if speaks_of(text, [*(said for said in row[1:] if said), *also(row[0])])
    ]


def _bookings_of(ids: Sequence[int]) -> Sequence[Booking]:
    dates = joinedload(Booking.course_date)
    return _in_order(
        ids,
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.agency),
            dates.joinedload(CourseDate.course),
        ),
    )


def _dates_of(ids: Sequence[int]) -> Sequence[CourseDate]:
    return _in_order(
        ids,
        select(CourseDate)
        .where(CourseDate.id.in_(ids))
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        ),
    )


def _courses_of(ids: Sequence[int]) -> Sequence[Course]:
    return _in_order(ids, select(Course).where(Course.id.in_(ids)))


def _interests_of(ids: Sequence[int]) -> Sequence[Interest]:
    wanted = select(Interest).where(Interest.id.in_(ids))
    return _in_order(ids, wanted.options(joinedload(Interest.course)))


def _in_order(ids: Sequence[int], query: Any) -> Sequence[Any]:
    rows = {row.id: row for row in db.session.scalars(query)}
    return [rows[key] for key in ids]


KINDS: dict[What, tuple[Callable[[str], list[int]], Callable[[Sequence[int]], Sequence[Any]]]] = {
    What.PEOPLE: (_people, _bookings_of),
    What.DATES: (_dates, _dates_of),
    What.COURSES: (_courses, _courses_of),
    What.INTERESTED: (_interested, _interests_of),
}
