"""Who cannot come and sees to it themselves: another date, or a colleague who goes instead."""

from datetime import datetime

from webapp.errors import Refused
from webapp.models import Booking, BookingState, CourseDate, Ending, Places
from webapp.services import approvals, moving, places, practitioners, waiting_list
from webapp.services.details import Details

TAKEN = (
    "All places on that date are taken or promised to people who wait."
    " Choose another date, or keep the one you have."
)


def choices(booking: Booking, *, now: datetime) -> dict[CourseDate, Places]:
    """The dates of the course this person can go to by themselves instead, soonest first."""
    if booking.awaits_approval:
        return {}
    dates = [
        date for date in moving.targets(booking, now=now) if date.why_not_bookable(now) is None
    ]
    counts, sector = places.places_of(dates, now), booking.agency.sector_id
    return {date: counts[date.id] for date in dates if counts[date.id].left_for(sector) != 0}


def choose(booking: Booking, to: CourseDate, *, now: datetime) -> Booking:
    """The person takes a place on another date of the course, and gives up the one here.

    Raises Refused when that date cannot be booked, or has no place left.
    """
    moving.hold_both([booking], to, now)
    if why_not := to.why_not_bookable(now) or _why_not_yet(booking):
        raise Refused(why_not)
    if places.of(to, now).left_for(booking.agency.sector_id) == 0:
        raise Refused(TAKEN)
    old = booking.course_date
    moved = moving.carry(booking, to, kind="date_chosen", now=now)
    waiting_list.offer_free_places(old, now=now)
    return moved


def _why_not_yet(booking: Booking) -> str | None:
    """Whose booking is to be allowed first gets no place by way of another date."""
    return "Your booking has to be allowed first." if booking.awaits_approval else None


def send_colleague(booking: Booking, *, email: str, details: Details, now: datetime) -> None:
    """The person passes their place on themselves.

    Nothing comes back, since whether the colleague had a booking is their own business: who waited
    has the place now, and where one had a place already this one goes to whoever waits, as it does
    where an organiser has to allow what the colleague books. Raises Refused.
    """
    moving.hold_to_pass_on(booking, now)
    date = booking.course_date
    colleague = practitioners.find_or_make(email, now=now)
    if colleague is booking.practitioner:
        raise Refused("This is your own address. Enter your colleague's.")
    theirs, approval = places.booking_of(colleague, date), approvals.is_needed(colleague, now)
    has_one = theirs is not None and theirs.state is BookingState.CONFIRMED
    if not has_one and not (theirs and approval):
        if theirs is not None:
            moving.end(theirs, Ending.SUBSTITUTED, now=now)
        moving.pass_on(
            booking, colleague, details, kind="colleague_sent", approval=approval, now=now
        )
    else:
        moving.leave(booking, details.name, now=now)
    waiting_list.offer_free_places(date, now=now)
