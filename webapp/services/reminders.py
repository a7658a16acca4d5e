"""Who has a place is reminded: some days before, some working days before, and on the morning of an
online session. All is reckoned from the date as it stands now, so a moved date moves them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.formats import working_time
from webapp.models import BookingState, CourseDate, DateState, Partnership
from webapp.services import joining, links, notices, partnership, places

REMINDER, MORNING = "reminder", "reminder_online"
# When mail is read; and, of an online session, when there is still time to find the link.
HOUR, EARLY = time(9), time(8)
AHEAD_OF_IT = timedelta(hours=1)
# Who was written to in the day before knows it all, such as who has just booked.
IS_FRESH = timedelta(days=1)
# What could not go in time, such as while no worker ran, is no longer of use.
IS_STALE = timedelta(hours=12)
# More than any setting reaches back, with bank holidays and weekends.
LONGEST = timedelta(days=90)


def plan(date: CourseDate, ours: Partnership) -> list[tuple[datetime, str]]:
    """When which mail goes, soonest first; empty while the date has no day."""
    if date.starts_at is None:
        return []
    day = london(date.starts_at).date()
    days = {day - timedelta(days=before) for before in ours.reminder_days}
    if ours.reminder_working_days:
        days.add(working_time.of(ours).days_before(day, ours.reminder_working_days))
    due = [(datetime.combine(one, HOUR, LONDON), REMINDER) for one in days]
    if ours.reminds_online and date.is_online:
        early = datetime.combine(day, EARLY, LONDON)
        due.append((min(early, date.starts_at - AHEAD_OF_IT), MORNING))
    return sorted((at, kind) for at, kind in due if at < date.starts_at)


def still_to_come(date: CourseDate, now: datetime) -> list[tuple[datetime, str]]:
    """Which will go, as the date stands."""
    if date.state is not DateState.PUBLISHED:
        return []
    return [(at, kind) for at, kind in plan(date, partnership.get()) if at > now]


def due_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates whose people are to be reminded now."""
    ours = db.session.scalar(select(Partnership).limit(1))
    if ours is None:
        return []
    soon = db.session.scalars(joining.coming(now, now + LONGEST))
    return [date for date in soon if _latest(date, ours, now)]


def send_if_due(date: CourseDate, *, now: datetime) -> int | None:
    """Remind everybody with a place whom no mail has told it all since the day before.

    Says how many; None when there is nothing to do, or somebody else was quicker.
    """
    places.hold(date)
    ours = partnership.get()
    latest = _latest(date, ours, now) if date.state is DateState.PUBLISHED else None
    if latest is None or date.has_started(now):
        return None
    due, kind = latest
    date.reminded_at = due
    if due <= now - IS_STALE or (kind == MORNING and not date.join_link):
        return 0
    told = joining.told_since(date, due - IS_FRESH, (*joining.SAY_IT_ALL, joining.KIND))
    people = [one for one in places.everybody(date, BookingState.CONFIRMED) if one.id not in told]
    db.session.add_all(
        notices.letter(kind, one, token=links.booking_token(one), ours=ours, now=now)
        for one in people
    )
    return len(people)


def _latest(date: CourseDate, ours: Partnership, now: datetime) -> tuple[datetime, str] | None:
    """The last one due by now, unless it has gone: of several that were missed one is enough."""
    due = [(at, kind) for at, kind in plan(date, ours) if at <= now]
    return due[-1] if due and (date.reminded_at is None or due[-1][0] > date.reminded_at) else None
