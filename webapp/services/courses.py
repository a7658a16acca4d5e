"""Courses as organisers meet them, published or not."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from webapp.db import db, fetch
from webapp.models import Course


def get(course_id: int) -> Course:
    """Raises NotFound."""
    return fetch(Course, course_id)


def of_ids(ids: Collection[int]) -> Sequence[Course]:
    """These courses, by title."""
    return db.session.scalars(
        select(Course).where(Course.id.in_(ids)).order_by(Course.title, Course.id)
    ).all()
