"""The list of sectors and agencies as administrators keep it: added, renamed, made one.

Bookings belong to an agency, whatever it is called by now; so renaming one loses nothing that was
counted, and merging two moves what was counted of the one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, fetch, lock
from webapp.errors import Refused
from webapp.formats.plain_text import slug
from webapp.models import (
    Agency,
    Booking,
    DateMessage,
    EmailDomain,
    Organiser,
    RepeatedTry,
    Sector,
)
from webapp.services import held_places, places, waiting_list

# Behind all others: an "Another ..." stays at the end, whatever is added later.
LAST = 999
NAME_TAKEN = "This sector has an agency of this name already."
NO_LEAD = "This stands for many employers, so nobody leads on training there. Leave this empty"
JUST_BOOKED = "Somebody has just booked from there. Try once more."


@dataclass(frozen=True)
class Moved:
    """What goes, or went, over to the other agency."""

    bookings: int
    people: int
    domains: Sequence[str]
    reporters: int


def everything() -> Sequence[Sector]:
    """All sectors with their agencies and domains, in the order people are shown."""
    return db.session.scalars(
        select(Sector)
        .options(selectinload(Sector.agencies).selectinload(Agency.email_domains))
        .order_by(Sector.position, Sector.id)
    ).all()


def get_sector(sector_id: int) -> Sector:
    return fetch(Sector, sector_id)


def known_as(name: str, sector: Sector) -> Agency | None:
    """The sector's agency of this name, or the one that had it before or took it over."""
    agencies = db.session.scalars(select(Agency).order_by(Agency.id)).all()
    here = [agency for agency in agencies if agency.sector_id == sector.id]
    return next(
        chain(
            (agency for agency in here if agency.name == name),
            (agency for agency in [*here, *agencies] if name in agency.former_names),
        ),
        None,
    )


def counts() -> dict[int, int]:
    """How many bookings each agency has, by its id; those without any are left out."""
    rows = db.session.execute(select(Booking.agency_id, func.count()).group_by(Booking.agency_id))
    return {agency_id: int(number) for agency_id, number in rows}


def add_sector(name: str) -> Sector:
    """A sector behind the others. Raises Refused when one has the name."""
    _refuse_taken_sector(name, None)
    there = db.session.scalars(select(Sector)).all()
    slugs = {sector.slug for sector in there}
    names = ((slug(name) or "sector") + (f"-{number}" if number else "") for number in count())
    sector = Sector(
        slug=next(one for one in names if one not in slugs),
        name=name,
        position=max((sector.position for sector in there), default=0) + 1,
    )
    db.session.add(sector)
    db.session.flush()
    return sector


def rename_sector(sector: Sector, name: str) -> None:
    """Raises Refused when another has the name."""
    _refuse_taken_sector(name, sector.id)
    sector.name = name


def add(sector: Sector, name: str, domains: Sequence[str]) -> Agency:
    """An agency behind those of its sector, but before its "Another". Raises Refused."""
    _refuse_taken(sector, name, None)
    places = [agency.position for agency in sector.agencies if agency.position < LAST]
    agency = Agency(sector=sector, name=name, position=max(places, default=0) + 1)
    db.session.add(agency)
    db.session.flush()
    _set_domains(agency, domains)
    return agency


def change(agency: Agency, name: str, domains: Sequence[str]) -> None:
    """Rename it, which keeps its bookings and what it was called, and say whose mail it has.

    Raises Refused.
    """
    _refuse_taken(agency.sector, name, agency.id)
    if agency.name != name:
        agency.former_names = _without(name, [*agency.former_names, agency.name])
        agency.name = name
    _set_domains(agency, domains)


def name_lead(agency: Agency, name: str | None, email: str | None) -> None:
    """Who leads on training there, to be told when places are missed again and again; or nobody.

    Raises Refused for "A primary school", whose people are of many employers.
    """
    if email and agency.stands_for_many:
        raise Refused(NO_LEAD)
    agency.lead_name, agency.lead_email = name, email


def would_move(agency: Agency) -> Moved:
    bookings, people = db.session.execute(
        select(func.count(), func.count(Booking.practitioner_id.distinct())).where(
            Booking.agency_id == agency.id
        )
    ).one()
    reporters = db.session.scalar(
        select(func.count()).select_from(Organiser).where(Organiser.agency_id == agency.id)
    )
    domains = sorted(domain.domain for domain in agency.email_domains)
    return Moved(bookings, people, domains, reporters or 0)


def merge(agency: Agency, into: Agency, *, now: datetime) -> Moved:
    """Everything of the one is the other's from now on, and the one is gone. Its people may be of
    another sector by it, for which places are held, or no longer of one. Raises Refused."""
    if agency.id == into.id:
        raise Refused("Choose another agency: it cannot be merged with itself.")
    dates = held_places.dates_of(agency, now) if agency.sector_id != into.sector_id else []
    for date in dates:
        places.hold(date)
    lock(Agency.position, Agency.id.in_([agency.id, into.id]))
    moved = would_move(agency)
    for column in (
        Booking.agency_id,
        DateMessage.agency_id,
        EmailDomain.agency_id,
        Organiser.agency_id,
    ):
        db.session.execute(
            update(column.class_).where(column == agency.id).values({column: into.id})
        )
    for repeated in db.session.scalars(select(RepeatedTry)):
        if repeated.answers.get("agency") == agency.id:
            repeated.answers = {**repeated.answers, "agency": into.id}
    names = [*into.former_names, *agency.former_names, agency.name]
    into.former_names = _without(into.name, names)
    db.session.expire(agency, ["email_domains"])
    db.session.expire(into, ["email_domains"])
    db.session.delete(agency)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(JUST_BOOKED) from None
    for date in dates:
        waiting_list.offer_free_places(date, now=now)
    return moved


def others(agency: Agency) -> Sequence[Agency]:
    """Which it could be merged into, those of its own sector first."""
    found = db.session.scalars(
        select(Agency)
        .where(Agency.id != agency.id)
        .join(Agency.sector)
        .order_by(Sector.position, Sector.id, Agency.position, Agency.name)
        .options(joinedload(Agency.sector))
    ).all()
    return sorted(found, key=lambda other: other.sector_id != agency.sector_id)


def _without(name: str, names: Sequence[str]) -> list[str]:
    """Each name once, and not this one."""
    return [one for one in dict.fromkeys(names) if one != name]


def _refuse_taken(sector: Sector, name: str, but: int | None) -> None:
    for agency in sector.agencies:
        if agency.id != but and agency.name.casefold() == name.casefold():
            raise Refused(NAME_TAKEN)


def _refuse_taken_sector(name: str, but: int | None) -> None:
    for sector in db.session.scalars(select(Sector)):
        if sector.id != but and sector.name.casefold() == name.casefold():
            raise Refused("There is a sector of this name already.")


def _set_domains(agency: Agency, domains: Sequence[str]) -> None:
    """Raises Refused when another agency has one of them."""
    elsewhere = db.session.scalars(
        select(EmailDomain)
        .where(EmailDomain.domain.in_(domains), EmailDomain.agency_id != agency.id)
        .options(joinedload(EmailDomain.agency))
    ).first()
    if elsewhere is not None:
        raise Refused(f"{elsewhere.domain} belongs to {elsewhere.agency.name} already.")
    mine = {domain.domain: domain for domain in agency.email_domains}
    for domain in mine.keys() - set(domains):
        db.session.delete(mine[domain])
    for domain in dict.fromkeys(domains):
        if domain not in mine:
            db.session.add(EmailDomain(agency_id=agency.id, domain=domain))
    db.session.flush()
    db.session.expire(agency, ["email_domains"])
