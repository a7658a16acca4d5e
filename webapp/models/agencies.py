"""Where practitioners work: sectors, their agencies, and the email domains that give them away."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

# "A primary school", "Another health organisation".
STANDS_FOR_MANY = ("a ", "an ", "another ")


class Sector(Base):
    """A part of the safeguarding system: police, health, education, ..."""

    __tablename__ = "sector"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    position: Mapped[int]
    # What percentage of the places of a date it is meant to have; None where nobody said.
    aim: Mapped[int | None]

    agencies: Mapped[list[Agency]] = relationship(
        back_populates="sector", order_by="(Agency.position, Agency.name)"
    )


class Agency(Base):
    """One employer of practitioners, or "another one" of its sector."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("sector_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sector_id: Mapped[int] = mapped_column(ForeignKey("sector.id"))
    name: Mapped[str]
    position: Mapped[int]
    # What it was called before, and those that were merged into it: loading the seeds again, or a
    # list from elsewhere, knows it by them still.
    former_names: Mapped[list[str]] = mapped_column(default=list)

    # Who answers there for training: told when places are missed again and again.
    lead_name: Mapped[str | None]
    lead_email: Mapped[str | None]

    sector: Mapped[Sector] = relationship(back_populates="agencies")
    email_domains: Mapped[list[EmailDomain]] = relationship(back_populates="agency")

    @property
    def stands_for_many(self) -> bool:
        """Whether the name says what kind of employer it is, and not which one."""
        return stands_for_many(self.name)


def stands_for_many(name: str) -> bool:
    return name.lower().startswith(STANDS_FOR_MANY)


class EmailDomain(Base):
    """Mail from this domain, or one below it, suggests the agency."""

    __tablename__ = "email_domain"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    domain: Mapped[str] = mapped_column(unique=True)

    agency: Mapped[Agency] = relationship(back_populates="email_domains")
