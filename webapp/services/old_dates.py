"""When a date has been over for long enough, what organisers wrote to its people, and drafts of
dates that came to nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, func, select, update

from webapp.db import db
from webapp.models import CourseDate, DateMessage, DateState, Partnership
from webapp.services import date_drafts

DAY = timedelta(days=1)
# Rather a few days more than one less.
YEAR = timedelta(days=366)


def ended() -> ColumnElement[datetime]:
    """When a date was over. One without a day grows old from its last change."""
    return func.coalesce(CourseDate.ends_at, CourseDate.updated_at)


def messages(ours: Partnership, now: datetime) -> Select[int]:
    """Those that were sent. To whom and when stays."""
    return select(DateMessage.id).where(
        DateMessage.queued_at < now - DAY * ours.mail_days, DateMessage.body != ""
    )


def forget_messages(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    db.session.execute(
        update(DateMessage).where(DateMessage.id.in_(ids)).values(body="", chosen=None)
    )


def message_drafts(ours: Partnership, now: datetime) -> Select[int]:
    return (
        select(DateMessage.id)
        .join(DateMessage.course_date)
        .where(DateMessage.queued_at.is_(None), ended() < now - DAY * ours.mail_days)
    )


def forget_message_drafts(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    db.session.execute(delete(DateMessage).where(DateMessage.id.in_(ids)))


def drafts(ours: Partnership, now: datetime) -> Select[int]:
    """Those that `date_drafts.discard` takes."""
    return select(CourseDate.id).where(
        CourseDate.state == DateState.DRAFT,
        CourseDate.ends_at < now - YEAR * ours.booking_years,
        ~CourseDate.bookings.any(),
        ~select(DateMessage.id).where(DateMessage.course_date_id == CourseDate.id).exists(),
    )


def forget_drafts(ids: Sequence[int], ours: Partnership, now: datetime) -> None:
    for date in db.session.scalars(select(CourseDate).where(CourseDate.id.in_(ids))).all():
        date_drafts.discard(date)
