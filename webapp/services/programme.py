"""What the public may see of courses and their dates, found by what people look for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, selectinload

from webapp.db import db
from webapp.errors import NotFound
from webapp.formats.months import Month
from webapp.formats.search import speaks_of
from webapp.formats.words import Span
from webapp.models import AgendaItem, Course, CourseDate, DateState, Format, Kind, Sector
from webapp.services import places, windows

# The page of past dates goes back this many.
PAST_ROWS = 100
# There is to be such a date, and nobody has said on which day.
UNDECIDED = (DateState.HELD_BACK, DateState.POSTPONED)


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; an empty one takes everything."""

    kind: Kind | None = None
    format: Format | None = None
    # The slug of a sector.
    audience: str | None = None
    # "2025-05"
    month: str | None = None
    # The slug of a Week.
    week: str | None = None
    text: str | None = None
    with_places: bool = False


EVERYTHING = Filters()


def coming(now: datetime, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates that are not over, the soonest first."""
    found = _dates(filters).where(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at > now)
    return _bookable(_fetch(found, filters), now, filters)


def past(now: datetime, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates that are over, the latest first."""
    found = (
        _dates(filters)
        .where(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at <= now)
        .order_by(None)
        .order_by(CourseDate.starts_at.desc(), CourseDate.id.desc())
        .limit(PAST_ROWS if filters.text is None else None)
    )
    return _fetch(found, filters)


def of_month(now: datetime, month: Month, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates with a day in this month, whether over or to come."""
    found = _dates(filters).where(CourseDate.state == DateState.PUBLISHED, windows.within(month))
    return _bookable(_fetch(found, filters), now, filters)


def feed(now: datetime, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """What a calendar that follows the programme may show, those lately called off included."""
    found = _dates(filters).where(windows.lately(now))
    return _bookable(_fetch(found, filters), now, filters)


def to_be_confirmed(filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates that wait for an organiser to say the day: announced in a way that cannot be right,
    found by the months it may mean, or postponed, found by those it was to be in."""
    if filters.with_places:
        return []
    found = (
        _dates(replace(filters, month=None))
        .where(CourseDate.state.in_(UNDECIDED))
        .options(selectinload(CourseDate.readings))
    )
    dates = _fetch(found, filters)
    month = Month.read(filters.month)
    if month is None:
        return dates
    return [d for d in dates if any(Month.of(span.starts_at) == month for span in _meant(d))]


def without_dates(now: datetime, filters: Filters = EVERYTHING) -> list[Course]:
    """Courses that nobody can book because no date is coming: people may register interest."""
    coming = (CourseDate.state == DateState.PUBLISHED) & (CourseDate.ends_at > now)
    found = _courses(filters).where(
        Course.kind != Kind.E_LEARNING,
        ~Course.dates.any(or_(coming, CourseDate.state.in_(UNDECIDED))),
    )
    return _undated(found, filters)


def e_learning(filters: Filters = EVERYTHING) -> list[Course]:
    """What is taken alone, at any time, somewhere else."""
    return _undated(_courses(filters).where(Course.kind == Kind.E_LEARNING), filters)


def months(now: datetime) -> list[Month]:
    """The months in which something is coming."""
    starts = (
        select(CourseDate.starts_at)
        .join(CourseDate.course)
        .where(
            Course.is_published, CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at > now
        )
    )
    return sorted({Month.of(moment) for moment in db.session.scalars(starts) if moment})


def audiences() -> Sequence[Sector]:
    return db.session.scalars(select(Sector).order_by(Sector.position, Sector.name)).all()


def get_course(slug: str) -> Course:
    """The published course with its dates. Raises NotFound."""
    found = select(Course).where(Course.slug == slug, Course.is_published)
    dates = selectinload(Course.dates)
    course = db.session.scalar(
        found.options(
            selectinload(Course.sectors),
            dates.selectinload(CourseDate.all_days),
            dates.joinedload(CourseDate.venue),
        )
    )
    if course is None:
        raise NotFound(f"There is no course {slug!r}.")
    return course


def get_date(date_id: int) -> CourseDate:
    """The date, unless it is a draft or its course is not published. Raises NotFound."""
    date = db.session.scalar(
        _dates(EVERYTHING)
        .where(CourseDate.id == date_id, CourseDate.state != DateState.DRAFT)
        .options(
            selectinload(CourseDate.agenda),
            contains_eager(CourseDate.course).selectinload(Course.sectors),
        )
    )
    if date is None:
        raise NotFound(f"There is no date {date_id}.")
    return date


def other_dates(date: CourseDate, now: datetime) -> list[CourseDate]:
    """The other coming dates of the same course."""
    found = _dates(EVERYTHING).where(
        CourseDate.course_id == date.course_id,
        CourseDate.id != date.id,
        CourseDate.state == DateState.PUBLISHED,
        CourseDate.starts_at > now,
    )
    return _fetch(found, EVERYTHING)


def _courses(filters: Filters) -> Select[Course]:
    return select(Course).where(*_of_course(filters)).order_by(Course.title, Course.id)


def _dates(filters: Filters) -> Select[CourseDate]:
    """Dates of published courses with what every list shows of them, the soonest first."""
    found = (
        select(CourseDate)
        .join(CourseDate.course)
        .outerjoin(CourseDate.venue)
        .where(*wanted(filters))
        .order_by(CourseDate.starts_at, CourseDate.id)
        .options(
            contains_eager(CourseDate.course),
            contains_eager(CourseDate.venue),
            selectinload(CourseDate.all_days),
        )
    )
    if filters.text is not None:
        found = found.options(selectinload(CourseDate.agenda))
    return found


def wanted(filters: Filters) -> Iterable[ColumnElement[bool] | InstrumentedAttribute[bool]]:
    """What the filters ask of a date and its course, but for words and places left."""
    yield from _of_course(filters)
    if filters.format is not None:
        yield CourseDate.format == filters.format
    month = Month.read(filters.month)
    if month is not None:
        yield windows.within(month)
    if filters.week is not None:
        yield windows.of_week(filters.week)


def _of_course(filters: Filters) -> Iterable[ColumnElement[bool] | InstrumentedAttribute[bool]]:
    yield Course.is_published
    if filters.kind is not None:
        yield Course.kind == filters.kind
    if filters.audience is not None:
        # A course that names no sector is for all of them.
        yield or_(~Course.sectors.any(), Course.sectors.any(Sector.slug == filters.audience))


def _fetch(found: Select[CourseDate], filters: Filters) -> list[CourseDate]:
    dates = db.session.scalars(found).all()
    text = filters.text
    if text is None:
        return list(dates)
    return [date for date in dates if speaks_of(text, _words(date.course, date.agenda))]


def _undated(found: Select[Course], filters: Filters) -> list[Course]:
    """What has no date has no format, month or places to be found by either."""
    if filters.format or filters.month or filters.with_places:
        return []
    courses = db.session.scalars(found).all()
    text = filters.text
    if text is None:
        return list(courses)
    return [course for course in courses if speaks_of(text, _words(course))]


def _bookable(dates: list[CourseDate], now: datetime, filters: Filters) -> list[CourseDate]:
    if not filters.with_places:
        return dates
    counts = places.places_of(dates, now)
    return [d for d in dates if d.why_not_bookable(now) is None and not counts[d.id].is_full]


def _meant(date: CourseDate) -> Sequence[Span]:
    """When this undecided date may be, or was to be."""
    return date.days if date.state is DateState.POSTPONED else date.readings


def _words(course: Course, agenda: Iterable[AgendaItem] = ()) -> Iterable[str]:
    yield from (course.title, course.short_title, course.summary, course.outline, *course.topics)
    for item in agenda:
        yield from (item.title, item.speaker or "")
