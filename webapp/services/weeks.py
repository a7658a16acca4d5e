"""Weeks of short sessions: made and changed by organisers, and which dates belong to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from webapp.db import db, fetch
from webapp.errors import NotFound
from webapp.formats import plain_text
from webapp.models import Booking, BookingState, Course, CourseDate, DateState, Week
from webapp.services import programme
from webapp.services.programme import Filters

NO_WEEK = "There is no such Week."


@dataclass(frozen=True)
class About:
    """What a Week says of itself."""

    title: str
    about: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Figures:
    """How a Week is booked: different people, their places, and waits for one."""

    people: int = 0
    places: int = 0
    waiting: int = 0


def get(week_id: int) -> Week:
    """Raises NotFound."""
    return fetch(Week, week_id)


def published(slug: str) -> Week:
    """Raises NotFound."""
    week = db.session.scalar(select(Week).where(Week.slug == slug, Week.is_published))
    if week is None:
        raise NotFound(NO_WEEK)
    return week


def everything() -> Sequence[Week]:
    """All Weeks, published or not, the latest first."""
    return db.session.scalars(select(Week).order_by(Week.starts_at.desc(), Week.id.desc())).all()


def coming(now: datetime) -> Sequence[Week]:
    """The published Weeks that are not over, soonest first."""
    return db.session.scalars(
        select(Week).where(Week.is_published, Week.ends_at > now).order_by(Week.starts_at, Week.id)
    ).all()


def dates_in(week: Week) -> Sequence[CourseDate]:
    """All dates that begin in its days, drafts and those left out among them, soonest first."""
    return db.session.scalars(
        select(CourseDate)
        .where(CourseDate.starts_at >= week.starts_at, CourseDate.starts_at < week.ends_at)
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        )
    ).all()


def chosen(week: Week, ids: Collection[int]) -> Sequence[CourseDate]:
    """Those of these dates that belong to it and that the public may see, soonest first."""
    return db.session.scalars(
        select(CourseDate)
        .join(CourseDate.course)
        .where(
            *programme.wanted(Filters(week=week.slug)),
            CourseDate.id.in_(ids),
            CourseDate.state != DateState.DRAFT,
        )
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            contains_eager(CourseDate.course).selectinload(Course.sectors),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        )
    ).all()


def figures(dates: Sequence[CourseDate]) -> Figures:
    """Of these dates, in one query."""
    places = Booking.state.in_([BookingState.CONFIRMED, BookingState.OFFERED])
    counts = select(
        func.count(Booking.practitioner_id.distinct()),
        func.count().filter(places),
        func.count().filter(Booking.state == BookingState.WAITING),
    ).where(
        Booking.course_date_id.in_([date.id for date in dates]),
        Booking.state != BookingState.CANCELLED,
    )
    return Figures(*db.session.execute(counts).one())


def add(about: About, *, now: datetime) -> Week:
    """A new Week, which visitors do not see before it is published."""
    made = Week(slug=_free_slug(about.title), is_published=False, created_at=now, left_out=[])
    _write(made, about, now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        # Two made it at once: the later one gets the next name.
        return add(about, now=now)
    return made


def change(week: Week, about: About, left_out: Sequence[CourseDate], *, now: datetime) -> None:
    """It is this from now on; its address stays, since people have it."""
    _write(week, about, now)
    week.left_out = list(left_out)


def publish(week: Week, now: datetime) -> None:
    """Visitors see it; a second time does nothing."""
    if not week.is_published:
        week.is_published, week.updated_at = True, now


def withdraw(week: Week, now: datetime) -> None:
    """Visitors see its page no more; its dates stay in the programme, and bookings as they are."""
    if week.is_published:
        week.is_published, week.updated_at = False, now


def _write(week: Week, about: About, now: datetime) -> None:
    week.title, week.about, week.updated_at = about.title, about.about, now
    week.set_days(about.first_day, about.last_day)


def _free_slug(title: str) -> str:
    name = plain_text.slug(title) or "week"
    taken = set(db.session.scalars(select(Week.slug).where(Week.slug.startswith(name))))
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(slug for slug in names if slug not in taken)
