"""Who missed places lately, what was written about it, and what comes next; for organisers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from webapp.db import db
from webapp.models import (
    Booking,
    CourseDate,
    Email,
    LadderStep,
    Partnership,
    Practitioner,
    Step,
)
from webapp.services import ladder, missed, partnership
from webapp.services.missed import Miss
from webapp.services.paging import Page, part


@dataclass(frozen=True)
class Line:
    """One person: what they missed, the last first; what was written of each by its booking, and
    what is to go; and the step that is next with how many more places missed."""

    misses: Sequence[Miss]
    letters: Mapping[int, Sequence[Email]]
    to_go: Mapping[int, Sequence[str]]
    next_step: tuple[Step, int] | None
    # Whether what they book waits for an organiser.
    are_held: bool

    @property
    def latest(self) -> Booking:
        return self.misses[0].booking


def people(months: int, number: int, *, now: datetime) -> Page[Practitioner]:
    """A page of those who missed a place within these months, the latest first."""
    ids = db.session.scalars(
        select(Booking.practitioner_id)
        .join(Booking.course_date)
        .where(missed.counts(), _since(months, now), _is_known())
        .group_by(Booking.practitioner_id)
        .order_by(func.max(CourseDate.ends_at).desc(), Booking.practitioner_id)
    ).all()
    return part(ids, number, _in_this_order)


def lines(found: Sequence[Practitioner], months: int, *, now: datetime) -> dict[int, Line]:
    """Of each of these people, by their ids."""
    ours = partnership.get()
    steps = ladder.steps(ours)
    keys = [one.id for one in found]
    everything: dict[int, list[Miss]] = {key: [] for key in keys}
    for miss in missed.misses(Booking.practitioner_id.in_(keys)):
        everything[miss.booking.practitioner_id].append(miss)
    letters = _letters(keys)
    begins = missed.months_before(now, months)
    return {
        key: Line(
            [one for one in reversed(mine) if one.ends_at > begins],
            letters,
            _to_go(mine, letters, ours, now),
            _next_step(mine, steps, now),
            _are_held(mine, steps, now),
        )
        for key, mine in everything.items()
    }


def of_person(practitioner_id: int) -> list[Miss]:
    """All that counts against them."""
    return missed.misses(Booking.practitioner_id == practitioner_id)


def _next_step(
    found: Sequence[Miss], steps: Mapping[Step, LadderStep], now: datetime
) -> tuple[Step, int] | None:
    """The first that is not reached; None when all are, which then are taken each time."""
    for step, how in steps.items():
        missing = how.misses - missed.how_many(found, how, now)
        if missing > 0:
            return step, missing
    return None


def _are_held(found: Sequence[Miss], steps: Mapping[Step, LadderStep], now: datetime) -> bool:
    how = steps.get(Step.APPROVAL)
    return how is not None and missed.how_many(found, how, now) >= how.misses


def _to_go(
    found: Sequence[Miss],
    letters: Mapping[int, Sequence[Email]],
    ours: Partnership,
    now: datetime,
) -> dict[int, list[str]]:
    """The letters that wait for the next working day, by booking."""
    waits = [miss for miss in found if miss.known_at > now - ladder.IS_STALE]
    return {
        miss.booking.id: [
            ladder.LETTERS[step]
            for step in ladder.written_after(miss, found, ours)
            if step in ladder.LETTERS
        ]
        for miss in waits
        if miss.booking.id not in letters
    }


def _letters(keys: Sequence[int]) -> dict[int, list[Email]]:
    """What was written of the places that these people missed, by booking."""
    found: dict[int, list[Email]] = {}
    for email in db.session.scalars(
        select(Email)
        .join(Booking, Booking.id == Email.booking_id)
        .where(Booking.practitioner_id.in_(keys), Email.kind.in_(ladder.LETTERS.values()))
        .order_by(Email.id)
    ):
        found.setdefault(email.booking_id or 0, []).append(email)
    return found


def _in_this_order(ids: Sequence[int]) -> Sequence[Practitioner]:
    rows = db.session.scalars(select(Practitioner).where(Practitioner.id.in_(ids)))
    found = {one.id: one for one in rows}
    return [found[key] for key in ids]


def _since(months: int, now: datetime) -> ColumnElement[bool]:
    return CourseDate.ends_at > missed.months_before(now, months)


def _is_known() -> ColumnElement[bool]:
    return Booking.practitioner.has(Practitioner.erased_at.is_(None))
