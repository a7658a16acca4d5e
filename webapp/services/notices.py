"""What a person is told of their standing: one mail that says how it is, with the diary entries."""

from datetime import datetime

from webapp.formats.calendar import Invitation
from webapp.models import Booking, BookingState, CourseDay, Ending
from webapp.services import diaries, links, outbox, places

KINDS = {
    BookingState.CONFIRMED: "booking_confirmed",
    BookingState.WAITING: "booking_waiting",
    BookingState.OFFERED: "booking_offered",
}
ENDINGS = {
    Ending.BY_PRACTITIONER: "booking_cancelled",
    Ending.BY_ORGANISER: "booking_cancelled_by_organiser",
    Ending.OFFER_DECLINED: "offer_declined",
    Ending.OFFER_LAPSED: "offer_lapsed",
    Ending.ADDRESS_CORRECTED: "address_corrected",
}


def tell(
    booking: Booking,
    *,
    now: datetime,
    submission: str | None = None,
    was: str | None = None,
    by_hand: bool = False,
) -> None:
    """Write to the person how this booking stands; told again, they get the same words again.

    A message takes one diary entry, so each day after the first gets a short one of its own.
    `was` is the state before it was cancelled; `by_hand` says that they did not book themselves.
    """
    date, kind = booking.course_date, _kind(booking)
    waiting = booking.state is BookingState.WAITING
    for number, (day, entry) in enumerate(_entries(booking, now)):
        outbox.queue(
            "further_day" if number else kind,
            to=booking.email,
            now=now,
            booking=booking,
            submission=submission,
            calendar=entry,
            date=date,
            day=day,
            course=date.course,
            token=links.booking_token(booking),
            position=places.position(booking) if waiting else None,
            was=was,
            by_hand=by_hand,
        )


def _kind(booking: Booking) -> str:
    return KINDS.get(booking.state) or ENDINGS[booking.ending or Ending.BY_PRACTITIONER]


def _entries(booking: Booking, now: datetime) -> list[tuple[CourseDay | None, Invitation | None]]:
    """Days and their diary entries, one a message; a message without, when there are none."""
    days, entries = booking.course_date.days, list[Invitation]()
    if booking.state is BookingState.CONFIRMED:
        entries = diaries.invitations(booking, now=now)
    if booking.state is BookingState.CANCELLED:
        told = [invite.course_day for invite in booking.invites if not invite.cancelled]
        days = sorted(told, key=lambda day: day.starts_at)
        entries = diaries.cancellations(booking, now=now)
    return [*zip(days, entries, strict=True)] if entries else [(None, None)]
