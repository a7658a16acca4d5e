"""What is held about one person, gathered for that person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from webapp.db import db
from webapp.models import (
    Booking,
    CourseDate,
    Email,
    Ending,
    Interest,
    Practitioner,
    TeamBooking,
    TeamMember,
)
from webapp.services import practitioners, team_bookings, telling


@dataclass(frozen=True)
class Held:
    """The rows, each kind in the order in which they came about."""

    practitioner: Practitioner | None
    bookings: Sequence[Booking]
    teams: Sequence[TeamBooking]
    interests: Sequence[Interest]
    # Of which dates they were told, by the id of the interest.
    told: Mapping[int, Sequence[CourseDate]]
    emails: Sequence[Email]


def held_about(practitioner: Practitioner) -> Held:
    """Everything but what somebody else said who had mistyped this address."""
    return _held(practitioner, practitioner.email)


def held_at(address: str) -> Held:
    """The same of whoever has this address, if they never booked, too."""
    return _held(practitioners.find(address), address)


def _held(practitioner: Practitioner | None, address: str) -> Held:
    bookings = db.session.scalars(
        select(Booking)
        .where(
            Booking.practitioner_id == (practitioner.id if practitioner else None),
            Booking.ending.is_distinct_from(Ending.ADDRESS_CORRECTED),
        )
        .order_by(Booking.booked_at, Booking.id)
        .options(
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).joinedload(CourseDate.venue),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            joinedload(Booking.agency),
            joinedload(Booking.terms),
            joinedload(Booking.access_needs),
            joinedload(Booking.certificate),
            joinedload(Booking.evaluation),
            joinedload(Booking.team_member).joinedload(TeamMember.team_booking),
            selectinload(Booking.invites),
        )
    ).all()
    interests = db.session.scalars(
        select(Interest)
        .where(Interest.email == address)
        .order_by(Interest.registered_at, Interest.id)
        .options(joinedload(Interest.course))
    ).all()
    emails = db.session.scalars(
        select(Email)
        .where(Email.to == address)
        .order_by(Email.queued_at, Email.id)
        .options(defer(Email.message, raiseload=True))
    ).all()
    told = {key: [one.date for one in dates] for key, dates in telling.told(interests).items()}
    teams = team_bookings.made_by(practitioner) if practitioner else []
    return Held(practitioner, bookings, teams, interests, told, emails)
