"""How often somebody may try, each try counted in a transaction of its own: a request that fails
afterwards rolls back, and its try has still been made."""

from datetime import timedelta

from flask import request

from webapp import clock
from webapp.db import db
from webapp.models import Organiser
from webapp.services import attempts

WITHIN = timedelta(minutes=15)
OF_ACCOUNT, FROM_ADDRESS, CODES = 10, 30, 5
LINKS, LINKS_WITHIN = 5, timedelta(hours=1)


def one_password(email: str) -> int:
    """A try at the password of an account, whether or not there is such an account."""
    _count("password", email, OF_ACCOUNT)
    return _count("password from", _from(), FROM_ADDRESS)


def password_was_right(email: str, attempt: int) -> None:
    """What failed for this account before is forgotten; of where it came from, only this is."""
    attempts.forget("password", email)
    attempts.take_back(attempt)


def one_code(organiser: Organiser) -> None:
    """A try at a second factor or a recovery code."""
    _count("code", str(organiser.id), CODES)


def code_was_right(organiser: Organiser) -> None:
    attempts.forget("code", str(organiser.id))


def one_request_for_a_link() -> None:
    _count("password link from", _from(), FROM_ADDRESS)


def one_link(email: str) -> None:
    """A link to choose a password, mailed to this address."""
    _count("password link", email, LINKS, LINKS_WITHIN)


def _count(kind: str, subject: str, limit: int, within: timedelta = WITHIN) -> int:
    attempt = attempts.count_and_refuse(kind, subject, limit=limit, within=within, now=clock.now())
    db.session.commit()
    return attempt


def _from() -> str:
    return request.remote_addr or "nowhere"
