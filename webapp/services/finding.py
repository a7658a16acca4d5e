"""Which dates speak of something and which have places left: no database can be asked for that."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import load_only

from webapp.db import db
from webapp.formats.search import speaks_of
from webapp.models import AgendaItem, Course, CourseDate
from webapp.services import places

WORDS = (Course.title, Course.short_title, Course.summary, Course.outline, Course.topics)
# What tells whether a date can be booked, and how many places it has.
PLACES = (
    CourseDate.state,
    CourseDate.capacity,
    CourseDate.held_days,
    CourseDate.starts_at,
    CourseDate.ends_at,
    CourseDate.opens_at,
    CourseDate.closes_at,
)


def speaking(text: str, *which: ColumnElement[bool]) -> list[int]:
    """The ids of those of these dates whose course or agenda speaks of it."""
    said: dict[int, list[str]] = defaultdict(list)
    agendas = select(AgendaItem.course_date_id, AgendaItem.title, AgendaItem.speaker)
    for date_id, title, speaker in db.session.execute(
        agendas.join(AgendaItem.course_date).join(CourseDate.course).where(*which)
    ):
        said[date_id] += (title, speaker or "")
    courses = select(CourseDate.id, *WORDS).join(CourseDate.course).where(*which)
    rows = db.session.execute(courses)
    return [row.id for row in rows if speaks_of(text, [*words(row), *said[row.id]])]


def words(course: Any) -> Iterable[str]:
    """What a course says, be it the row or those columns of it."""
    yield from (course.title, course.short_title, course.summary, course.outline, *course.topics)


def with_places(now: datetime, *which: ColumnElement[bool]) -> list[int]:
    """The ids of those of these dates that can be booked and are not full."""
    found = select(CourseDate).join(CourseDate.course).where(*which).options(load_only(*PLACES))
    open_ones = [one for one in db.session.scalars(found) if one.why_not_bookable(now) is None]
    counts = places.places_of(open_ones, now)
    return [date.id for date in open_ones if not counts[date.id].is_full]
