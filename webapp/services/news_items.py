"""What there is to announce of a course: the dates that can be booked, and how many cannot yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.models import Course, CourseDate, DateState

UNDECIDED = (DateState.HELD_BACK, DateState.POSTPONED)


def dates_of(course: Course, now: datetime) -> Sequence[CourseDate]:
    """Its dates to come whose booking has not closed, the soonest first, with all they say."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.course_id == course.id,
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.starts_at > now,
            or_(CourseDate.closes_at.is_(None), CourseDate.closes_at > now),
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
            selectinload(CourseDate.agenda),
        )
    ).all()


def undecided(course: Course) -> int:
    """How many of its dates wait for an organiser to say the day."""
    found = select(func.count()).where(
        CourseDate.course_id == course.id, CourseDate.state.in_(UNDECIDED)
    )
    return db.session.scalar(found) or 0
