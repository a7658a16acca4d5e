"""A mistyped address put right at once, by the browser that sent the form."""

from datetime import datetime

from sqlalchemy import select

from webapp.db import db
from webapp.models import Booking, BookingState, CourseDate, Ending
from webapp.services import notices, places, practitioners, standing, waiting_list


def correct_address(date: CourseDate, *, submission: str, email: str, now: datetime) -> None:
    """Move the booking that this very form made to the right address; nothing if it made none.

    The wrong address, which may be a stranger's, is told; its diary entry is taken out and its
    link ended. The place in the line is kept. Where the right address has a booking already, that
    one stays and the mistaken one ends.
    """
    places.hold(date)
    booking = _made_by(submission, date)
    if booking is None or booking.email == email.strip().lower():
        return
    right = practitioners.find_or_make(email, now=now)
    theirs = places.booking_of(right, date)
    booking.link_generation += 1
    if theirs is not None:
        standing.end(booking, Ending.ADDRESS_CORRECTED, now=now)
        waiting_list.offer_free_places(date, now=now)
    else:
        _leave_behind(booking, now=now)
        booking.practitioner, booking.updated_at = right, now
        db.session.flush()
    notices.tell(theirs or booking, now=now, submission=submission)


def _made_by(submission: str, date: CourseDate) -> Booking | None:
    return db.session.scalar(
        select(Booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.submission == submission,
            Booking.state != BookingState.CANCELLED,
        )
        .execution_options(populate_existing=True)
    )


def _leave_behind(booking: Booking, *, now: datetime) -> None:
    """At the wrong address, a cancelled row that says no more than its diary was told already.

    It keeps the identities of what was in that diary, which remembers what was cancelled.
    """
    left = Booking(
        course_date_id=booking.course_date_id,
        practitioner_id=booking.practitioner_id,
        agency_id=booking.agency_id,
        name=booking.name,
        job_role="",
        state=booking.state,
        booked_at=booking.booked_at,
        updated_at=now,
        invites=list(booking.invites),
    )
    # The row that is live must move away first: one person has one live booking on a date.
    left.state = BookingState.CANCELLED
    db.session.add(left)
    db.session.flush()
    standing.end(left, Ending.ADDRESS_CORRECTED, now=now)
