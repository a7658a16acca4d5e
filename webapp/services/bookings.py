"""Booking a place and changing what one said: hold the date, check, then write."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import BookingClosed, Refused
from webapp.models import Booking, BookingTerms, CourseDate, DateState, Ending, Practitioner
from webapp.models.course_dates import NOT_BOOKABLE
from webapp.services import (
    approvals,
    corrections,
    managers,
    notices,
    places,
    practitioners,
    rehearsals,
    standing,
    waiting_list,
)
from webapp.services import details as said
from webapp.services.cancelling import cancel as cancel
from webapp.services.cancelling import cancel_all as cancel_all
from webapp.services.cancelling import cancel_by_organiser as cancel_by_organiser
from webapp.services.cancelling import why_not_cancelled as why_not_cancelled
from webapp.services.corrections import correct_address as correct_address
from webapp.services.details import Details as Details
from webapp.services.details import details_of as details_of

BOOKED = "This person has a booking for this date already."
# Endings that leave nothing to show: another address or another booking has it all.
UNLISTED = (Ending.ADDRESS_CORRECTED, Ending.MOVED)


def book(
    date: CourseDate,
    *,
    email: str,
    details: Details,
    terms: BookingTerms,
    submission: str,
    now: datetime,
) -> None:
    """Give this address a place, or a place in line; if it has one, send its mail again.

    Nothing comes back, since who has booked is nobody else's business. Raises BookingClosed.
    """
    hold_bookable(date, now)
    practitioner = practitioners.find_or_make(email, now=now)
    booking = stand(practitioner, date, details, terms=terms, submission=submission, now=now)
    notices.tell(booking, now=now, submission=submission)


def stand(
    practitioner: Practitioner,
    date: CourseDate,
    details: Details,
    *,
    terms: BookingTerms,
    submission: str,
    now: datetime,
) -> Booking:
    """The booking this person has here already, or else a new one by this form. The caller holds
    the date, and tells them."""
    booking = places.booking_of(practitioner, date)
    if booking is None:
        booking = standing.begin(
            practitioner,
            date,
            details,
            now=now,
            approval=approvals.is_needed(practitioner, now),
            terms_id=terms.id,
            submission=submission,
        )
    else:
        corrections.remember(date, details, terms=terms, submission=submission, now=now)
        rehearsals.begin(date, details, now=now)
    return booking


def write_again(date: CourseDate, *, email: str, submission: str | None, now: datetime) -> None:
    """Send the mail of this address's booking once more, if it has one."""
    places.hold(date)
    practitioner = practitioners.find(email)
    booking = places.booking_of(practitioner, date) if practitioner else None
    if booking is not None:
        notices.tell(booking, now=now, submission=submission)


def book_again(booking: Booking, *, now: datetime) -> Booking:
    """A new booking with the details of one that ended; the live one when there is one already.

    Raises BookingClosed.
    """
    date, practitioner = booking.course_date, booking.practitioner
    hold_bookable(date, now)
    again = places.booking_of(practitioner, date)
    if again is None:
        approval = approvals.is_needed(practitioner, now)
        again = standing.begin(practitioner, date, details_of(booking), now=now, approval=approval)
        again.terms, again.booked_by = booking.terms, booking.booked_by
        notices.tell(again, now=now)
    return again


def add_by_hand(
    date: CourseDate,
    *,
    email: str,
    details: Details,
    over_capacity_reason: str | None = None,
    may_wait: bool = True,
    now: datetime,
) -> Booking:
    """An organiser books somebody, also when booking has closed; with a reason, also when full.

    Without a reason a full date puts the person on the waiting list, or raises Full unless they
    `may_wait`. Raises Refused.
    """
    [booking] = add_all(
        date,
        {email: details},
        over_capacity_reason=over_capacity_reason,
        may_wait=may_wait,
        now=now,
    )
    return booking


def add_all(
    date: CourseDate,
    people: Mapping[str, Details],
    *,
    over_capacity_reason: str | None = None,
    may_wait: bool = True,
    now: datetime,
) -> list[Booking]:
    """The same of several by their addresses: all of them or none. Raises Refused."""
    waiting_list.lapse_on(date, now=now)
    if reason := why_not_added(date, now):
        raise BookingClosed(reason)
    # In one order, so that two who add the same new people to other dates do not wait in a ring.
    known = {email: practitioners.find_or_make(email, now=now) for email in sorted(people)}
    standing.refuse_any(
        [
            (people[email].name, BOOKED if places.booking_of(who, date) else None)
            for email, who in known.items()
        ]
    )
    why = None
    if over_capacity_reason or not may_wait:
        sectors = [details.agency.sector_id for details in people.values()]
        why = places.over_capacity(date, over_capacity_reason, sectors, now)
    added = [
        standing.begin(known[email], date, details, now=now, regardless=bool(why))
        for email, details in people.items()
    ]
    for booking in added:
        booking.over_capacity_reason = why
        notices.tell(booking, now=now, by_hand=True)
    waiting_list.offer_free_places(date, now=now)
    return added


def why_not_added(date: CourseDate, now: datetime) -> str | None:
    """One sentence saying why not even an organiser adds anybody; None when they can."""
    if date.state is DateState.PUBLISHED and not date.is_past(now):
        return None
    return date.why_not_bookable(now) or "This date cannot be booked."


def change_details(
    booking: Booking, *, details: Details, terms: BookingTerms | None = None, now: datetime
) -> None:
    """Put right what the person said of themselves, who may agree to the terms with it; in
    another sector they may free a place for somebody, or have one themselves.

    Raises Refused once cancelled.
    """
    date = places.hold_for(booking)
    if not booking.is_live:
        raise Refused("This booking has been cancelled, so its details can no longer be changed.")
    was, confirms = booking.manager_email, terms is not None and booking.booked_by_id is not None
    said.write(booking, details)
    booking.terms, booking.updated_at = terms or booking.terms, now
    if booking.manager_email != was or confirms:
        managers.tell_another(booking, now=now)
    booking.submission = None  # the holder's words now: no form that may be a stranger's takes them
    waiting_list.offer_free_places(date, now=now)


def of_practitioner(practitioner: Practitioner) -> Sequence[Booking]:
    """All somebody ever booked, soonest first, with dates, courses, days and venues.

    A booking that was moved is there once, on the date it was moved to.
    """
    return db.session.scalars(
        select(Booking)
        .join(Booking.course_date)
        .where(
            Booking.practitioner_id == practitioner.id,
            or_(Booking.ending.is_(None), Booking.ending.not_in(UNLISTED)),
        )
        .order_by(CourseDate.starts_at, Booking.id)
        .options(
            joinedload(Booking.course_date).joinedload(CourseDate.course),
            joinedload(Booking.course_date).joinedload(CourseDate.venue),
            joinedload(Booking.course_date).selectinload(CourseDate.all_days),
            selectinload(Booking.invites),
            joinedload(Booking.certificate),
        )
    ).all()


def hold_bookable(date: CourseDate, now: datetime) -> None:
    """Hold the date, offer to those who wait what is free, and refuse when it cannot be booked."""
    waiting_list.lapse_on(date, now=now)
    why_not = date.why_not_bookable(now)
    if why_not:
        raise BookingClosed(why_not)
    # Withdrawn with all its dates, maybe a moment ago.
    if not date.course.is_published:
        raise BookingClosed(NOT_BOOKABLE[DateState.DRAFT])
