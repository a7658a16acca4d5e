"""When a calendar of ours changed: everything its bytes depend on, in one small query.

Two calendars of the same edition have the same bytes. Not so the other way round: an edition ends
with every change anywhere in the programme.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, ScalarSelect, Select, String, bindparam, cast, func, select, true
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
    Week,
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

    stamps: tuple[object, ...]
    changed: datetime

    def is_settled(self, now: datetime) -> bool:
        """Whether no other change can come under the same stamps any more."""
        return now - self.changed >= SETTLES


def of_programme(*, now: datetime) -> Edition:
    """Raises NotFound before the seeds are loaded."""
    found = db.session.execute(PROGRAMME).first()
    if found is None:
        raise NotFound(EMPTY)
    return _edition(found, now)


def of_practitioner(key: int, *, now: datetime) -> tuple[Edition, Practitioner]:
    """One person's, with the row that says whether they may have it. Raises NotFound."""
    found = db.session.execute(PERSONAL, {"key": key}).first()
    if found is None:
        raise NotFound(NO_LINK)
    who, *stamps = found
    return _edition((who.is_discreet, who.diary_changed_at, *stamps), now), who


def of_trainer(key: int, *, now: datetime) -> tuple[Edition, Organiser]:
    """Of what somebody teaches, with the row that says whether they may. Raises NotFound."""
    return _of_account(TEACHING, key, now)


def of_organiser(key: int, *, now: datetime) -> tuple[Edition, Organiser]:
    """The same for all who organise, with the row that says whether they may. Raises NotFound."""
    return _of_account(ORGANISING, key, now)


def _of_account(query: Select[*tuple[Any, ...]], key: int, now: datetime) -> tuple[Edition, Any]:
    found = db.session.execute(query, {"key": key}).unique().first()
    if found is None:
        raise NotFound(NO_LINK)
    who, *stamps = found
    return _edition(stamps, now), who


def _edition(stamps: Iterable[object], now: datetime) -> Edition:
    whole = (windows.opened(now), *stamps)
    return Edition(whole, max(moment for moment in whole if isinstance(moment, datetime)))


def _programme(*more: Any) -> Select[*tuple[Any, ...]]:
    """What everybody's calendars are written from, behind `more`.

    What is counted and added up besides the stamps is there for rows that go, and for what might
    one day change without a stamp.
    """
    days = select(
        func.count(CourseDay.id).label("days"),
        func.sum(CourseDay.revision).label("revisions"),
        func.count(CourseDay.dropped_at).label("dropped"),
    ).subquery()
    return (
        select(
            *more,
            Partnership.updated_at,
            _one(func.max(CourseDate.updated_at)),
            _one(func.max(Course.updated_at)),
            _one(func.max(Venue.updated_at)),
            _one(func.max(Week.updated_at)),
            *days.c,
            _one(func.aggregate_strings(Sector.name, ",")),
            _one(func.count(course_sector.c.course_id)),
        )
        .select_from(Partnership)
        .join(days, true())
    )


def _one(found: Any) -> ScalarSelect[Any]:
    return select(found).scalar_subquery()


def _personal() -> Select[*tuple[Any, ...]]:
    bookings, invites = (
        select(*columns).where(Booking.practitioner_id == KEY)
        for columns in (
            (
                func.max(Booking.updated_at).label("changed"),
                func.count(Booking.id).label("bookings"),
                func.sum(Booking.id).label("ids"),
            ),
            (
                func.count(Invite.id).label("invites"),
                func.sum(Invite.extra).label("extra"),
                func.sum(Invite.sequence).label("sequences"),
            ),
        )
    )
    mine, told = bookings.subquery(), invites.join(Invite.booking).subquery()
    return (
        _programme(Practitioner, *mine.c, *told.c)
        .join(Practitioner, Practitioner.id == KEY)
        .join(mine, true())
        .join(told, true())
    )


def _account(*more: Any) -> Select[*tuple[Any, ...]]:
    whole = _programme(Organiser, *more).join(Organiser, Organiser.id == KEY)
    return whole.options(joinedload(Organiser.roles))


def _taught() -> ScalarSelect[Any]:
    dates = func.aggregate_strings(cast(trainer.c.course_date_id, String), ",")
    return select(dates).where(trainer.c.organiser_id == KEY).scalar_subquery()


# Put together once: they are asked again and again.
KEY = bindparam("key", type_=Integer)
PROGRAMME, PERSONAL = _programme(), _personal()
TEACHING, ORGANISING = _account(_taught()), _account()
