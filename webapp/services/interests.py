"""Who wants to be told when a course has dates. When and in which order they are: `telling`."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from webapp.db import db
from webapp.errors import Refused
from webapp.models import Course, Interest, Kind
from webapp.services import links, outbox
from webapp.services.paging import Few, Page, page

MOST_WANTED = 10


def register(
    course: Course, *, name: str, email: str, submission: str | None = None, now: datetime
) -> None:
    """Note the wish and confirm it by mail; if it was noted before, only the mail goes again."""
    if course.kind is Kind.E_LEARNING:
        raise Refused("This course can be taken at any time, so there are no dates to wait for.")
    email = email.strip().lower()
    interest = _live(course, email) or _make(course, name, email, now)
    _tell("interest_registered", interest, now, submission)


def withdraw(interest: Interest, *, now: datetime) -> None:
    """The person no longer wants to be told, and is forgotten; a second time does nothing."""
    if interest.withdrawn_at is None:
        interest.withdrawn_at = now
        _tell("interest_withdrawn", interest, now)
        interest.name = interest.email = ""


def counts() -> dict[int, int]:
    """How many people wait to hear of dates, by course id; courses without anybody are left out."""
    rows = db.session.execute(
        select(Interest.course_id, func.count())
        .where(Interest.withdrawn_at.is_(None))
        .group_by(Interest.course_id)
    )
    return {row[0]: row[1] for row in rows}


def most_wanted() -> Few[tuple[Course, int]]:
    """The courses that most people wait for with how many they are, of all that somebody does."""
    count = func.count()
    rows = db.session.execute(
        select(Course, count, func.count().over())
        .join(Interest, Interest.course_id == Course.id)
        .where(Interest.withdrawn_at.is_(None))
        .group_by(Course.id)
        .order_by(count.desc(), Course.title, Course.id)
        .limit(MOST_WANTED)
    ).all()
    return Few([(course, people) for course, people, _ in rows], rows[0][2] if rows else 0)


def some_of_course(course: Course, number: int) -> Page[Interest]:
    """A page of the people to tell, the first to ask first."""
    return page(of_course(course), number)


def of_course(course: Course) -> Select[Interest]:
    return (
        select(Interest)
        .where(Interest.course_id == course.id, Interest.withdrawn_at.is_(None))
        .order_by(Interest.registered_at, Interest.id)
    )


def _live(course: Course, email: str) -> Interest | None:
    return db.session.scalar(
        select(Interest).where(
            Interest.course_id == course.id,
            Interest.email == email,
            Interest.withdrawn_at.is_(None),
        )
    )


def _make(course: Course, name: str, email: str, now: datetime) -> Interest:
    """A new row; when two make it at once, the later one gets the earlier's."""
    made = Interest(
        course_id=course.id, name=name, email=email, registered_at=now, link_generation=0
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        theirs = _live(course, email)
        assert theirs is not None
        return theirs
    return made


def _tell(kind: str, interest: Interest, now: datetime, submission: str | None = None) -> None:
    outbox.queue(
        kind,
        to=interest.email,
        now=now,
        submission=submission,
        course=interest.course,
        token=links.interest_token(interest),
    )
