"""Courses as organisers meet them, published or not; and new ones."""

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from webapp.db import db, fetch, lock
from webapp.formats.search import plain
from webapp.models import Course, Kind

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
    # E-learning only: where it is.
    link: str | None = None
    announced_on: date | None = None


def get(course_id: int) -> Course:
    """Raises NotFound."""
    return fetch(Course, course_id)


def of_ids(ids: Collection[int]) -> Sequence[Course]:
    """These courses, by title."""
    return db.session.scalars(
        select(Course).where(Course.id.in_(ids)).order_by(Course.title, Course.id)
    ).all()


def published() -> Sequence[Course]:
    """Every course that people may see, by title."""
    return db.session.scalars(
        select(Course).where(Course.is_published).order_by(Course.title, Course.id)
    ).all()


def hold(course: Course) -> None:
    """Make whoever else would add dates to it wait."""
    lock(Course.title, Course.id == course.id)


def add(about: About, *, now: datetime) -> Course:
    """A new course, published, still without dates."""
    made = Course(
        **asdict(about),
        slug=_free_slug(about.title),
        outcomes=[],
        topics=[],
        is_published=True,
        demonstration_values=[],
        created_at=now,
        updated_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return add(about, now=now)  # two made it at once: the later one gets the next name
    return made


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
