"""Where people can say they work, and what the domain of their email suggests."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, fetch
from webapp.models import Agency, EmailDomain, Sector

NAMES = (
    select(Sector.name, Agency.id, Agency.name)
    .outerjoin(Sector.agencies)
    .order_by(Sector.position, Sector.id, Agency.position, Agency.name)
)


def sectors() -> Sequence[Sector]:
    """All sectors with their agencies, in the order people are shown."""
    return db.session.scalars(
        select(Sector).options(selectinload(Sector.agencies)).order_by(Sector.position)
    ).all()


def choices() -> dict[str, dict[int, str]]:
    """The names of agencies by their ids, under those of their sectors, in the same order."""
    found: dict[str, dict[int, str]] = {}
    for sector, key, name in db.session.execute(NAMES):
        there = found.setdefault(sector, {})
        if key is not None:
            there[key] = name
    return found


def get(agency_id: int) -> Agency:
    return fetch(Agency, agency_id)


def suggested(email: str) -> Agency | None:
    """The agency of the longest domain that this address's domain is, or lies below."""
    return suggested_for([email]).get(email)


def suggested_for(emails: Sequence[str]) -> dict[str, Agency]:
    """The same of each of these addresses that suggests one, in one query."""
    above = {email: _above(email) for email in emails}
    wanted = {domain for domains in above.values() for domain in domains}
    found = db.session.scalars(
        select(EmailDomain)
        .where(EmailDomain.domain.in_(wanted))
        .options(joinedload(EmailDomain.agency))
    )
    known = {domain.domain: domain.agency for domain in found}
    return {
        email: next(known[domain] for domain in domains if domain in known)
        for email, domains in above.items()
        if not known.keys().isdisjoint(domains)
    }


def _above(email: str) -> list[str]:
    """The domain of this address and those it lies below, the longest first."""
    labels = email.rpartition("@")[2].lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]
