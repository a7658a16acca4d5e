"""Courses as organisers meet them, published or not; and new ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.exc import IntegrityError

from webapp.db import db, fetch, lock
from webapp.errors import Refused
from webapp.formats.search import plain
from webapp.models import Booking, BookingState, Course, CourseDate, DateState, Kind, Sector
from webapp.services.paging import Page, page

# Of the name in an address.
LONGEST_SLUG = 60


@dataclass(frozen=True, kw_only=True)
class About:
    """What a course says of itself."""

    kind: Kind
    title: str
    # What the subject line of a mail has room for.
    short_title: str
    summary: str
    outline: str
    audience: str
    cost: str | None = None
    # For so many working days a line manager may object; 0 is not at all.
    objection_days: int = 0
    # E-learning only: where it is.
    link: str | None = None
    announced_on: date | None = None
    level: str | None = None
    outcomes: Sequence[str] = ()
    topics: Sequence[str] = ()
    # None: for everybody.
    sectors: Sequence[Sector] = ()
    # Who registered interest is told of a date in turn, and not all at once.
    tells_in_order: bool = False


@dataclass(frozen=True)
class DateCounts:
    """How many dates of a course are still to come, and how many are drafts."""

    coming: int = 0
    drafts: int = 0


def get(course_id: int) -> Course:
    """Raises NotFound."""
    return fetch(Course, course_id)


def published() -> Sequence[Course]:
    """Every course that people may see, by title."""
    return db.session.scalars(
        select(Course).where(Course.is_published).order_by(Course.title, Course.id)
    ).all()


def everything(text: str | None, number: int) -> Page[Course]:
    """A page of all courses, published or not, by title. `text` is part of a title."""
    query = select(Course).order_by(Course.title, Course.id)
    if text is not None:
        query = query.where(
            or_(
                Course.title.icontains(text, autoescape=True),
                Course.short_title.icontains(text, autoescape=True),
            )
        )
    return page(query, number)


def date_counts(courses: Sequence[Course], now: datetime) -> dict[int, DateCounts]:
    """The counts of these courses, by id, in one query."""
    is_coming = (CourseDate.state == DateState.PUBLISHED) & (CourseDate.ends_at > now)
    rows = db.session.execute(
        select(
            CourseDate.course_id,
            func.count(case((is_coming, 1))),
            func.count(case((CourseDate.state == DateState.DRAFT, 1))),
        )
        .where(CourseDate.course_id.in_([course.id for course in courses]))
        .group_by(CourseDate.course_id)
    )
    return {course.id: DateCounts() for course in courses} | {
        course_id: DateCounts(coming, drafts) for course_id, coming, drafts in rows
    }


def hold(course: Course) -> None:
    """Make whoever else would add dates to it wait."""
    lock(Course.title, Course.id == course.id)


def add(about: About, *, published: bool = True, now: datetime) -> Course:
    """A new course, still without dates."""
    made = Course(
        **_facts(about),
        slug=_free_slug(about.title),
        is_published=published,
        demonstration_values=[],
        created_at=now,
        updated_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        # Two made it at once: the later one gets the next name.
        return add(about, published=published, now=now)
    return made


def change(course: Course, about: About, *, now: datetime) -> None:
    """What it says of itself is this from now on; its address stays, since people have it.

    Raises Refused when it has dates and would be e-learning.
    """
    if about.kind is Kind.E_LEARNING and db.session.scalar(
        select(CourseDate.id).where(CourseDate.course_id == course.id).limit(1)
    ):
        raise Refused("This course has dates, so it cannot be e-learning.")
    for name, value in _facts(about).items():
        setattr(course, name, value)
    # Shown to somebody and saved: from now on it is the organisers' word.
    course.demonstration_values = []
    course.updated_at = now


def publish(course: Course, *, now: datetime) -> None:
    """Visitors see it; a second time does nothing."""
    if not course.is_published:
        course.is_published, course.updated_at = True, now


def why_not_withdrawn(course: Course, now: datetime) -> str | None:
    """One sentence saying why visitors have to go on seeing this course; None when it can go."""
    if not course.is_published:
        return "This course is not published."
    to_come = or_(CourseDate.ends_at.is_(None), CourseDate.ends_at > now)
    booked = db.session.scalar(
        select(func.count())
        .select_from(Booking)
        .join(Booking.course_date)
        .where(CourseDate.course_id == course.id, to_come, Booking.state != BookingState.CANCELLED)
    )
    if booked:
        return "People have booked a date of it that is still to come. Cancel that date first."
    return None


def withdraw(course: Course, *, now: datetime) -> None:
    """Visitors see neither it nor its dates any more. Raises Refused."""
    # Nobody books one of its dates meanwhile. They are held as everywhere, in the order of ids, so
    # that whoever merges two of them does not hold one and wait for the other.
    mine = select(CourseDate.id).where(CourseDate.course_id == course.id)
    for key in db.session.scalars(mine.order_by(CourseDate.id)).all():
        lock(CourseDate.capacity, CourseDate.id == key)
    if reason := why_not_withdrawn(course, now):
        raise Refused(reason)
    course.is_published, course.updated_at = False, now


def _facts(about: About) -> dict[str, Any]:
    facts = {field.name: getattr(about, field.name) for field in fields(about)}
    return facts | {name: list(facts[name]) for name in ("outcomes", "topics", "sectors")}


def _free_slug(title: str) -> str:
    name = _slug(title)
    taken = set(db.session.scalars(select(Course.slug).where(Course.slug.startswith(name))))
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(slug for slug in names if slug not in taken)


def _slug(title: str) -> str:
    """ "harmful-sexual-behaviour": whole words, as many as there is room for."""
    words = re.findall(r"[a-z0-9]+", plain(title).replace("'", "").replace("\u2019", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or "course"
