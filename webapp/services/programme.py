"""What the public may see of courses and their dates, found by what people look for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, extract, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from webapp.db import db
from webapp.errors import NotFound
from webapp.formats.months import Month
from webapp.formats.search import speaks_of
from webapp.models import Course, CourseDate, CourseDay, DateState, Format, Kind, Sector, Venue
from webapp.services import finding, paging, windows
from webapp.services.paging import Page, quickly

# There is to be such a date, and nobody has said on which day.
UNDECIDED = (DateState.HELD_BACK, DateState.POSTPONED)
# Every page of a date and each step of a booking asks for it, so it is built once.
OF_ID = (
    select(CourseDate)
    .join(CourseDate.course)
    .where(
        CourseDate.id == bindparam("id"),
        CourseDate.state != DateState.DRAFT,
        Course.is_published,
    )
    .options(
        contains_eager(CourseDate.course),
        joinedload(CourseDate.venue),
        joinedload(CourseDate.all_days),
    )
)


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

    @property
    def is_of_dates(self) -> bool:
        """Whether it asks for what only a date has, so that what has none is not found by it."""
        return bool(self.format or self.month or self.week or self.with_places)


EVERYTHING = Filters()
# What lists show of a date; chosen once, since that takes as long as reading some rows.
DATE = (
    CourseDate.format,
    CourseDate.platform,
    CourseDate.announced_as,
    CourseDate.postpone_message,
)
COURSE = (Course.slug, Course.kind, Course.title, Course.short_title)
DAY = (CourseDay.course_date_id, CourseDay.starts_at, CourseDay.ends_at, CourseDay.dropped_at)
SHOWN = (
    load_only(*finding.PLACES, *DATE),
    contains_eager(CourseDate.course).load_only(*COURSE),
    contains_eager(CourseDate.venue).load_only(Venue.name),
    selectinload(CourseDate.all_days).load_only(*DAY),
)


def coming(now: datetime, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates that are not over, the soonest first."""
    return _fetch(_to_come(now, filters))


def coming_page(now: datetime, filters: Filters, number: int) -> Page[CourseDate]:
    """The same, a page at a time."""
    return paging.page(_to_come(now, filters).options(*SHOWN), number)


def past(now: datetime, filters: Filters = EVERYTHING, number: int = 1) -> Page[CourseDate]:
    """A page of the dates that are over, the latest first."""
    return paging.page(over(now, filters).options(*SHOWN), number)


def feed(now: datetime, filters: Filters = EVERYTHING) -> list[CourseDate]:
    """What a calendar that follows the programme may show, those lately called off included."""
    return _fetch(shown(now, filters, windows.lately(now)))


def to_be_confirmed(filters: Filters = EVERYTHING) -> list[CourseDate]:
    """Dates that wait for an organiser to say the day: announced in a way that cannot be right,
    found by the months it may mean, or postponed, found by those it was to be in."""
    if filters.with_places:
        return []
    month = Month.read(filters.month)
    which = CourseDate.state.in_(UNDECIDED) if month is None else windows.may_be_in(month)
    return _fetch(dates(replace(filters, month=None), which))


def without_dates(now: datetime, filters: Filters = EVERYTHING) -> list[Course]:
    """Courses that nobody can book because no date is coming: people may register interest."""
    has_some = Course.dates.any(or_(and_(*is_coming(now)), CourseDate.state.in_(UNDECIDED)))
    return _undated(filters, Course.kind != Kind.E_LEARNING, ~has_some)


def e_learning(filters: Filters = EVERYTHING) -> list[Course]:
    """What is taken alone, at any time, somewhere else."""
    return _undated(filters, Course.kind == Kind.E_LEARNING)


def months(now: datetime) -> list[Month]:
    """The months of London in which something is coming.

    The database knows those of UTC: what is first and last in one of them tells which of London
    it reaches into.
    """
    starts = CourseDate.starts_at
    found = quickly(
        select(func.min(starts), func.max(starts))
        .join(CourseDate.course)
        .where(Course.is_published, *is_coming(now))
        .group_by(extract("year", starts), extract("month", starts))
    )
    return sorted({Month.of(moment) for both in found for moment in both})


