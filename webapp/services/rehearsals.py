"""The work of a booking, done for nobody and undone: how long a form's answer takes would otherwise
tell whether the address in it had a booking already."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert

from webapp.db import Base, db
from webapp.models import BookingState, CourseDate, Practitioner
from webapp.services import approvals, outbox, standing
from webapp.services.details import Details

# Straight into the tables, as nobody holds these rows: each costs what it costs who is new.
NOBODY, INVITED = (insert(Base.metadata.tables[name]) for name in ("practitioner", "invite"))


def begin(date: CourseDate, details: Details, *, now: datetime) -> None:
    """Somebody new begins here, in a savepoint that goes again. The caller holds the date, and
    writes the mail, which is as much work whoever gets it."""
    undone = db.session.begin_nested()
    facts = {"email": f"{uuid4()}@{outbox.NOBODY}", "created_at": now}
    made = db.session.connection().execute(NOBODY, facts).inserted_primary_key
    assert made is not None
    nobody = Practitioner(id=made[0])
    approval = approvals.is_needed(nobody, now)
    booking = standing.begin(nobody, date, details, now=now, approval=approval)
    if booking.state is BookingState.CONFIRMED:
        days = [{"booking_id": booking.id, "course_day_id": day.id} for day in date.days]
        db.session.execute(INVITED, days)
    undone.rollback()
