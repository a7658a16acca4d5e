"""What takes the person out of a row that is still counted: no name, no address, no typed word.

Who is forgotten, and when, is said elsewhere: in `erasures` and `retention`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from webapp.db import db
from webapp.models import (
    AccessNeeds,
    AuditLine,
    Booking,
    Certificate,
    Evaluation,
    Interest,
    RepeatedTry,
    TeamBooking,
    TeamMember,
)
from webapp.plain import sort_key

ERASED = "Erased"
Ids = Sequence[int] | Select[int]
NO_MANAGER = {"manager_name": None, "manager_email": None}


def bookings(which: Ids, *, now: datetime) -> None:
    """What was said in them, of them, and by the log about them. Agency, state, attendance and
    points stay, since they are counted; private links end."""
    forms = select(Booking.submission).where(Booking.id.in_(which), Booking.submission.is_not(None))
    db.session.execute(delete(RepeatedTry).where(RepeatedTry.submission.in_(forms)))
    needs(which)
    evaluations(Evaluation.booking_id.in_(which))
    db.session.execute(
        update(Certificate).where(Certificate.booking_id.in_(which)).values(name=ERASED)
    )
    # Why an organiser did something may say more than that they did.
    db.session.execute(update(AuditLine).where(AuditLine.booking_id.in_(which)).values(detail=None))
    db.session.execute(
        update(Booking)
        .where(Booking.id.in_(which))
        .values(
            name=ERASED,
            sort_name=sort_key(ERASED),
            organisation=None,
            job_role="",
            team=None,
            phone=None,
            **NO_MANAGER,
            submission=None,
            cancel_reason=None,
            over_capacity_reason=None,
            miss_set_aside_reason=None,
            note=None,
            link_generation=Booking.link_generation + 1,
            updated_at=now,
        )
    )
    db.session.expire_all()


def needs(bookings: Ids) -> None:
    db.session.execute(delete(AccessNeeds).where(AccessNeeds.booking_id.in_(bookings)))


def managers(*whose: ColumnElement[bool]) -> None:
    db.session.execute(update(Booking).where(*whose).values(**NO_MANAGER))


def evaluations(*which: ColumnElement[bool]) -> None:
    """Points stay, as they are of nobody."""
    db.session.execute(update(Evaluation).where(*which).values(will_do=None, comment=None))


def teams(booked: ColumnElement[bool], named: ColumnElement[bool]) -> None:
    """Who `booked` for colleagues, and who was `named` in doing so."""
    db.session.execute(update(TeamBooking).where(booked).values(booker_name=ERASED))
    db.session.execute(update(TeamMember).where(named).values(name=ERASED))


def interests(*which: ColumnElement[bool], now: datetime) -> None:
    ended = {Interest.withdrawn_at: now}
    db.session.execute(
        update(Interest).where(*which, Interest.withdrawn_at.is_(None)).values(ended)
    )
    db.session.execute(update(Interest).where(*which).values(name="", email=""))


def has_words() -> ColumnElement[bool]:
    return or_(Evaluation.will_do.is_not(None), Evaluation.comment.is_not(None))
