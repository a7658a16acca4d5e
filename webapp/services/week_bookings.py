"""Several sessions booked by one form: all of them or none, and one mail that says how each stands.

All dates are held, in the order of their ids, before anything is written: whoever books some of
them in another order, or one alone, waits for us or we for them, and never both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select

from webapp.db import db
from webapp.formats.calendar import Invitation
from webapp.models import Booking, BookingState, BookingTerms, CourseDate, Policy, RepeatedTry, Week
from webapp.services import (
    bookings,
    charges,
    clashes,
    corrections,
    diaries,
    links,
    managers,
    notices,
    outbox,
    places,
    practitioners,
)
from webapp.services.clashes import Clash
from webapp.services.details import Details

# As many as one form may ask for: each that has a place is a mail to whoever's address was typed.
MOST = 20


@dataclass(frozen=True)
class Session:
    """One line of the mail: how somebody stands on one of the dates."""

    booking: Booking
    token: str
    # Whose turn it is, while they wait.
    position: int | None
    clashes: Sequence[Clash]
    # What follows if they give it up, where they have a place.
    policy: Policy | None = None

    @property
    def date(self) -> CourseDate:
        return self.booking.course_date


def book(
    week: Week,
    dates: Sequence[CourseDate],
    *,
    email: str,
    details: Details,
    terms: BookingTerms,
    submission: str,
    now: datetime,
) -> None:
    """Give this address a place, or a place in line, on each of these dates; where it has one
    already, that is in the mail as well.

    Nothing comes back, since who has booked is nobody else's business. Raises BookingClosed when
    one of them cannot be booked any more.
    """
    in_order = sorted(dates, key=lambda date: date.id)
    for date in in_order:
        bookings.hold_bookable(date, now)
    practitioner = practitioners.find_or_make(email, now=now)
    at_a_meal = replace(details, dietary=None)
    made = [
        bookings.stand(
            practitioner,
            date,
            at_a_meal if date.is_online else details,
            terms=terms,
            submission=submission,
            now=now,
        )
        for date in in_order
    ]
    tell(week, made, submission=submission, now=now)


def write_again(week: Week, *, email: str, submission: str, now: datetime) -> None:
    """Send the mails of what this form asked for once more, if its address has them."""
    dates = _held(submission)
    practitioner = practitioners.find(email)
    if practitioner is not None:
        found = [places.booking_of(practitioner, date) for date in dates]
        tell(week, [one for one in found if one], submission=submission, now=now)


def correct_address(week: Week, *, submission: str, email: str, now: datetime) -> None:
    """Give all that this form asked for to the right address. Raises BookingClosed."""
    found = [
        corrections.put_right(date, submission=submission, email=email, now=now)
        for date in _held(submission)
    ]
    tell(week, [one for one in found if one], submission=submission, now=now)


def tell(week: Week, made: Sequence[Booking], *, submission: str, now: datetime) -> None:
    """One mail with all of it in words, and for each day with a place a short one to the diary."""
    if not made:
        return
    who = made[0].practitioner
    outbox.queue(
        "week_booked",
        to=who.email,
        now=now,
        submission=submission,
        course=week,
        sessions=lines(made),
        name=made[0].name,
        feed=links.feed_token(who),
    )
    for booking in sorted(made, key=_begins):
        # None of a session that is over, whose mails are asked for once more.
        if entries := _entries(booking, now):
            notices.write("session_invitation", booking, entries, now=now, submission=submission)
    managers.tell_of_several(week, sorted(made, key=_begins), now=now)


def lines(made: Sequence[Booking]) -> list[Session]:
    """How somebody stands on these dates, in the order they begin."""
    against = clashes.among([booking.course_date for booking in made])
    return [
        Session(
            booking,
            links.booking_token(booking),
            places.position(booking) if booking.is_in_line else None,
            against[booking.course_date_id],
            charges.policy_for(booking) if booking.state is BookingState.CONFIRMED else None,
        )
        for booking in sorted(made, key=_begins)
    ]


def _entries(booking: Booking, now: datetime) -> Sequence[Invitation]:
    has_a_place = booking.state is BookingState.CONFIRMED and not booking.course_date.is_off
    return diaries.invitations(booking, now=now) if has_a_place else []


def _held(submission: str) -> Sequence[CourseDate]:
    """The dates this form asked for, all of them held in the order of their ids."""
    made = select(Booking.course_date_id).where(Booking.submission == submission)
    repeated = select(RepeatedTry.course_date_id).where(RepeatedTry.submission == submission)
    dates = db.session.scalars(
        select(CourseDate)
        .where(or_(CourseDate.id.in_(made), CourseDate.id.in_(repeated)))
        .order_by(CourseDate.id)
    ).all()
    for date in dates:
        places.hold(date)
    return dates


def _begins(booking: Booking) -> tuple[datetime, int]:
    days = booking.course_date.days
    return days[0].starts_at, booking.course_date_id
