"""Who gives the training on a date: chosen among the accounts, for their own lists and feeds."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.models import CourseDate, DateState, Organiser, RoleName
from webapp.services import organisers, windows

MAY_TRAIN = {RoleName.TRAINER, RoleName.ORGANISER, RoleName.ADMINISTRATOR}


def choices(date: CourseDate) -> Sequence[Organiser]:
    """Whose account is open and who may be a trainer, by name; and whoever is one on this date."""
    return [
        organiser
        for organiser in organisers.everybody()
        if organiser in date.trainers
        or (organiser.active and not MAY_TRAIN.isdisjoint(organiser.role_names))
    ]


def gives(organiser: Organiser, date_id: int) -> bool:
    """Whether this date names them as a trainer."""
    theirs = (CourseDate.id == date_id) & CourseDate.trainers.any(Organiser.id == organiser.id)
    return bool(db.session.scalar(select(exists().where(theirs))))


def dates_of(organiser: Organiser, *, now: datetime) -> Sequence[CourseDate]:
    """What somebody is to teach, soonest first, those lately called off at the end."""
    coming = (CourseDate.state == DateState.PUBLISHED) & (CourseDate.ends_at > now)
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.trainers.any(Organiser.id == organiser.id),
            or_(coming, windows.called_off_lately(now)),
        )
        .order_by(CourseDate.state != DateState.PUBLISHED, CourseDate.starts_at, CourseDate.id)
        .options(
            joinedload(CourseDate.course),
            joinedload(CourseDate.venue),
            selectinload(CourseDate.all_days),
        )
    ).all()


def set_trainers(date: CourseDate, trainers: Collection[Organiser], *, now: datetime) -> None:
    """These and nobody else; feeds learn of it by the date's `updated_at`."""
    if set(trainers) != set(date.trainers):
        date.trainers = sorted(trainers, key=lambda trainer: trainer.id)
        date.touch(now=now)
