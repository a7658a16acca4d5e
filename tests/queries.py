"""What a page asked of the database, and how a date stands there."""

from contextlib import contextmanager

from sqlalchemy import event, select

from webapp.db import db
from webapp.models import Booking, BookingState, Practitioner


@contextmanager
def counted():
    """A list that fills with the SQL sent inside the `with` block (an app context is needed)."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def by_state(date):
    """The addresses booked on this date as committed, by state, each in the order of the line."""
    db.session.rollback()
    rows = db.session.execute(
        select(Booking.state, Practitioner.email)
        .join(Booking.practitioner)
        .where(Booking.course_date_id == date.id)
        .order_by(Booking.waiting_since, Booking.id)
    ).all()
    return {state: [email for s, email in rows if s is state] for state in BookingState}
