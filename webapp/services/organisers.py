"""The people with an account: found, invited, let in by their password, and what they are told."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from flask_security import hash_password, verify_and_update_password
from sqlalchemy import func, select

from webapp.db import db
from webapp.models import Organiser, Role, RoleName
from webapp.services import audit, links, outbox

SHORTEST_PASSWORD = 12


def find(email: str) -> Organiser | None:
    return db.session.scalar(select(Organiser).where(Organiser.email == email.lower()))


def of_session(uniquifier: str) -> Organiser | None:
    """Whose sessions carry this word."""
    return db.session.scalar(select(Organiser).where(Organiser.fs_uniquifier == uniquifier))


def everybody() -> Sequence[Organiser]:
    """All accounts, by the name they are known by, with their roles."""
    known_by = func.lower(func.coalesce(Organiser.name, Organiser.email))
    return db.session.scalars(select(Organiser).order_by(known_by, Organiser.id)).all()


def with_password(email: str, password: str) -> Organiser | None:
    """Whose email and password these are. Takes as long when there is no such account."""
    organiser = find(email)
    if organiser is None or organiser.password is None:
        hash_password(password)
        return None
    return organiser if has_password(organiser, password) else None


def has_password(organiser: Organiser, password: str) -> bool:
    return organiser.password is not None and verify_and_update_password(
        _one_way_to_type(password), organiser
    )


def set_password(organiser: Organiser, password: str) -> None:
    """Change the password, which ends every session and every link to choose one."""
    organiser.password = hash_password(_one_way_to_type(password))
    organiser.link_generation += 1
    end_sessions(organiser)


def end_sessions(organiser: Organiser) -> None:
    organiser.fs_uniquifier = uuid4().hex


def add(
    email: str, *, name: str | None, role: RoleName, now: datetime, is_demonstration: bool = False
) -> Organiser:
    """A new account, without a password yet."""
    organiser = Organiser(
        email=email.lower(),
        name=name,
        active=True,
        fs_uniquifier=uuid4().hex,
        link_generation=0,
        created_at=now,
        is_demonstration=is_demonstration,
        roles=[role_named(role)],
    )
    db.session.add(organiser)
    db.session.flush()
    return organiser


def invite(email: str, *, name: str | None, role: RoleName | None, now: datetime) -> Organiser:
    """Mail somebody the way to a password, with an account if they have none.

    A new account is an administrator's unless `role` says otherwise; one that is there keeps its
    role unless told.
    """
    organiser = find(email)
    if organiser is None:
        organiser = add(email, name=name, role=role or RoleName.ADMINISTRATOR, now=now)
    elif role is not None:
        organiser.roles = [role_named(role)]
    organiser.active = True
    organiser.name = name or organiser.name
    audit.record(organiser, "was invited", detail=", ".join(organiser.role_names), now=now)
    send_password_link(organiser, now=now)
    return organiser


def close(organiser: Organiser) -> None:
    """Let somebody in no longer: not by password, link, feed or a session that is still open."""
    organiser.active, organiser.password = False, None
    organiser.link_generation += 1
    renew_feeds(organiser)
    end_sessions(organiser)


def renew_feeds(organiser: Organiser) -> None:
    """Give their calendar feeds other addresses; who has an old one sees nothing any more."""
    organiser.feed_generation += 1


def send_password_link(organiser: Organiser, *, now: datetime) -> None:
    """Mail the link to choose a password: the first one, or a new one for a forgotten one."""
    forgotten = organiser.password is not None
    outbox.queue(
        "password_forgotten" if forgotten else "organiser_invited",
        to=organiser.email,
        now=now,
        organiser=organiser,
        token=links.password_token(organiser, now),
        ends_at=now + (links.PASSWORD_LINK_LASTS if forgotten else links.INVITATION_LASTS),
    )


def write_to_nobody(email: str, *, now: datetime) -> None:
    """The work of such a mail without an account, so that the time it takes tells nothing."""
    nobody = Organiser(id=0, email=email, password="", link_generation=0)
    outbox.write(
        "password_forgotten",
        to=email,
        now=now,
        organiser=nobody,
        token=links.password_token(nobody, now),
        ends_at=now + links.PASSWORD_LINK_LASTS,
    )


def tell(organiser: Organiser, what: str, *, now: datetime) -> None:
    """Mail somebody that their account was changed, in case it was not them."""
    outbox.queue("account_changed", to=organiser.email, now=now, organiser=organiser, what=what)


def role_named(name: RoleName) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        db.session.add(role)
    return role


def _one_way_to_type(password: str) -> str:
    """The same letters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
