"""When a calendar of ours changed: everything its bytes depend on, in one small query.

Two calendars of the same edition have the same bytes. Not so the other way round: an edition ends
with every change anywhere in the programme.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, String, cast, func, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.errors import NotFound
from webapp.models import (
    Booking,
    Course,
    CourseDate,
    CourseDay,
    Invite,
    Organiser,
    Partnership,
    Practitioner,
    Sector,
    Venue,
)
from webapp.models.course_dates import trainer
from webapp.models.courses import course_sector
from webapp.services import windows
from webapp.services.links import NO_LINK
from webapp.services.partnership import EMPTY

# Whoever writes looks at the clock first and commits later, so for a while another change may come
# with an older stamp than the newest we know.
SETTLES = timedelta(minutes=1)


@dataclass(frozen=True)
class Edition:
    """`stamps` say which it is; `changed` never goes back, while nothing is deleted."""

    partnership: Partnership = field(compare=False)
    stamps: tuple[object, ...]
    changed: datetime

    def is_settled(self, now: datetime) -> bool:
        """Whether no other change can come under the same stamps any more."""
        return now - self.changed >= SETTLES


def of_programme(*, now: datetime) -> Edition:
    """Raises NotFound before the seeds are loaded."""
    found = db.session.execute(select(Partnership, *_programme())).first()
    if found is None:
        raise NotFound(EMPTY)
    return _edition(found[0], found[1:], now)


def of_practitioner(key: int, *, now: datetime) -> tuple[Edition, Practitioner]:
    """One person's, with the row that says whether they may have it. Raises NotFound."""
    found = db.session.execute(
        select(Partnership, Practitioner, *_programme(), *_bookings(key)).join(
            Practitioner, Practitioner.id == key
        )
    ).first()
    if found is None:
        raise NotFound(NO_LINK)
    who: Practitioner = found[1]
    own = (who.is_discreet, who.diary_changed_at)
    return _edition(found[0], (*own, *found[2:]), now), who


def of_organiser(key: int, *, now: datetime) -> tuple[Edition, Organiser]:
    """A trainer's or organiser's, with the row that says whether they may. Raises NotFound."""
    mine = select(func.aggregate_strings(cast(trainer.c.course_date_id, String), ","))
    found = (
        db.session.execute(
            select(
                Partnership,
                Organiser,
                *_programme(),
                mine.where(trainer.c.organiser_id == key).scalar_subquery(),
            )
            .join(Organiser, Organiser.id == key)
            .options(joinedload(Organiser.roles))
        )
        .unique()
        .first()
    )
    if found is None:
        raise NotFound(NO_LINK)
    return _edition(found[0], found[2:], now), found[1]


def _programme() -> list[ScalarSelect[Any]]:
    """What everybody's calendars are written from. What is counted and added up besides the stamps
    is there for rows that go, and for what might one day change without a stamp."""
    return [
        select(found).scalar_subquery()
        for found in (
            func.max(CourseDate.updated_at),
            func.count(CourseDate.id),
            func.max(Course.updated_at),
            func.count(Course.id),
            func.max(Venue.updated_at),
            func.count(Venue.id),
            func.max(CourseDay.dropped_at),
            func.sum(CourseDay.revision),
            func.count(CourseDay.id),
            func.aggregate_strings(Sector.name, ","),
            func.count(course_sector.c.course_id),
        )
    ]


def _bookings(practitioner: int) -> list[ScalarSelect[Any]]:
    """What one person's diary is written from besides."""
    booking = (
        func.max(Booking.updated_at),
        func.count(Booking.id),
        func.sum(Booking.id),
    )
    invite = (func.count(Invite.id), func.sum(Invite.extra), func.sum(Invite.sequence))
    mine = Booking.practitioner_id == practitioner
    return [
        *(select(found).where(mine).scalar_subquery() for found in booking),
        *(select(f).join(Invite.booking).where(mine).scalar_subquery() for f in invite),
    ]


def _edition(partnership: Partnership, stamps: Any, now: datetime) -> Edition:
    today = windows.opened(now)
    whole = (today, partnership.updated_at, *stamps)
    return Edition(partnership, whole, max(m for m in whole if isinstance(m, datetime)))
