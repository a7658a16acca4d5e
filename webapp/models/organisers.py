"""The people who sign in, and what their role lets them do."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db import Base

if TYPE_CHECKING:
    from webapp.models.agencies import Agency


class RoleName(StrEnum):
    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    TRAINER = "trainer"
    REPORTER = "reporter"


organiser_role = Table(
    "organiser_role",
    Base.metadata,
    Column("organiser_id", ForeignKey("organiser.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Base, RoleMixin):
    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]
    permissions: Mapped[list[str] | None]


class Organiser(Base, UserMixin):
    """Somebody of the partnership's business unit, or a trainer or reporter, with a password."""

    __tablename__ = "organiser"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    # Flask-Security: changes whenever every session must end.
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    # Which half minute the last accepted code was for: no code is accepted twice.
    last_code_at: Mapped[int | None]
    # Flask-Security takes used ones out of the list itself, which must be noticed.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON))
    # Raised to make the links already sent stop working.
    link_generation: Mapped[int] = mapped_column(default=0)
    # Raised to give their calendar feeds other addresses.
    feed_generation: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    # Whose figures a reporter sees.
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"))

    agency: Mapped[Agency | None] = relationship()
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=organiser_role, lazy="selectin"
    )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def role_names(self) -> list[RoleName]:
        return [RoleName(role.name) for role in self.roles]

    @property
    def is_administrator(self) -> bool:
        return any(role.name == RoleName.ADMINISTRATOR for role in self.roles)
