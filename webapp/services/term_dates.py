"""The dates of a term as organisers look at them together, those over and those to come."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.formats.school_terms import SchoolTerm
from webapp.models import CourseDate, DateState
from webapp.services.paging import SIZE, Page, page

PUBLISHED = CourseDate.state == DateState.PUBLISHED


def of_next_date(now: datetime) -> SchoolTerm:
    """The term in which the next date is that people can still come to; else the one it is now."""
    starts_at = db.session.scalar(
        select(func.min(CourseDate.starts_at)).where(PUBLISHED, CourseDate.ends_at > now)
    )
    return SchoolTerm.of(starts_at or now)


def of_term(term: SchoolTerm, number: int | None, now: datetime) -> Page[CourseDate]:
    """A page of its dates in their order; without a number, the one with the first to come."""
    inside = (
        PUBLISHED,
        CourseDate.starts_at >= term.starts_at,
        CourseDate.starts_at < term.ends_at,
    )
    if number is None:
        over = db.session.scalar(select(func.count()).where(*inside, CourseDate.ends_at <= now))
        number = (over or 0) // SIZE + 1
    return page(
        select(CourseDate)
        .where(*inside)
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        ),
        number,
    )
