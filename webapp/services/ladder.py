"""After a missed place: who is written to, a step after the other, and whose bookings wait.

Nothing is done at once: what the register says may be put right until the next working day begins.
Several places missed on one day count once, since whatever kept somebody away was one thing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from webapp.clock import london
from webapp.db import db, lock
from webapp.errors import Refused
from webapp.formats import working_time
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Email,
    LadderStep,
    Partnership,
    Practitioner,
    Step,
)
from webapp.models.bookings import EXCUSED
from webapp.services import links, outbox, partnership, places, windows

LETTERS = {
    Step.PERSON: "missed_note",
    Step.MANAGER: "missed_manager",
    Step.LEAD: "missed_lead",
}
# What could not go in time, such as while no worker ran, would only puzzle whoever reads it.
IS_STALE = timedelta(days=14)


@dataclass(frozen=True)
class Miss:
    """A place that was missed: when it was, by the day of training, and when we learnt of it."""

    booking: Booking
    at: datetime
    known_at: datetime
    day: date


def change(ours: Partnership, chosen: Mapping[Step, tuple[int, int]], *, now: datetime) -> None:
    """Take each of these steps after so many misses (0: never) within so many months."""
    there = {one.step: one for one in ours.ladder}
    for step, (misses, months) in chosen.items():
        one = there.get(step)
        if one is None and misses:
            ours.ladder.append(LadderStep(step=step, misses=misses, months=months, since=now))
        elif one is not None:
            one.since = one.since if one.misses else now
            one.misses, one.months = misses, months
    db.session.flush()


def steps(ours: Partnership) -> dict[Step, LadderStep]:
    """Those that are switched on, the gentlest first."""
    there = {one.step: one for one in ours.ladder if one.misses}
    return {step: there[step] for step in Step if step in there}


def counts() -> ColumnElement[bool]:
    """Of a booking: its place was missed, and nobody has said that it does not count. Who gave it
    up and then booked it again is judged by the place they have."""
    again = aliased(Booking)
    came_back = exists().where(
        again.practitioner_id == Booking.practitioner_id,
        again.course_date_id == Booking.course_date_id,
        again.state == BookingState.CONFIRMED,
    )
    no_excuse = or_(Booking.cause.is_(None), Booking.cause.not_in(EXCUSED))
    return and_(
        or_(
            Booking.attendance == Attendance.ABSENT,
            and_(Booking.gave_up_late, no_excuse, ~came_back),
        ),
        Booking.miss_set_aside_at.is_(None),
        Booking.course_date.has(
            and_(CourseDate.state == DateState.PUBLISHED, CourseDate.ends_at.is_not(None))
        ),
    )


def misses(*which: ColumnElement[bool]) -> list[Miss]:
    """What these people missed, the first first, and of each day the first alone."""
    rows = db.session.scalars(
        select(Booking)
        .where(counts(), *which)
        .order_by(Booking.id)
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.agency),
            joinedload(Booking.course_date).joinedload(CourseDate.course),
        )
        .execution_options(populate_existing=True)
    ).all()
    found: dict[tuple[int, date], Miss] = {}
    for miss in sorted(map(_miss, rows), key=lambda miss: miss.at):
        found.setdefault((miss.booking.practitioner_id, miss.day), miss)
    return list(found.values())


def how_many(found: Sequence[Miss], step: LadderStep, at: datetime) -> int:
    """How many of one person's count for this step at that moment."""
    begins = max(step.since, _months_before(at, step.months))
    return sum(begins <= miss.at <= at for miss in found)


def due(now: datetime) -> Sequence[int]:
    """The people somebody is to be written to about now, by their ids."""
    ours = db.session.scalar(select(Partnership).limit(1))
    if ours is None or not steps(ours) or not working_time.of(ours).is_on(now):
        return []
    lately = or_(
        Booking.marked_at > now - IS_STALE,
        Booking.course_date.has(CourseDate.ends_at.between(now - IS_STALE, now)),
        and_(Booking.gave_up_late, Booking.cancelled_at > now - IS_STALE),
    )
    return db.session.scalars(
        select(Booking.practitioner_id)
        .distinct()
        .where(counts(), lately, Booking.practitioner.has(Practitioner.erased_at.is_(None)))
        .order_by(Booking.practitioner_id)
    ).all()


