"""How the installation is: what its tables say, and the marks that worker and backups leave."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from webapp.db import db
from webapp.models import Booking, Email

# What is due goes out within seconds; a mail server's bad hour is no illness of ours.
OVERDUE_AFTER = timedelta(minutes=15)
ALIVE = "worker-alive"
BACKUPS = "training-*.zip"


@dataclass(frozen=True)
class MailQueue:
    waiting: int
    # Due for a while, and nobody has tried.
    overdue: int
    given_up: int
    newest_at: datetime | None


def mail_queue(now: datetime) -> MailQueue:
    is_waiting = (Email.sent_at.is_(None), Email.gave_up_at.is_(None), Email.message.is_not(None))
    row = db.session.execute(
        select(
            func.count().filter(*is_waiting),
            func.count().filter(*is_waiting, Email.next_try_at < now - OVERDUE_AFTER),
            func.count().filter(Email.gave_up_at.is_not(None)),
            func.max(Email.queued_at),
        ).select_from(Email)
    ).one()
    return MailQueue(*row)


def bookings_by_state() -> dict[str, int]:
    counted = select(Booking.state, func.count()).group_by(Booking.state).order_by(Booking.state)
    return {state.value: number for state, number in db.session.execute(counted)}


def is_sound() -> bool:
    """SQLite can look itself through; PostgreSQL has checksums of its own."""
    if db.engine.dialect.name != "sqlite":
        return True
    return bool(db.session.scalar(text("PRAGMA quick_check(1)")) == "ok")


def database_moment() -> datetime | None:
    """The clock of the database's machine; None where it is ours."""
    if db.engine.dialect.name == "sqlite":
        return None
    return db.session.scalar(select(func.clock_timestamp()))


def mark_alive(instance: Path) -> None:
    """By the worker, each time round. Where nothing may be written the tables have to tell."""
    with suppress(OSError):
        (instance / ALIVE).touch(mode=0o600)


def worker_seen_at(instance: Path) -> datetime | None:
    return _changed_at(instance / ALIVE)


def backups(folder: Path) -> list[Path]:
    """The newest first: their names tell the time."""
    return sorted(folder.glob(BACKUPS), reverse=True)


def backed_up_at(folder: Path) -> datetime | None:
    return max(filter(None, map(_changed_at, backups(folder))), default=None)


def _changed_at(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
