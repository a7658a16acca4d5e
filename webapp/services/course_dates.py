"""Course dates as organisers meet them: in every state, made, settled, and held back again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.models import (
    AgendaItem,
    Booking,
    Course,
    CourseDate,
    CourseDay,
    DateReading,
    DateState,
    Kind,
    Organiser,
)
from webapp.services import arrangements, places, telling
from webapp.services.arrangements import Arrangements
from webapp.services.paging import Page, page

WITH_ALL = select(CourseDate).options(
    joinedload(CourseDate.course),
    joinedload(CourseDate.venue),
    selectinload(CourseDate.all_days),
    selectinload(CourseDate.readings),
)
# Each page of a date asks this, so it is built once, and a single statement.
ONE = (
    select(CourseDate)
    .where(CourseDate.id == bindparam("id"))
    .options(
        joinedload(CourseDate.course),
        joinedload(CourseDate.venue),
        joinedload(CourseDate.all_days),
        joinedload(CourseDate.readings),
    )
)


def get(date_id: int) -> CourseDate:
    """The date in whatever state, with what its pages show. Raises NotFound."""
    found = db.session.scalars(ONE, {"id": date_id}).unique().one_or_none()
    if found is None:
        raise NotFound("There is no such date.")
    return found


def past(now: datetime, number: int) -> Page[CourseDate]:
    """A page of the dates that are over or cancelled, the last one first."""
    cancelled = CourseDate.state == DateState.CANCELLED
    never = (DateState.HELD_BACK, DateState.DRAFT)
    return page(
        WITH_ALL.where(
            CourseDate.state.not_in(never), or_(CourseDate.ends_at <= now, cancelled)
        ).order_by(CourseDate.starts_at.desc(), CourseDate.id.desc()),
        number,
    )


def drafts(number: int) -> Page[CourseDate]:
    """A page of the dates that are not published so far, soonest first."""
    return page(
        WITH_ALL.where(CourseDate.state == DateState.DRAFT).order_by(
            CourseDate.starts_at, CourseDate.id
        ),
        number,
    )


def how_many_drafts() -> int:
    return db.session.scalar(select(func.count()).where(CourseDate.state == DateState.DRAFT)) or 0


def of_course(course: Course, number: int) -> Page[CourseDate]:
    """A page of the dates of this course: those without a day, then the last one first."""
    return page(
        WITH_ALL.where(CourseDate.course_id == course.id).order_by(
            CourseDate.starts_at.is_not(None), CourseDate.starts_at.desc(), CourseDate.id.desc()
        ),
        number,
    )


def of_courses(ids: Collection[int]) -> dict[int, list[CourseDate]]:
    """Every date of these courses, by the course's id; what is cancelled comes last."""
    found: dict[int, list[CourseDate]] = {}
    rows = db.session.scalars(
        WITH_ALL.where(CourseDate.course_id.in_(ids)).order_by(
            CourseDate.state == DateState.CANCELLED, CourseDate.starts_at, CourseDate.id
        )
    )
    for date in rows:
        found.setdefault(date.course_id, []).append(date)
    return found


def add(
    course: Course, new: Arrangements, *, agenda: Sequence[AgendaItem] = (), now: datetime
) -> CourseDate:
    """Publish a new date of the course. Raises Refused, as changing a date does.

    Those who asked for the course are told by whoever knows all its new dates:
    `telling.of_dates`.
    """
    new = arrangements.of_new_date(new, now=now)
    made = _make(course, new, DateState.PUBLISHED, agenda, now)
    db.session.flush()
    return made


def add_draft(
    course: Course,
    new: Arrangements,
    *,
    agenda: Sequence[AgendaItem] = (),
    trainers: Sequence[Organiser] = (),
    now: datetime,
) -> CourseDate:
    """A new date that only organisers see until it is published. Raises Refused, as `add` does."""
    if course.kind is Kind.E_LEARNING:
        raise Refused("E-learning is taken at any time, so it has no dates.")
    made = _make(course, arrangements.of_new_date(new, now=now), DateState.DRAFT, agenda, now)
    made.trainers = list(trainers)
    db.session.flush()
    return made


def add_held_back(
    course: Course,
    new: Arrangements,
    *,
    announced_as: str,
    readings: Sequence[DateReading],
    agenda: Sequence[AgendaItem] = (),
    now: datetime,
) -> CourseDate:
    """A new date whose day nobody can say so far: it waits to be settled, and cannot be booked."""
    made = _make(course, arrangements.fitting(new), DateState.HELD_BACK, agenda, now)
    made.announced_as, made.readings = announced_as, list(readings)
    db.session.flush()
    return made


def _make(
    course: Course,
    new: Arrangements,
    state: DateState,
    agenda: Sequence[AgendaItem],
    now: datetime,
) -> CourseDate:
    facts = {name: getattr(new, name) for name in arrangements.NAMES if name != "days"}
    made = CourseDate(
        course=course,
        state=state,
        agenda=list(agenda),
        demonstration_values=[],
        created_at=now,
        updated_at=now,
        **facts,
    )
    if new.days:
        made.all_days = [CourseDay(starts_at=starts, ends_at=ends) for starts, ends in new.days]
        made.starts_at, made.ends_at = new.days[0][0], new.days[-1][1]
    db.session.add(made)
    return made


def settle(date: CourseDate, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Publish a held-back date on this day; those who asked for the course are told of it.

    Raises Refused when it ends before it starts or somebody has settled it meanwhile.
    """
    places.hold(date)
    if date.state is not DateState.HELD_BACK:
        raise Refused("This date has been settled already.")
    if ends_at <= starts_at:
        raise Refused("The end must be after the start.")
    # Settled on this very day before and held back since: they have been told of it.
    told = [day.starts_at for day in date.days] == [starts_at]
    date.set_days([(starts_at, ends_at)], now=now)
    if told:
        # Its venue may be another meanwhile, of which nothing was said while it was held back.
        date.revise(now=now)
    date.state = DateState.PUBLISHED
    db.session.flush()
    if not told and not date.has_started(now):
        telling.of_dates(date.course, [date], now=now)


def why_not_held_back(date: CourseDate) -> str | None:
    """Why the settling of this date cannot be undone, in a sentence; None when it can."""
    if date.state is not DateState.PUBLISHED or not date.readings:
        return "Only a date that was held back before can be held back again."
    if _has_bookings(date):
        return "Somebody has booked this date, so it can no longer be held back."
    return None


def hold_back(date: CourseDate, *, now: datetime) -> None:
    """Undo the settling while nobody has booked. Raises Refused.

    Its days stay: diaries that have them learn of the next settling by the same UID.
    """
    places.hold(date)
    if reason := why_not_held_back(date):
        raise Refused(reason)
    date.state = DateState.HELD_BACK
    date.starts_at = date.ends_at = None
    date.touch(now=now)
    db.session.flush()


def _has_bookings(date: CourseDate) -> bool:
    return bool(
        db.session.scalar(select(func.count()).where(Booking.course_date_id == date.id).limit(1))
    )
