"""Where people can say they work, and what the domain of their email suggests."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, fetch
from webapp.models import Agency, EmailDomain, Sector


def sectors() -> Sequence[Sector]:
    """All sectors with their agencies, in the order people are shown."""
    return db.session.scalars(
        select(Sector).options(selectinload(Sector.agencies)).order_by(Sector.position)
    ).all()


def get(agency_id: int) -> Agency:
    return fetch(Agency, agency_id)


def suggested(email: str) -> Agency | None:
    """The agency of the longest domain that this address's domain is, or lies below."""
    labels = email.rpartition("@")[2].lower().split(".")
    above = [".".join(labels[start:]) for start in range(len(labels))]
    found = db.session.scalars(
        select(EmailDomain)
        .where(EmailDomain.domain.in_(above))
        .options(joinedload(EmailDomain.agency))
        .order_by(func.length(EmailDomain.domain).desc())
        .limit(1)
    ).first()
    return found.agency if found else None
