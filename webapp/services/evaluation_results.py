"""What people said of a date or a course, as it may be looked at: without names, and of no date
that fewer than three have answered for, where one would know who said what."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import selectinload

from webapp.db import db
from webapp.models import Booking, Course, CourseDate, Evaluation, Results
from webapp.services.evaluations import came
from webapp.services.paging import Page, page

LEAST = 3


def of_date(date: CourseDate) -> Results:
    return _by_date(CourseDate.id == date.id).get(date.id, Results())


def by_date(course: Course) -> dict[int, Results]:
    """Those of all dates of a course that somebody came to, by the date's id."""
    return _by_date(CourseDate.course_id == course.id)


def dates(course: Course, number: int = 1) -> Page[CourseDate]:
    """A page of the dates of a course that somebody came to, the latest first."""
    somebody = exists().where(Booking.course_date_id == CourseDate.id, came())
    return page(
        select(CourseDate)
        .where(CourseDate.course_id == course.id, somebody)
        .order_by(CourseDate.starts_at.desc(), CourseDate.id.desc())
        .options(selectinload(CourseDate.all_days)),
        number,
    )


def words_of(of: CourseDate | Course, number: int = 1) -> Page[Evaluation]:
    """A page of what people wrote; by its letters, so that nobody sees who was first."""
    said = func.lower(func.coalesce(Evaluation.will_do, Evaluation.comment))
    return page(
        select(Evaluation)
        .join(Evaluation.booking)
        .join(Booking.course_date)
        .where(
            *_those_of(of),
            or_(Evaluation.will_do.is_not(None), Evaluation.comment.is_not(None)),
        )
        .order_by(said, Evaluation.id),
        number,
    )


def every_answer(of: CourseDate | Course) -> Iterator[tuple[Evaluation, CourseDate]]:
    """All of them with their dates, by day and points, so that nobody sees who was first."""
    rows = db.session.execute(
        select(Evaluation, CourseDate)
        .join(Evaluation.booking)
        .join(Booking.course_date)
        .where(*_those_of(of))
        .order_by(
            CourseDate.starts_at,
            CourseDate.id,
            Evaluation.useful,
            Evaluation.confident_before,
            Evaluation.confident_after,
            func.lower(func.coalesce(Evaluation.will_do, Evaluation.comment)),
            Evaluation.id,
        )
    )
    return ((row[0], row[1]) for row in rows)


def _those_of(of: CourseDate | Course) -> tuple[ColumnElement[bool], ...]:
    """Of an evaluation joined with its booking and its date: it may be looked at here."""
    is_of = CourseDate.id == of.id if isinstance(of, CourseDate) else CourseDate.course_id == of.id
    return is_of, came(), CourseDate.id.in_(_with_enough())


def _with_enough() -> Select[int]:
    """The ids of the dates that enough people have answered for."""
    return (
        select(Booking.course_date_id)
        .join(Booking.evaluation)
        .where(came())
        .group_by(Booking.course_date_id)
        .having(func.count() >= LEAST)
    )


def _by_date(which: ColumnElement[bool]) -> dict[int, Results]:
    """In two queries, however many dates there are."""
    points: defaultdict[int, Counter[tuple[int, int, int]]] = defaultdict(Counter)
    given = (Evaluation.useful, Evaluation.confident_before, Evaluation.confident_after)
    for date_id, useful, before, after, number in db.session.execute(
        select(Booking.course_date_id, *given, func.count())
        .join(Booking.course_date)
        .join(Booking.evaluation)
        .where(which, came())
        .group_by(Booking.course_date_id, *given)
    ):
        points[date_id][useful, before, after] = number
    people = db.session.execute(
        select(Booking.course_date_id, func.count())
        .join(Booking.course_date)
        .where(which, came())
        .group_by(Booking.course_date_id)
    ).all()
    return {date_id: _shown(number, points[date_id]) for date_id, number in people}


def _shown(people: int, points: Counter[tuple[int, int, int]]) -> Results:
    answered = points.total()
    return Results(people, answered, points if answered >= LEAST else Counter())
