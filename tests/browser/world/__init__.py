"""A partnership in the middle of its day: the real programme, and somebody in every state."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from tests.browser.world import (
    accounts,
    courses,
    messages,
    news,
    papers,
    people,
    registers,
    weeks,
)
from tests.browser.world.booking import HOSTILE, PASSWORD, course_of, two_days
from tests.conftest import NOW
from tests.makers import make_course, make_date, make_organiser
from webapp.config import ROOT
from webapp.db import db
from webapp.models import (
    Announcement,
    Booking,
    Course,
    CourseDate,
    DateMessage,
    DateState,
    Format,
    Handout,
    Interest,
    NewsReading,
    Organiser,
    RoleName,
    Week,
)
from webapp.services import interests, seeding

__all__ = ["PASSWORD", "World", "build"]


@dataclass
class World:
    """Rows that the pages are asked for."""

    open: CourseDate
    online: CourseDate
    full: CourseDate
    # The last of the three dates of that course in the seeds.
    last: CourseDate
    past: CourseDate
    cancelled: CourseDate
    closed: CourseDate
    held_back: CourseDate
    two_days: CourseDate
    # Put off with people on it; and one of whose two days one was dropped.
    postponed: CourseDate
    shortened: CourseDate
    no_dates: Course
    e_learning: Course
    interest: Interest
    administrator: Organiser
    trainer: Organiser
    # Has a second factor, and this code for when the phone is lost.
    careful: Organiser
    recovery_code: str = ""
    handout: Handout | None = None
    # A link to a booking that a newer one has replaced.
    replaced: str = ""
    # Two looks at the news, and what was found, by the first word of its title.
    readings: list[NewsReading] = field(default_factory=list)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    # The rest by what is the matter with them.
    standings: dict[str, Booking] = field(default_factory=dict)
    dates: dict[str, CourseDate] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    messages: dict[str, DateMessage] = field(default_factory=dict)
    accounts: dict[str, Organiser] = field(default_factory=dict)
    weeks: dict[str, Week] = field(default_factory=dict)


def build():
    """Make it all and commit. An app context is needed."""
    seeding.load(ROOT / "seeds", now=NOW)
    db.session.commit()
    world = _programme()
    for room in (people, news, courses, registers, papers, messages, accounts, weeks):
        room.build(world)
        db.session.commit()
    return world


def _programme():
    hsb = course_of("harmful-sexual-behaviour")
    opens, full, last = hsb.dates
    full.capacity = 1
    db.session.commit()
    here = {"course": hsb, "venue": opens.venue}
    held_back = _first(CourseDate, CourseDate.state == DateState.HELD_BACK)
    return World(
        open=opens,
        online=_first(
            CourseDate,
            CourseDate.format == Format.ONLINE,
            CourseDate.state == DateState.PUBLISHED,
        ),
        full=full,
        last=last,
        past=make_date(**here, starts_at=NOW - timedelta(days=20)),
        cancelled=make_date(
            course=make_course(title=HOSTILE, summary=HOSTILE, outline=HOSTILE),
            state=DateState.CANCELLED,
            cancelled_at=NOW,
            cancel_message="The trainer is ill.",
        ),
        closed=make_date(**here, closes_at=NOW - timedelta(hours=1)),
        held_back=held_back,
        two_days=make_date(**here, days=two_days(40)),
        postponed=make_date(**here, capacity=2, days=two_days(50)),
        shortened=make_date(**here, days=two_days(60)),
        no_dates=course_of("shared-responsibilities"),
        e_learning=_first(Course, Course.link.is_not(None)),
        interest=_interested(held_back.course),
        administrator=_account("admin", RoleName.ADMINISTRATOR),
        trainer=_account("trainer", RoleName.TRAINER),
        careful=_account("careful", RoleName.ORGANISER),
    )


def _first(table, *which):
    return db.session.scalars(select(table).where(*which).order_by(table.id)).first()


def _account(name, role):
    return make_organiser(f"{name}@partnership.example", role=role, password=PASSWORD)


def _interested(course):
    interests.register(course, name="Ida Interested", email="ida@york.gov.uk", now=NOW)
    db.session.commit()
    return _first(Interest)
