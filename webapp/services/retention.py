"""Words on dates, kept no longer than the partnership chose: what organisers wrote to people, what
people wrote of a training, and dates that came to nothing. What is counted stays."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from webapp.db import db
from webapp.models import Booking, CourseDate, DateMessage, DateState, Evaluation
from webapp.services import date_drafts, partnership

# Rather a few days more than one less.
YEAR = timedelta(days=366)


def forget(*, now: datetime) -> None:
    ours = partnership.get()
    _forget_messages(now - timedelta(days=ours.mail_days))
    before = now - YEAR * ours.booking_years
    _forget_answers(before)
    _discard_drafts(before)
    db.session.flush()


def _forget_messages(before: datetime) -> None:
    """To whom one was sent and when stays; a draft goes, once its date has long been over."""
    db.session.execute(
        update(DateMessage)
        .where(DateMessage.queued_at < before, DateMessage.body != "")
        .values(body="", chosen=None)
    )
    over = select(CourseDate.id).where(
        func.coalesce(CourseDate.ends_at, CourseDate.updated_at) < before
    )
    db.session.execute(
        delete(DateMessage).where(
            DateMessage.queued_at.is_(None), DateMessage.course_date_id.in_(over)
        )
    )


def _forget_answers(before: datetime) -> None:
    """Points stay, as they are of nobody."""
    of_old = select(Booking.id).join(Booking.course_date).where(CourseDate.ends_at < before)
    has_words = or_(Evaluation.will_do.is_not(None), Evaluation.comment.is_not(None))
    db.session.execute(
        update(Evaluation)
        .where(Evaluation.booking_id.in_(of_old), has_words)
        .values(will_do=None, comment=None)
    )


def _discard_drafts(before: datetime) -> None:
    drafts = select(CourseDate).where(
        CourseDate.state == DateState.DRAFT, CourseDate.ends_at < before
    )
    for date in db.session.scalars(drafts).all():
        if date_drafts.why_not_discarded(date) is None:
            date_drafts.discard(date)
