"""A mistyped address put right at once, by the browser that sent the form."""

from dataclasses import fields
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from webapp.db import Base, db, fetch
from webapp.errors import BookingClosed
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    BookingTerms,
    CourseDate,
    DateState,
    Ending,
    Practitioner,
    RepeatedTry,
)
from webapp.services import approvals, notices, places, practitioners, standing, waiting_list
from webapp.services.details import Details, details_of

# How long a form can be corrected, whether it made a booking or not.
KEPT = timedelta(days=1)
STARTED = "This date has already started."
REMEMBERED = insert(Base.metadata.tables["repeated_try"])


def correct_address(date: CourseDate, *, submission: str, email: str, now: datetime) -> None:
    """Give what this form asked for to the right address; nothing if it is not known any more.

    A form that made a booking has it moved: the wrong address, which may be a stranger's, is
    told, its diary entry taken out and its link ended; the place in line is kept. A form whose
    address had a booking already books now, so that the answer tells nobody which it was. Where
    the right address has a booking, that one stays. Raises BookingClosed.
    """
    places.hold(date)
    booking = put_right(date, submission=submission, email=email, now=now)
    if booking is not None:
        notices.tell(booking, now=now, submission=submission)


def put_right(date: CourseDate, *, submission: str, email: str, now: datetime) -> Booking | None:
    """The same; the caller holds the date, and tells the right address how its booking stands."""
    since = now - KEPT
    made, repeated = _made_by(submission, date, since), _repeated_by(submission, date, since)
    if made is None and repeated is None:
        return None
    if date.state is not DateState.PUBLISHED or date.has_started(now):
        raise BookingClosed(date.why_not_bookable(now) or STARTED)
    right = practitioners.find_or_make(email, now=now)
    theirs = places.booking_of(right, date)
    if made is not None and theirs is not made:
        if theirs is not None and made.terms is not None:
            # Corrected once more, the form still books; else that would tell that they have one.
            remember(date, details_of(made), terms=made.terms, submission=submission, now=now)
        _leave(made, right if theirs is None else None, now=now)
    elif repeated is not None and theirs is None:
        made = _begin(repeated, right, date, now=now)
    return theirs or made


def remember(
    date: CourseDate, details: Details, *, terms: BookingTerms, submission: str, now: datetime
) -> None:
    """Keep the answers of a form whose address had a booking already, in case it was mistyped."""
    answers = {field.name: getattr(details, field.name) for field in fields(details)}
    answers["agency"] = details.agency.id
    facts = {"course_date_id": date.id, "submission": submission, "at": now}
    facts |= {"terms_id": terms.id, "answers": answers}
    # Past the session: this may take no longer than a booking that begins.
    db.session.connection().execute(REMEMBERED, facts)


def forget(*, now: datetime) -> None:
    """Nobody corrects an address after a day."""
    db.session.execute(delete(RepeatedTry).where(RepeatedTry.at < now - KEPT))


def _begin(
    repeated: RepeatedTry, right: Practitioner, date: CourseDate, *, now: datetime
) -> Booking:
    """The booking that the form would have made, had its address been right."""
    agency = fetch(Agency, repeated.answers["agency"])
    details = Details(**{**repeated.answers, "agency": agency})
    approval = approvals.is_needed(right, now)
    booking = standing.begin(right, date, details, now=now, approval=approval)
    booking.terms_id, booking.submission = repeated.terms_id, repeated.submission
    db.session.delete(repeated)
    return booking


def _leave(booking: Booking, right: Practitioner | None, *, now: datetime) -> None:
    """Take the booking away from its address, and to the `right` one unless that has its own."""
    booking.link_generation += 1
    if right is None:
        standing.end(booking, Ending.ADDRESS_CORRECTED, now=now)
        waiting_list.offer_free_places(booking.course_date, now=now)
        return
    _leave_behind(booking, now=now)
    booking.practitioner, booking.updated_at = right, now
    db.session.flush()
    approvals.judge_anew(booking, now=now)


def _repeated_by(submission: str, date: CourseDate, since: datetime) -> RepeatedTry | None:
    return db.session.scalar(
        select(RepeatedTry)
        .where(
            RepeatedTry.course_date_id == date.id,
            RepeatedTry.submission == submission,
            RepeatedTry.at >= since,
        )
        .order_by(RepeatedTry.id.desc())
        .limit(1)
    )


def _made_by(submission: str, date: CourseDate, since: datetime) -> Booking | None:
    return db.session.scalar(
        select(Booking)
        .where(
            Booking.course_date_id == date.id,
            Booking.submission == submission,
            Booking.booked_at >= since,
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
        state=BookingState.CANCELLED,
        booked_at=booking.booked_at,
        updated_at=now,
        invites=list(booking.invites),
    )
    db.session.add(left)
    db.session.flush()
    standing.end(left, Ending.ADDRESS_CORRECTED, now=now)
