"""Who gives the training on a date: chosen among the accounts, for their own lists and feeds."""

from collections.abc import Collection, Sequence
from datetime import datetime

from webapp.models import CourseDate, Organiser, RoleName
from webapp.services import organisers

MAY_TRAIN = {RoleName.TRAINER, RoleName.ORGANISER, RoleName.ADMINISTRATOR}


def choices(date: CourseDate) -> Sequence[Organiser]:
    """Whose account is open and who may be a trainer, by name; and whoever is one on this date."""
    return [
        organiser
        for organiser in organisers.everybody()
        if organiser in date.trainers
        or (organiser.active and not MAY_TRAIN.isdisjoint(organiser.role_names))
    ]


def set_trainers(date: CourseDate, trainers: Collection[Organiser], *, now: datetime) -> None:
    """These and nobody else; feeds learn of it by the date's `updated_at`."""
    if set(trainers) != set(date.trainers):
        date.trainers = sorted(trainers, key=lambda trainer: trainer.id)
        date.updated_at = now
