"""Evaluations: those who came are asked once what it was like, reminded once, and answer by a link.

They are asked when certificates are given: once everybody is marked, at the latest a day after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.errors import Refused
from webapp.models import (
    Attendance,
    Booking,
    BookingState,
    CourseDate,
    DateState,
    Email,
    Evaluation,
    Practitioner,
)
from webapp.services import certificates, links, notices, partnership, places

ASKS, REMINDS = "evaluation", "evaluation_reminder"
REMINDS_AFTER = timedelta(days=5)
# Who was marked longer ago than this is asked no more: they hardly remember.
ASKS_WITHIN = timedelta(days=30)
CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)
NOT_THERE = "The register does not say that you came to this date, so there is nothing to ask you."
CLOSED = "You have answered already, and the time to change your answers has run out."


@dataclass(frozen=True)
class Answers:
    """Points are from 1 to 5, where 5 is the most."""

    useful: int
    confident_before: int
    confident_after: int
    will_do: str | None = None
    comment: str | None = None


def why_closed(booking: Booking, now: datetime) -> str | None:
    """One sentence saying why this person cannot answer now; None when they can."""
    is_there = booking.state is BookingState.CONFIRMED and booking.came
    if not is_there or not booking.course_date.is_past(now):
        return NOT_THERE
    given = booking.evaluation
    return CLOSED if given is not None and given.closes_at <= now else None


def answer(booking: Booking, answers: Answers, *, now: datetime) -> None:
    """Keep what somebody says, in the place of what they said before. Raises Refused."""
    places.hold_for(booking)
    if reason := why_closed(booking, now):
        raise Refused(reason)
    given = booking.evaluation or Evaluation(answered_at=now)
    for question, said in vars(answers).items():
        setattr(given, question, said)
    booking.evaluation = given
    db.session.flush()


def due_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates with somebody to ask, or to remind."""
    somebody = or_(_is_to_ask(now), _is_to_remind(now))
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.ends_at <= now,
            certificates.is_settled(now),
            exists().where(Booking.course_date_id == CourseDate.id, somebody),
        )
        .order_by(CourseDate.id)
    ).all()


def ask(date: CourseDate, *, now: datetime) -> tuple[int, int]:
    """Write to those of a settled date who are to be asked or reminded; how many of each."""
    places.hold(date)
    to_ask, to_remind = _people(date, _is_to_ask(now)), _people(date, _is_to_remind(now))
    ours = partnership.get()
    for kind, people in ((ASKS, to_ask), (REMINDS, to_remind)):
        db.session.add_all(
            [
                notices.letter(
                    kind,
                    booking,
                    token=links.evaluation_token(booking),
                    ours=ours,
                    now=now,
                    certificate_waits=certificates.waits_for_answers(booking, ours),
                )
                for booking in people
            ]
        )
    return len(to_ask), len(to_remind)


def came() -> ColumnElement[bool]:
    """Of a booking: the register has this person in the room."""
    return (Booking.state == BookingState.CONFIRMED) & Booking.attendance.in_(CAME)


def _people(date: CourseDate, which: ColumnElement[bool]) -> Sequence[Booking]:
    return db.session.scalars(
        select(Booking)
        .where(Booking.course_date_id == date.id, which)
        .order_by(Booking.id)
        .options(
            joinedload(Booking.practitioner),
            joinedload(Booking.certificate),
            joinedload(Booking.evaluation),
        )
        .execution_options(populate_existing=True)
    ).all()


def _is_to_ask(now: datetime) -> ColumnElement[bool]:
    is_news = Booking.marked_at > now - ASKS_WITHIN
    return _may_be_asked() & is_news & ~_was_sent(ASKS)


def _is_to_remind(now: datetime) -> ColumnElement[bool]:
    asked = _was_sent(ASKS, Email.queued_at.between(now - ASKS_WITHIN, now - REMINDS_AFTER))
    return _may_be_asked() & asked & ~_was_sent(REMINDS)


def _may_be_asked() -> ColumnElement[bool]:
    """Of a booking: they came, have not answered, and have not asked to be forgotten."""
    has_answered = exists().where(Evaluation.booking_id == Booking.id)
    is_known = Booking.practitioner.has(Practitioner.erased_at.is_(None))
    return came() & ~has_answered & is_known


def _was_sent(kind: str, *when: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Email.booking_id == Booking.id, Email.kind == kind, *when)