def write(practitioner: Practitioner, *, now: datetime) -> int:
    """Write what is due about this person, each letter once; how many were."""
    lock(Practitioner.link_generation, Practitioner.id == practitioner.id)
    db.session.refresh(practitioner)
    ours = partnership.get()
    found = misses(Booking.practitioner_id == practitioner.id)
    written = _written(practitioner)
    letters = list[Email]()
    for miss in found:
        if not now - IS_STALE < miss.known_at < windows.opened(now):
            continue
        taken = [
            step
            for step, how in steps(ours).items()
            if how.since <= miss.at and how_many(found, how, miss.at) >= how.misses
        ]
        letters += [
            _letter(step, miss, taken, found, ours, now)
            for step in taken
            if whom(step, miss.booking)
            and not {(miss.booking.id, LETTERS[step]), (miss.day, LETTERS[step])} & written
        ]
    db.session.add_all(letters)
    return len(letters)


def set_aside(booking: Booking, *, reason: str, now: datetime) -> None:
    """This missed place counts against nobody. Raises Refused when there is nothing to set aside.

    What was written already stays written.
    """
    places.hold_for(booking)
    if booking.miss_set_aside_at is not None:
        raise Refused("This missed place has been set aside already.")
    if not booking.was_missed:
        raise Refused("This place was not missed, or there was a reason that counts.")
    booking.miss_set_aside_at, booking.miss_set_aside_reason = now, reason
    booking.updated_at = now


def whom(step: Step, booking: Booking) -> str | None:
    """The address this step writes to about this person; None where there is none."""
    if step is Step.PERSON:
        return booking.email
    if step is Step.MANAGER:
        return booking.manager_email if booking.manager_email != booking.email else None
    return lead_of(booking.agency) if step is Step.LEAD else None


def lead_of(agency: Agency) -> str | None:
    """Of "a primary school" nobody is the lead, since it stands for many."""
    return None if agency.stands_for_many else agency.lead_email


def _letter(
    step: Step,
    miss: Miss,
    taken: Sequence[Step],
    found: Sequence[Miss],
    ours: Partnership,
    now: datetime,
) -> Email:
    booking, how = miss.booking, steps(ours)[step]
    to = whom(step, booking)
    assert to is not None
    return outbox.write(
        LETTERS[step],
        to=to,
        now=now,
        booking=booking,
        ours=ours,
        date=booking.course_date,
        course=booking.course_date.course,
        token=links.booking_token(booking),
        times=how_many(found, how, miss.at),
        months=how.months,
        others=[one for one in taken if one is not step and whom(one, booking)],
        holds=Step.APPROVAL in taken,
    )


def _miss(booking: Booking) -> Miss:
    ends_at = booking.course_date.ends_at
    assert ends_at is not None
    if booking.attendance is Attendance.ABSENT:
        at, known_at = ends_at, max(booking.marked_at or ends_at, ends_at)
    else:
        at = known_at = booking.cancelled_at or ends_at
    return Miss(booking, at, known_at, london(ends_at).date())


def _written(practitioner: Practitioner) -> set[tuple[int | date, str]]:
    """Of each letter about this person its kind, with the booking, and with the day it was for."""
    rows = db.session.execute(
        select(Booking.id, CourseDate.ends_at, Email.kind)
        .join(Email, Email.booking_id == Booking.id)
        .join(Booking.course_date)
        .where(Booking.practitioner_id == practitioner.id, Email.kind.in_(LETTERS.values()))
    ).all()
    days = {(london(ends_at).date(), kind) for _, ends_at, kind in rows if ends_at}
    return days | {(booking_id, kind) for booking_id, _, kind in rows}


def _months_before(moment: datetime, number: int) -> datetime:
    """The same hour of the same day so many months before; of a shorter month the last day."""
    local = london(moment)
    year, month = divmod(local.year * 12 + local.month - 1 - number, 12)
    for days in range(4):
        try:
            return local.replace(year=year, month=month + 1, day=local.day - days)
        except ValueError:
            continue
    raise AssertionError("No month has fewer than 28 days.")
