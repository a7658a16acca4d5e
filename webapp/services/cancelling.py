"""A place given up, by its holder or an organiser, and whether that was late.

It is written down as it happens, so that no later change of a date or a setting makes anybody late.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from webapp.errors import Refused
from webapp.models import Booking, BookingState, Cause, Ending
from webapp.services import cut_off, places, standing, waiting_list

NOT_GIVEN_UP = "This person did not give up a place, so there is nothing to count as late."


def cancel(
    booking: Booking,
    *,
    cause: Cause | None = None,
    reason: str | None = None,
    may_be_late: bool = True,
    now: datetime,
) -> None:
    """The person gives up the place, the offer or the wait; a second time does nothing.

    Of a place that is given up late the `cause`, and the `reason` in their own words, are kept.
    Raises Refused once the date has started.
    """
    date = places.hold_for(booking)
    if not booking.is_live:
        return
    if date.has_started(now):
        raise Refused("This date has already started, so it can no longer be cancelled here.")
    late = may_be_late and cut_off.is_late(booking, now)
    booking.gave_up_late, booking.cause = late, cause if late else None
    standing.end(booking, Ending.BY_PRACTITIONER, now=now, reason=reason if late else None)
    waiting_list.offer_free_places(date, now=now)


def cancel_by_organiser(
    booking: Booking, *, reason: str, counts_as_late: bool = False, now: datetime
) -> None:
    """An organiser takes somebody off the date; the person is told why. Raises Refused."""
    cancel_all([booking], reason=reason, count_as_late=counts_as_late, now=now)


def cancel_all(
    bookings: Sequence[Booking], *, reason: str, count_as_late: bool = False, now: datetime
) -> None:
    """The same of several of one date: all of them, and then their places are offered on, or none.

    Whether it counts as late, where it is, the organiser says. Raises Refused.
    """
    date = standing.hold_all(bookings)
    standing.refuse_any([(one.name, why_not_cancelled(one)) for one in bookings])
    for booking in bookings:
        booking.gave_up_late = count_as_late and cut_off.is_late(booking, now)
        standing.end(booking, Ending.BY_ORGANISER, now=now, reason=reason)
    waiting_list.offer_free_places(date, now=now)


def why_not_cancelled(booking: Booking) -> str | None:
    """One sentence saying why there is nothing to cancel; None when there is."""
    return None if booking.is_live else "This booking has been cancelled already."


def why_not_judged(booking: Booking) -> str | None:
    """One sentence saying why nobody can say whether it counts as late; None when somebody can."""
    given_up = booking.ending in (Ending.BY_PRACTITIONER, Ending.BY_BOOKER, Ending.BY_ORGANISER)
    had_a_place = not (booking.only_waited or booking.is_walk_in)
    return None if given_up and had_a_place else NOT_GIVEN_UP


def judge(booking: Booking, *, late: bool, cause: Cause | None, now: datetime) -> None:
    """An organiser says whether it counts as late, and why it was. Raises Refused."""
    places.hold_for(booking)
    if why_not := why_not_judged(booking):
        raise Refused(why_not)
    booking.gave_up_late, booking.cause = late, cause if late else None
    booking.updated_at = now


def gave_up_late() -> ColumnElement[bool]:
    """Of bookings: a place was given up late, by somebody who did not come back to it."""
    again = aliased(Booking)
    came_back = exists().where(
        again.course_date_id == Booking.course_date_id,
        again.practitioner_id == Booking.practitioner_id,
        again.state == BookingState.CONFIRMED,
    )
    return Booking.gave_up_late & ~came_back