def audiences() -> dict[str, str]:
    """The names of all sectors by their slugs, in order."""
    in_order = select(Sector.slug, Sector.name).order_by(Sector.position, Sector.name)
    return {row.slug: row.name for row in quickly(in_order)}


def get_course(slug: str) -> Course:
    """The published course. Raises NotFound."""
    found = select(Course).where(Course.slug == slug, Course.is_published)
    course = db.session.scalar(found.options(selectinload(Course.sectors)))
    if course is None:
        raise NotFound(f"There is no course {slug!r}.")
    return course


def get_date(date_id: int) -> CourseDate:
    """The date, unless it is a draft or its course is not published. Raises NotFound."""
    date = db.session.scalars(OF_ID, {"id": date_id}).unique().one_or_none()
    if date is None:
        raise NotFound(f"There is no date {date_id}.")
    return date


def other_dates(date: CourseDate, now: datetime, most: int | None = None) -> list[CourseDate]:
    """The other coming dates of the same course, or the first of them."""
    others = (CourseDate.course_id == date.course_id, CourseDate.id != date.id)
    found = dates(EVERYTHING, *others, *is_coming(now), CourseDate.starts_at > now)
    return _fetch(found.limit(most))


def wanted(filters: Filters) -> Iterable[ColumnElement[bool]]:
    """What the filters ask of a date and its course, but for words and places left."""
    yield from _of_course(filters)
    if filters.format is not None:
        yield CourseDate.format == filters.format
    month = Month.read(filters.month)
    if month is not None:
        yield windows.within(month)
    if filters.week is not None:
        yield windows.of_week(filters.week)


def _of_course(filters: Filters) -> Iterable[ColumnElement[bool]]:
    yield Course.is_published.is_(True)
    if filters.kind is not None:
        yield Course.kind == filters.kind
    if filters.audience is not None:
        # A course that names no sector is for all of them.
        yield or_(~Course.sectors.any(), Course.sectors.any(Sector.slug == filters.audience))


def is_coming(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of a date: it is published and not over."""
    return CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at > now


def _to_come(now: datetime, filters: Filters) -> Select[CourseDate]:
    return shown(now, filters, *is_coming(now))


def over(now: datetime, filters: Filters, *which: ColumnElement[bool]) -> Select[CourseDate]:
    """Those of these dates that are over, the latest first."""
    are_over = (CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at <= now)
    latest_first = (CourseDate.starts_at.desc(), CourseDate.id.desc())
    return dates(filters, *which, *are_over).order_by(None).order_by(*latest_first)


def shown(now: datetime, filters: Filters, *which: ColumnElement[bool]) -> Select[CourseDate]:
    """These dates; of them only those with places left, when that is what is looked for."""
    if filters.with_places:
        which = (CourseDate.id.in_(finding.with_places(now, *which, *wanted(filters))),)
    return dates(filters, *which)


def dates(filters: Filters, *which: ColumnElement[bool]) -> Select[CourseDate]:
    """These dates of published courses beside their courses and venues, the soonest first."""
    looked_for = [*which, *wanted(filters)]
    if filters.text is not None:
        looked_for.append(CourseDate.id.in_(finding.speaking(filters.text, *looked_for)))
    return (
        select(CourseDate)
        .join(CourseDate.course)
        .outerjoin(CourseDate.venue)
        .where(*looked_for)
        .order_by(CourseDate.starts_at, CourseDate.id)
    )


def _fetch(found: Select[CourseDate]) -> list[CourseDate]:
    return list(db.session.scalars(found.options(*SHOWN)))


def _undated(filters: Filters, *which: ColumnElement[bool]) -> list[Course]:
    if filters.is_of_dates:
        return []
    found = select(Course).where(*which, *_of_course(filters)).order_by(Course.title, Course.id)
    text = filters.text
    return [
        one for one in db.session.scalars(found) if not text or speaks_of(text, finding.words(one))
    ]
