"""Who may sign in and what for, as administrators keep it: asked in, changed, closed, opened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webapp.db import db, fetch, lock
from webapp.errors import Refused
from webapp.formats.words import listed
from webapp.models import Agency, Organiser, Role, RoleName
from webapp.services import organisers, second_factor
from webapp.services.paging import Page, page

TAKEN = "There is an account for this address already"
CLOSED = "There is a closed account for this address: choose it in the list, and open it again"
NOT_YOUR_OWN = "Another administrator has to do that for you, so that there is always one."
FORGOTTEN = "An administrator switched off your second factor: your password alone signs you in."
NO_LONGER = "You are no longer an administrator."


@dataclass(frozen=True, kw_only=True)
class Powers:
    """What somebody is called, what they may do, and for reporters whose figures they see."""

    name: str | None
    roles: Collection[RoleName]
    agency: Agency | None = None


def listed_by_name(number: int = 1) -> Page[Organiser]:
    """A page of all accounts, those that are open first."""
    known_by = func.lower(func.coalesce(Organiser.name, Organiser.email))
    return page(
        select(Organiser)
        .options(joinedload(Organiser.agency))
        .order_by(Organiser.active.desc(), known_by, Organiser.id),
        number,
    )


def get(organiser_id: int) -> Organiser:
    """Raises NotFound."""
    return fetch(Organiser, organiser_id)


def add(email: str, powers: Powers, *, by: Organiser, now: datetime) -> Organiser:
    """A new account, and the way to a password by mail. Raises Refused when there is one."""
    _hold(by)
    if there := organisers.find(email):
        raise Refused(TAKEN if there.active else CLOSED)
    made = organisers.add(email, name=powers.name, role=next(iter(powers.roles)), now=now)
    _give(made, powers)
    organisers.send_password_link(made, now=now)
    return made


def change(organiser: Organiser, powers: Powers, *, by: Organiser, now: datetime) -> None:
    """Another name, other roles; who may do something else from now on is told by mail.

    Raises Refused when somebody would stop being an administrator by their own hand: whoever
    takes that from others keeps it, so the last administrator stays.
    """
    _hold(by)
    if organiser == by and RoleName.ADMINISTRATOR not in powers.roles:
        raise Refused(NOT_YOUR_OWN)
    before = set(organiser.role_names)
    _give(organiser, powers)
    if organiser.active and before != set(powers.roles):
        now_are = listed(_in_order(powers.roles))
        organisers.tell(organiser, f"Your account is now for: {now_are}.", now=now)


def close(organiser: Organiser, *, by: Organiser) -> None:
    """End every way in. Raises Refused for one's own account."""
    _hold(by)
    if organiser == by:
        raise Refused(NOT_YOUR_OWN)
    organisers.close(organiser)


def open_again(organiser: Organiser, *, by: Organiser, now: datetime) -> None:
    """Let somebody in again, as who they were, once they have chosen a password."""
    _hold(by)
    organiser.active = True
    organisers.send_password_link(organiser, now=now)


def forget_second_factor(organiser: Organiser, *, by: Organiser, now: datetime) -> None:
    """For a colleague who lost phone and recovery codes: wherever they are signed in, whoever found
    the phone may be, and no longer is. They are told, in case it was not them.

    Raises Refused for one's own, which asks for the password: see the page of one's account.
    """
    _hold(by)
    if organiser == by:
        raise Refused(NOT_YOUR_OWN)
    second_factor.turn_off(organiser)
    organisers.end_sessions(organiser)
    organisers.tell(organiser, FORGOTTEN, now=now)


def _hold(by: Organiser) -> None:
    """Make every other administrator who changes an account wait, and look at our own again: they
    may have closed it meanwhile, and of two who close each other's one must stay."""
    lock(Role.name, Role.name == RoleName.ADMINISTRATOR)
    db.session.refresh(by)
    if not (by.active and by.is_administrator):
        raise Refused(NO_LONGER)


def _give(organiser: Organiser, powers: Powers) -> None:
    organiser.name = powers.name
    organiser.roles = [organisers.role_named(name) for name in _in_order(powers.roles)]
    organiser.agency = powers.agency if RoleName.REPORTER in powers.roles else None
    db.session.flush()


def _in_order(roles: Collection[RoleName]) -> list[RoleName]:
    return [name for name in RoleName if name in roles]
