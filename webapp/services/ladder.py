"""After a missed place: who is written to, a step after the other, and whose bookings wait.

Nothing is done at once: what the register says may be put right until the next working day begins.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select

from webapp.clock import london
from webapp.db import db, lock
from webapp.formats import working_time
from webapp.models import (
    Agency,
    Booking,
    CourseDate,
    Email,
    LadderStep,
    Partnership,
    Practitioner,
    Step,
)
from webapp.services import charges, links, missed, outbox, partnership, windows
from webapp.services.missed import Miss

LETTERS = {
    Step.PERSON: "missed_note",
    Step.MANAGER: "missed_manager",
    Step.LEAD: "missed_lead",
}
# What could not go in time, such as while no worker ran, would only puzzle whoever reads it.
IS_STALE = timedelta(days=14)


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
        .where(missed.counts(), lately, Booking.practitioner.has(Practitioner.erased_at.is_(None)))
        .order_by(Booking.practitioner_id)
    ).all()


def write(practitioner: Practitioner, *, now: datetime) -> int:
    """Write what is due about this person, each letter once; how many were."""
    lock(Practitioner.link_generation, Practitioner.id == practitioner.id)
    db.session.refresh(practitioner)
    ours = partnership.get()
    found = missed.misses(Booking.practitioner_id == practitioner.id)
    written = _written(practitioner)
    letters = list[Email]()
    for miss in found:
        if not now - IS_STALE < miss.known_at < windows.opened(now):
            continue
        taken = taken_after(miss, found, ours)
        goes = written_after(miss, found, ours)
        letters += [
            _letter(step, miss, taken, goes, found, ours, now)
            for step in goes
            if not {(miss.booking.id, LETTERS[step]), (miss.day, LETTERS[step])} & written
        ]
    db.session.add_all(letters)
    return len(letters)


def taken_after(miss: Miss, found: Sequence[Miss], ours: Partnership) -> list[Step]:
    """The steps that follow this of all the places one person missed."""
    return [
        step
        for step, how in steps(ours).items()
        if how.since <= miss.at and missed.how_many(found, how, miss.at) >= how.misses
    ]


def written_after(miss: Miss, found: Sequence[Miss], ours: Partnership) -> list[Step]:
    """Those of them that write to somebody."""
    return [step for step in taken_after(miss, found, ours) if _may_go(step, miss.booking, ours)]


def whom(step: Step, booking: Booking) -> str | None:
    """The address this step writes to about this person; None where there is none."""
    if step is Step.PERSON:
        return booking.email
    if step is Step.MANAGER:
        return booking.manager_email if booking.manager_email != booking.email else None
    return lead_of(booking.agency) if step is Step.LEAD else None


def _may_go(step: Step, booking: Booking, ours: Partnership) -> bool:
    """Who booked before others were to be told was promised that only they would be."""
    was_said = step is Step.PERSON or booking.booked_at >= steps(ours)[step].since
    return was_said and whom(step, booking) is not None


def lead_of(agency: Agency) -> str | None:
    """Of "a primary school" nobody is the lead, since it stands for many."""
    return None if agency.stands_for_many else agency.lead_email


def _letter(
    step: Step,
    miss: Miss,
    taken: Sequence[Step],
    goes: Sequence[Step],
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
        policy=charges.policy_for(booking, ours),
        times=missed.how_many(found, how, miss.at),
        months=how.months,
        others=[one for one in goes if one is not step],
        holds=Step.APPROVAL in taken,
    )


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
