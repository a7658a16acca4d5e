"""Who wants to be told when a course has dates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from webapp.db import db
from webapp.errors import Refused
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    Interest,
    Kind,
    Practitioner,
)
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


def tell_of(course: Course, dates: Sequence[CourseDate], *, now: datetime) -> int:
    """Write to everybody who asked for dates of this course that here they are, all in one mail.

    Nobody is told of a date they have a booking for, or were told of before. How many are written
    to.
    """
    every = [date.id for date in dates]
    rows = db.session.execute(
        select(Practitioner.email, Booking.course_date_id)
        .join(Practitioner.bookings)
        .where(Booking.course_date_id.in_(every), Booking.state != BookingState.CANCELLED)
    )
    booked = {(row[0], row[1]) for row in rows}
    told = 0
    for interest in of_course(course):
        new = [
            date
            for date in dates
            if (interest.email, date.id) not in booked and not _was_told(interest, date)
        ]
        if new:
            told += 1
            outbox.queue(
                "new_date",
                to=interest.email,
                now=now,
                course=course,
                dates=new,
                token=links.interest_token(interest),
            )
    for date in dates:
        date.interested_told_at = now
    return told


def _was_told(interest: Interest, date: CourseDate) -> bool:
    told_at = date.interested_told_at
    return told_at is not None and interest.registered_at <= told_at


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
    return page(_of_course(course), number)


def of_course(course: Course, since: datetime | None = None) -> Sequence[Interest]:
    """All of them; or those who asked after `since`."""
    wanted = _of_course(course)
    if since is not None:
        wanted = wanted.where(Interest.registered_at > since)
    return db.session.scalars(wanted).all()


def _of_course(course: Course) -> Select[Interest]:
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
