"""The way back from an organiser's change that nobody was told of, for a minute.

    was = undoing.look(row, now=now)            # holds it, and sees how it is
    the verb that changes it
    kept = undoing.remember(was, line, now=now)     # None where there is no way back
    undoing.undo(kept, organiser, now=now)      # all as it was, or a sentence why not

One mechanism for every change: it knows rows and what belongs to them, and no page.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from webapp.db import Base, db, lock
from webapp.errors import NotFound, Refused
from webapp.models import (
    AuditLine,
    Booking,
    BookingState,
    Course,
    CourseDate,
    Email,
    Organiser,
    Undo,
    Venue,
)
from webapp.services import audit, row_states
from webapp.services.row_states import States

LASTS = timedelta(minutes=1)
OVER = "A change can be undone for a minute, and that minute is over."
NOT_YOURS = "Only whoever made a change can undo it."
CHANGED_SINCE = "Somebody has changed it since, so your change was not undone."
BOOKED_SINCE = (
    "Somebody has booked or cancelled there since, and knows it as it is now, so your change was"
    " not undone."
)
TAKEN_SINCE = (
    "What was there before is gone, or has been given to something else since, so your change was"
    " not undone."
)


def look(*rows: Base, now: datetime) -> States:
    """Hold these rows, and the dates they speak of, and see how they are."""
    names = {row_states.name(row) for row in rows}
    _hold(names, now)
    return row_states.read(names)


def remember(was: States, *lines: AuditLine, now: datetime) -> int | None:
    """Keep the way back from what was done since `look`; the number by which it is known.

    None where nothing is different, or where somebody was written to. `now` is the change's own,
    `lines` are what the audit log says of it.
    """
    forget(now=now)
    after = row_states.read(was)
    changed = {name: state for name, state in after.items() if state != was[name]}
    if not changed or _somebody_was_told(now):
        return None
    dates = _dates(changed, now)
    kept = Undo(
        organiser_id=lines[0].organiser_id,
        at=now,
        lines=[line.id for line in lines],
        before={name: row_states.different(was[name], changed[name]) for name in changed},
        left=row_states.digest([changed, dates]),
        people=_people(dates),
    )
    db.session.add(kept)
    db.session.flush()
    return kept.id


def undo(key: int, organiser: Organiser, *, now: datetime) -> None:
    """Put back what was there before the change; a second time does nothing. Raises Refused."""
    lock(Undo.at, Undo.id == key)
    kept = db.session.get(Undo, key, populate_existing=True)
    if kept is None or now >= kept.at + LASTS:
        raise Refused(OVER)
    if kept.organiser_id != organiser.id:
        raise Refused(NOT_YOURS)
    if kept.undone_at is not None:
        return
    _hold(kept.before, kept.at)
    _refuse_changed(kept)
    try:
        with db.session.begin_nested():
            for name, state in kept.before.items():
                row_states.put_back(name, state, now=now)
    except (IntegrityError, NotFound):
        raise Refused(TAKEN_SINCE) from None
    for line in db.session.scalars(select(AuditLine).where(AuditLine.id.in_(kept.lines))):
        _record(line, organiser, now)
    kept.before, kept.undone_at = {}, now


def forget(*, now: datetime) -> None:
    """The minute is over."""
    db.session.execute(delete(Undo).where(Undo.at <= now - LASTS))


def _record(line: AuditLine, organiser: Organiser, now: datetime) -> None:
    undone = audit.record(organiser, f"undid: {line.action}", detail=line.detail, now=now)
    undone.course_date_id, undone.booking_id = line.course_date_id, line.booking_id


def _refuse_changed(kept: Undo) -> None:
    dates = _dates(kept.before, kept.at)
    if row_states.digest([row_states.read(kept.before), dates]) != kept.left:
        raise Refused(CHANGED_SINCE)
    if _people(dates) != kept.people:
        raise Refused(BOOKED_SINCE)


def _hold(names: Iterable[str], now: datetime) -> None:
    """Nobody changes these rows meanwhile, or books by what they say. Dates come first, as in
    every verb."""
    lock(CourseDate.capacity, CourseDate.id.in_(_dates(names, now)))
    row_states.hold(names)


def _dates(names: Iterable[str], now: datetime) -> Sequence[int]:
    """The dates that people book by what these rows say, those that are over left out."""
    return db.session.scalars(
        select(CourseDate.id)
        .where(
            or_(
                CourseDate.id.in_(row_states.ids(names, CourseDate)),
                CourseDate.course_id.in_(row_states.ids(names, Course)),
                CourseDate.venue_id.in_(row_states.ids(names, Venue)),
            ),
            or_(CourseDate.ends_at.is_(None), CourseDate.ends_at > now),
        )
        .order_by(CourseDate.id)
    ).all()


def _people(dates: Sequence[int]) -> str:
    """The same for as long as nobody books, cancels or stands otherwise on these dates."""
    live = Booking.state != BookingState.CANCELLED
    counts = select(
        func.count(), func.count().filter(live), func.max(Booking.id), func.max(Booking.updated_at)
    ).where(Booking.course_date_id.in_(dates))
    return row_states.digest([*db.session.execute(counts).one()])


def _somebody_was_told(now: datetime) -> bool:
    """Every message of one change has its moment."""
    pending = Email.sent_at.is_(None), Email.gave_up_at.is_(None), Email.queued_at == now
    return db.session.scalar(select(Email.id).where(*pending).limit(1)) is not None
