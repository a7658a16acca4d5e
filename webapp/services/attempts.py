"""Who tried what how often: counted in the database, where every process sees the same number."""

import hmac
from datetime import datetime, timedelta
from math import ceil

from flask import current_app
from sqlalchemy import bindparam, delete, select

from webapp.db import db
from webapp.errors import TooManyTries
from webapp.formats.words import counted
from webapp.models import Attempt

# Asked at most that is pressed, so they are built once.
TOO_OLD = (
    delete(Attempt)
    .where(Attempt.kind == bindparam("what"), Attempt.at <= bindparam("since"))
    .execution_options(synchronize_session=False)
)
TRIES = (
    select(Attempt.at)
    .where(Attempt.kind == bindparam("what"), Attempt.subject == bindparam("who"))
    .order_by(Attempt.at)
)


def count_and_refuse(
    kind: str, subject: str, *, limit: int, within: timedelta, now: datetime
) -> Attempt:
    """Count one more try of `kind` by `subject`, or raise TooManyTries when `limit` were made.

    To be called before the thing is tried, and committed by itself: a try that fails counts, and
    so do tries made side by side. One `kind` always has the same `within`.
    """
    since = now - within
    db.session.execute(TOO_OLD, {"what": kind, "since": since})
    who = _pseudonym(subject)
    tries = db.session.scalars(TRIES, {"what": kind, "who": who}).all()
    if len(tries) >= limit:
        minutes = ceil((tries[-limit] + within - now) / timedelta(minutes=1))
        raise TooManyTries(f"There were too many tries. Try again in {counted(minutes, 'minute')}.")
    attempt = Attempt(kind=kind, subject=who, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def take_back(attempt: Attempt) -> None:
    """It went well, so it does not count."""
    db.session.delete(attempt)


def forget(kind: str, subject: str) -> None:
    """It went well, so the failures before it do not count any more."""
    db.session.execute(
        delete(Attempt).where(Attempt.kind == kind, Attempt.subject == _pseudonym(subject))
    )


def _pseudonym(subject: str) -> str:
    """The same for the same subject, and nobody without the key can tell whose it is."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"attempt:{subject.lower()}".encode(), "sha256").hex()
