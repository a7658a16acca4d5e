"""Who tried what how often: counted in the database, where every process sees the same number."""

import hmac
from datetime import datetime, timedelta
from math import ceil

from flask import current_app
from sqlalchemy import bindparam, delete, insert, select

from webapp.db import db
from webapp.errors import TooManyTries
from webapp.formats.words import counted
from webapp.models import Attempt

# Asked at most that is pressed, so they are built once, and of the table: nobody holds such rows.
TABLE = Attempt.metadata.tables[Attempt.__tablename__]
TOO_OLD = delete(TABLE).where(TABLE.c.kind == bindparam("what"), TABLE.c.at <= bindparam("since"))
TRIES = (
    select(TABLE.c.at)
    .where(TABLE.c.kind == bindparam("what"), TABLE.c.subject == bindparam("who"))
    .order_by(TABLE.c.at)
)
ONE_MORE = insert(TABLE)


def count_and_refuse(
    kind: str, subject: str, *, limit: int, within: timedelta, now: datetime
) -> int:
    """Count one more try of `kind` by `subject`, or raise TooManyTries when `limit` were made; its
    number comes back.

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
    facts = {"kind": kind, "subject": who, "at": now}
    made = db.session.connection().execute(ONE_MORE, facts).inserted_primary_key
    assert made is not None
    return int(made[0])


def take_back(attempt: int) -> None:
    """It went well, so it does not count."""
    db.session.execute(delete(Attempt).where(Attempt.id == attempt))


def forget(kind: str, subject: str) -> None:
    """It went well, so the failures before it do not count any more."""
    db.session.execute(
        delete(Attempt).where(Attempt.kind == kind, Attempt.subject == _pseudonym(subject))
    )


def _pseudonym(subject: str) -> str:
    """The same for the same subject, and nobody without the key can tell whose it is."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"attempt:{subject.lower()}".encode(), "sha256").hex()
