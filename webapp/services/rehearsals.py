"""The work of a booking, done for nobody and undone: how long a form's answer takes would otherwise
tell whether the address in it had a booking already."""

from datetime import datetime
from uuid import uuid4

from webapp.db import db
from webapp.models import BookingState, CourseDate, Invite, Practitioner
from webapp.services import approvals, outbox, standing
from webapp.services.details import Details


def begin(date: CourseDate, details: Details, *, now: datetime) -> None:
    """Somebody new begins here, in a savepoint that goes again. The caller holds the date, and
    writes the mail, which is as much work whoever gets it."""
    undone = db.session.begin_nested()
    nobody = Practitioner(email=f"{uuid4()}@{outbox.NOBODY}", created_at=now)
    db.session.add(nobody)
    db.session.flush()
    approval = approvals.is_needed(nobody, now)
    booking = standing.begin(nobody, date, details, now=now, approval=approval)
    if booking.state is BookingState.CONFIRMED:
        db.session.add_all(Invite.of(booking, day, uid=day.uid, extra=0) for day in date.days)
        db.session.flush()
    undone.rollback()
