"""What a booking says of its person, and when that has been kept long enough.

A seat stays, with its agency and whether it was taken, as reports count it; whose it was goes.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select, update

from webapp.db import db
from webapp.models import (
    AccessNeeds,
    Booking,
    CourseDate,
    Evaluation,
    Partnership,
    Practitioner,
    TeamBooking,
    TeamMember,
    Week,
)
from webapp.services import forgetting, practitioners
from webapp.services.old_dates import DAY, YEAR, ended


def needs(ours: Partnership, now: datetime) -> Select[int]:
    """Who gave a place on a postponed date up is not to wait for a day that may never be."""
    before = now - DAY * ours.access_needs_days
    return (
        select(AccessNeeds.booking_id)
        .join(AccessNeeds.booking)
        .join(Booking.course_date)
        .where(
            or_(
                CourseDate.ends_at < before,
                CourseDate.ends_at.is_(None) & (Booking.cancelled_at < before),
            )
        )
    )


def forget_needs(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    forgetting.needs(ids)


def managers(ours: Partnership, now: datetime) -> Select[int]:
    return (
        select(Booking.id)
        .join(Booking.course_date)
        .where(
            ended() < now - DAY * ours.manager_days,
            or_(Booking.manager_name.is_not(None), Booking.manager_email.is_not(None)),
        )
    )


def forget_managers(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    forgetting.managers(Booking.id.in_(ids))


def evaluations(ours: Partnership, now: datetime) -> Select[int]:
    return (
        select(Evaluation.id)
        .join(Evaluation.booking)
        .join(Booking.course_date)
        .where(ended() < now - YEAR * ours.evaluation_years, forgetting.has_words())
    )


def forget_evaluations(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    forgetting.evaluations(Evaluation.id.in_(ids))


def bookings(ours: Partnership, now: datetime) -> Select[int]:
    """A Week is forgotten as a whole, since its people are counted over all its days."""
    before = now - YEAR * ours.booking_years
    return (
        select(Booking.id)
        .join(Booking.course_date)
        .join(Booking.practitioner)
        .where(
            ended() < before,
            ~_is_of_a_week_after(before),
            or_(Practitioner.erased_at.is_(None), Booking.name != forgetting.ERASED),
        )
    )


def forget_bookings(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    """All that is due of the same people goes with them, to one row that is nobody's: so how many
    people there were is counted as before, and who gave a place up and came back."""
    whose = select(Booking.practitioner_id).where(Booking.id.in_(ids))
    rows = db.session.execute(
        bookings(ours, now)
        .add_columns(Booking.practitioner_id)
        .where(Booking.practitioner_id.in_(whose))
    ).all()
    forgetting.bookings([booking_id for booking_id, _ in rows], now=now)
    people = sorted({practitioner_id for _, practitioner_id in rows})
    nobody = dict(zip(people, practitioners.nobodies(len(people), now=now), strict=True))
    seats = [{"id": booking_id, "practitioner_id": nobody[who].id} for booking_id, who in rows]
    db.session.execute(update(Booking), seats)
    db.session.execute(
        update(Booking)
        .where(Booking.id.in_([one["id"] for one in seats]), Booking.booked_by_id.is_not(None))
        .values(booked_by_id=Booking.practitioner_id)
    )


def teams(ours: Partnership, now: datetime) -> Select[int]:
    is_somebody = Practitioner.erased_at.is_(None)
    return (
        select(TeamBooking.id)
        .join(TeamBooking.course_date)
        .where(
            ended() < now - YEAR * ours.booking_years,
            or_(
                TeamBooking.booker.has(is_somebody),
                TeamBooking.members.any(TeamMember.practitioner.has(is_somebody)),
            ),
        )
    )


def forget_teams(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    booked, named = TeamBooking.id.in_(ids), TeamMember.team_booking_id.in_(ids)
    forgetting.teams(booked, named)
    [nobody] = practitioners.nobodies(1, now=now)
    db.session.execute(update(TeamBooking).where(booked).values(booker_id=nobody.id))
    db.session.execute(update(TeamMember).where(named).values(practitioner_id=nobody.id))


def people(ours: Partnership, now: datetime) -> Select[int]:
    """Of whom nothing is left but their address."""
    return select(Practitioner.id).where(
        Practitioner.erased_at.is_(None),
        Practitioner.erasure_asked_at.is_(None),
        Practitioner.created_at < now - YEAR * ours.booking_years,
        ~Practitioner.address_change.has(),
        *(
            ~select(whose).where(whose == Practitioner.id).exists()
            for whose in (
                Booking.practitioner_id,
                Booking.booked_by_id,
                TeamBooking.booker_id,
                TeamMember.practitioner_id,
            )
        ),
    )


def forget_people(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    for person in db.session.scalars(select(Practitioner).where(Practitioner.id.in_(ids))).all():
        practitioners.leave_nobody(person, now=now)


def _is_of_a_week_after(before: datetime) -> ColumnElement[bool]:
    return (
        select(Week.id)
        .where(
            Week.starts_at <= CourseDate.starts_at,
            CourseDate.starts_at < Week.ends_at,
            Week.ends_at >= before,
        )
        .exists()
    )
