"""Records that are kept no longer than the partnership chose: which are due, and forgetting them a
few at a time. What is counted stays.

Mails are looked after by `old_mails`: their words are in files, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, SelectBase, delete, func, or_, select, update

from webapp.clock import london
from webapp.db import db, lock
from webapp.models import Attempt, AuditLine, Interest, Partnership
from webapp.services import forgetting, old_bookings, old_dates, old_mails, old_news, partnership
from webapp.services.old_dates import DAY, YEAR
from webapp.services.seats import CHANGED, NEW_TERMS

MAILS = "Mails"
# As many as are forgotten in one transaction.
AT_ONCE = 50
# The hours in which it is done, on London's clock; and when they were missed, such as on a machine
# that sleeps, after how long it is done at any hour.
NIGHT = range(2, 6)
OVERDUE = timedelta(days=2)
# When which rules were changed is marked beside the figures: the day is kept, and not who it was.
RULES = AuditLine.action.in_([CHANGED, NEW_TERMS])


@dataclass(frozen=True)
class Record:
    """One kind of record: what it is called, the setting that says for how long it is kept, the
    ids that are due, and how they are forgotten."""

    name: str
    setting: str
    due: Callable[[Partnership, datetime], Select[int]]
    forget: Callable[[Sequence[int], Partnership, datetime], None]


@dataclass(frozen=True)
class Due:
    """How many of a kind would be forgotten now."""

    name: str
    setting: str
    number: int


def due(*, now: datetime) -> list[Due]:
    """What has been kept long enough, by kind. Changes nothing."""
    ours = partnership.get()
    return [
        Due(MAILS, "mail_days", _count(old_mails.to_purge(now=now))),
        *(Due(one.name, one.setting, _count(one.due(ours, now))) for one in RECORDS),
    ]


def step(record: Record, after: int, *, now: datetime) -> tuple[int, int]:
    """Forget the next few with ids above `after`: the last of them, and how many they were.

    The caller commits after each. Who else forgets meanwhile waits for that.
    """
    ours = partnership.get()
    lock(Partnership.updated_at, Partnership.id == ours.id)
    query = record.due(ours, now)
    [key] = query.selected_columns
    ids = db.session.scalars(query.where(key > after).order_by(key).limit(AT_ONCE)).all()
    if not ids:
        return after, 0
    record.forget(ids, ours, now)
    db.session.flush()
    db.session.expire_all()
    return ids[-1], len(ids)


def is_time(*, now: datetime) -> bool:
    """Whether what is due is to be forgotten now: once a night, and when nights were missed."""
    last = partnership.get().forgotten_at
    if last is None or last > now or last < now - OVERDUE:
        return True
    return london(now).hour in NIGHT and london(last).date() < london(now).date()


def done(*, now: datetime) -> None:
    partnership.get().forgotten_at = now


def _count(query: SelectBase) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _interests(ours: Partnership, now: datetime) -> Select[int]:
    return select(Interest.id).where(
        Interest.registered_at < now - YEAR * ours.interest_years,
        or_(Interest.name != "", Interest.email != ""),
    )


def _forget_interests(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    forgetting.interests(Interest.id.in_(ids), now=now)


def _audit(ours: Partnership, now: datetime) -> Select[int]:
    return select(AuditLine.id).where(
        AuditLine.at < now - YEAR * ours.audit_years,
        or_(~RULES, AuditLine.organiser_id.is_not(None)),
    )


def _forget_audit(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    old = AuditLine.id.in_(ids)
    db.session.execute(delete(AuditLine).where(old, ~RULES))
    db.session.execute(update(AuditLine).where(old).values(organiser_id=None))


def _attempts(ours: Partnership, now: datetime) -> Select[int]:
    return select(Attempt.id).where(Attempt.at < now - DAY * ours.attempt_days)


def _forget_attempts(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    db.session.execute(delete(Attempt).where(Attempt.id.in_(ids)))


RECORDS = (
    Record("What people need", "access_needs_days", old_bookings.needs, old_bookings.forget_needs),
    Record("Line managers", "manager_days", old_bookings.managers, old_bookings.forget_managers),
    Record(
        "What people wrote of a training",
        "evaluation_years",
        old_bookings.evaluations,
        old_bookings.forget_evaluations,
    ),
    Record("Bookings", "booking_years", old_bookings.bookings, old_bookings.forget_bookings),
    Record(
        "Lists of colleagues booked for",
        "booking_years",
        old_bookings.teams,
        old_bookings.forget_teams,
    ),
    Record(
        "Addresses of people without bookings",
        "booking_years",
        old_bookings.people,
        old_bookings.forget_people,
    ),
    Record("Messages to many", "mail_days", old_dates.messages, old_dates.forget_messages),
    Record(
        "Drafts of messages", "mail_days", old_dates.message_drafts, old_dates.forget_message_drafts
    ),
    Record("Drafts of dates", "booking_years", old_dates.drafts, old_dates.forget_drafts),
    Record("Interest in courses", "interest_years", _interests, _forget_interests),
    Record("Lines of the audit log", "audit_years", _audit, _forget_audit),
    Record("Readings of the news", "news_days", old_news.readings, old_news.forget_readings),
    Record("Counted tries", "attempt_days", _attempts, _forget_attempts),
)
