"""Where somebody is known, in whatever part: for administrators who answer a person's request.

Known by an address, as there are people who never booked: line managers, whoever is interested.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, null, or_, select
from sqlalchemy.orm import aliased, defer, joinedload

from webapp.db import db
from webapp.formats.search import plain, speaks_of
from webapp.models import (
    AddressChange,
    Agency,
    AuditLine,
    Booking,
    CourseDate,
    Email,
    Interest,
    Organiser,
    Practitioner,
    TeamBooking,
    TeamMember,
)
from webapp.services import own_data
from webapp.services.outbox import NOBODY
from webapp.services.own_data import Held
from webapp.services.paging import Few

MOST = 50


@dataclass(frozen=True)
class Elsewhere:
    """Beside what they see of themselves: what others said of them, and what was done about it."""

    # Of somebody else, who named them as their line manager.
    managed: Sequence[Booking]
    # On a list of colleagues that somebody booked for.
    named: Sequence[TeamMember]
    leads: Sequence[Agency]
    # Somebody asked for this to be their address, and nobody confirmed it so far.
    changes: Sequence[AddressChange]
    accounts: Sequence[Organiser]
    # To somebody else, about their bookings.
    emails: Sequence[Email]
    lines: Sequence[AuditLine]


def find(text: str) -> Few[tuple[str, Sequence[str]]]:
    """Addresses that are known, each with the names they were known by, where either speaks of
    this text."""
    names = _names()
    found = [
        (address, sorted(called, key=plain))
        for address, called in names.items()
        if speaks_of(text, [address, *called])
    ]
    found.sort(key=lambda one: (plain(" ".join(one[1])), one[0]))
    return Few(found[:MOST], len(found))


def everything(address: str) -> tuple[Held, Elsewhere]:
    held = own_data.held_at(address)
    return held, _elsewhere(address, held.practitioner.id if held.practitioner else None)


def _names() -> Mapping[str, set[str]]:
    booker = aliased(Practitioner)
    names: dict[str, set[str]] = {}
    queries: list[Select[Any, Any]] = [
        select(Practitioner.email, Booking.name).outerjoin(Practitioner.bookings),
        select(Booking.manager_email, Booking.manager_name),
        select(Practitioner.email, TeamMember.name).join(TeamMember.practitioner),
        select(booker.email, TeamBooking.booker_name).join(TeamBooking.booker.of_type(booker)),
        select(Interest.email, Interest.name),
        select(Agency.lead_email, Agency.lead_name),
        select(AddressChange.new_email, null()),
        select(Organiser.email, Organiser.name),
        select(Email.to, null()),
    ]
    for query in queries:
        for address, name in db.session.execute(query.distinct()):
            if address and not address.endswith(f"@{NOBODY}"):
                names.setdefault(address.lower(), set()).update([name] if name else [])
    return names


def _elsewhere(address: str, practitioner_id: int | None) -> Elsewhere:
    theirs = select(Booking.id).where(Booking.practitioner_id == practitioner_id)
    team = joinedload(TeamMember.team_booking).joinedload(TeamBooking.course_date)
    known_as, scalars = f"person {practitioner_id}", db.session.scalars
    return Elsewhere(
        scalars(
            select(Booking)
            .where(Booking.manager_email == address)
            .order_by(Booking.booked_at, Booking.id)
        ).all(),
        scalars(
            select(TeamMember)
            .where(TeamMember.practitioner_id == practitioner_id)
            .order_by(TeamMember.id)
            .options(team.joinedload(CourseDate.course))
        ).all(),
        scalars(select(Agency).where(Agency.lead_email == address).order_by(Agency.id)).all(),
        scalars(select(AddressChange).where(AddressChange.new_email == address)).all(),
        scalars(select(Organiser).where(Organiser.email == address)).all(),
        scalars(
            select(Email)
            .where(Email.booking_id.in_(theirs), Email.to != address)
            .order_by(Email.queued_at, Email.id)
            .options(defer(Email.message, raiseload=True))
        ).all(),
        scalars(
            select(AuditLine)
            .where(or_(AuditLine.booking_id.in_(theirs), AuditLine.detail == known_as))
            .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        ).all(),
    )
