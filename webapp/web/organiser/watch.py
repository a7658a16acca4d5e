"""The one thing a GET writes: the line that says who looked at personal data."""

from flask import current_app

from webapp import clock
from webapp.db import db, will_write
from webapp.models import Booking, CourseDate
from webapp.services import audit
from webapp.web.organiser import identity


def saw(
    action: str,
    *,
    course_date: CourseDate | None = None,
    booking: Booking | None = None,
    detail: str | None = None,
) -> None:
    """Write the line in a session of its own, begun for writing and committed at once.

    What the page has read stays as it is: call this before or after reading, whichever reads well.
    """
    organiser = identity.me()
    with current_app.app_context():
        will_write()
        audit.look(
            organiser,
            action,
            date_id=course_date.id if course_date else None,
            booking_id=booking.id if booking else None,
            detail=detail,
            now=clock.now(),
        )
        db.session.commit()
    will_write(False)
