"""A line manager says, by the link they were sent, that one of their people cannot be spared."""

from datetime import datetime

from webapp.errors import Refused
from webapp.models import Booking, BookingState, Ending, Partnership
from webapp.services import managers, partnership, places, standing, waiting_list


def why_not(booking: Booking, ours: Partnership, now: datetime) -> str | None:
    """One sentence saying why there is nothing to object to; None when there is."""
    if booking.ending is Ending.BY_MANAGER:
        return "You have told us already, so somebody else can have the place."
    if booking.state is not BookingState.CONFIRMED:
        return f"{booking.name} has no place on this date any more."
    until = managers.objects_until(booking, ours)
    if until is None:
        return "Nothing needs your answer. If you have a question, please ask us."
    if until <= now:
        return "The time to object is over. Please talk to us, or to them, if they cannot come."
    return None


def object_to(booking: Booking, *, reason: str | None, now: datetime) -> None:
    """The place is let go and offered on; the person is told, with the reason. Raises Refused."""
    date = places.hold_for(booking)
    if sentence := why_not(booking, partnership.get(), now):
        raise Refused(sentence)
    standing.end(booking, Ending.BY_MANAGER, reason=reason, now=now)
    waiting_list.offer_free_places(date, now=now)
