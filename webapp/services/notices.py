"""What a person is told of their standing: one mail that says how it is, with the diary entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webapp.formats.calendar import Invitation
from webapp.models import Booking, BookingState, DateState, Email, Ending, Partnership, Policy
from webapp.services import charges, diaries, links, managers, outbox, partnership, places

KINDS = {
    BookingState.CONFIRMED: "booking_confirmed",
    BookingState.WAITING: "booking_waiting",
    BookingState.OFFERED: "booking_offered",
}
# While the date itself is off, that is what there is to say.
OFF = {DateState.POSTPONED: "date_postponed", DateState.CANCELLED: "date_cancelled"}
ENDINGS = {
    Ending.BY_PRACTITIONER: "booking_cancelled",
    Ending.BY_ORGANISER: "booking_cancelled_by_organiser",
    Ending.BY_BOOKER: "booking_cancelled_by_booker",
    Ending.BY_MANAGER: "booking_objected",
    Ending.DATE_CANCELLED: "date_cancelled",
    Ending.OFFER_DECLINED: "offer_declined",
    Ending.OFFER_LAPSED: "offer_lapsed",
    Ending.ADDRESS_CORRECTED: "address_corrected",
}
APPROVAL_ASKED = "approval_asked"
# The same, to whom a colleague booked for, or passed a place on, and who has still to confirm it.
BY_COLLEAGUE = {
    "booking_confirmed": "booked_by_colleague",
    "booking_waiting": "waits_by_colleague",
    APPROVAL_ASKED: "approval_by_colleague",
}
# Of a booking that an organiser has to allow first.
APPROVAL = {
    (BookingState.WAITING, None): APPROVAL_ASKED,
    (BookingState.CANCELLED, Ending.BY_PRACTITIONER): "approval_given_up",
    (BookingState.CANCELLED, Ending.BY_ORGANISER): "approval_refused",
}
FURTHER = {"REQUEST": "further_day", "CANCEL": "day_taken_out"}
JOIN_LINK = "The link to join"


@dataclass(frozen=True)
class Change:
    """One thing about a date that is different; None is "nothing so far".

    `matters_to_all` when those who have no place yet must know it, too.
    """

    what: str
    old: str | None
    new: str | None
    matters_to_all: bool = False


def tell(
    booking: Booking,
    *,
    now: datetime,
    submission: str | None = None,
    was: str | None = None,
    by_hand: bool = False,
) -> None:
    """Write to the person how this booking stands; told again, they get the same words again.

    `was` is the state before it was cancelled; `by_hand` says that they did not book themselves.
    """
    waiting, kind = booking.is_in_line, _kind(booking, was)
    member = booking.team_member if booking.booked_by_id else None
    is_passed_on = kind == APPROVAL_ASKED and booking.replaces is not None
    if booking.is_to_confirm and (member is not None or is_passed_on):
        kind = BY_COLLEAGUE.get(kind, kind)
    write(
        kind,
        booking,
        now=now,
        submission=submission,
        position=places.position(booking) if waiting else None,
        was=was,
        by_hand=by_hand,
        colleague=member and member.team_booking.booker_name,
        policy=policy(booking),
        # Asked last, so that what the diary is told is written with the mail.
        messages=_entries(booking, now),
    )


def tell_of_try(
    booking: Booking, colleague: str, *, now: datetime, submission: str | None = None
) -> None:
    """Write to the person that this colleague wanted to book for them, who has a booking already.

    With the same entries again, which change nothing: so that the time it takes says little of it.
    """
    entries = _entries(booking, now)
    write("booked_already", booking, entries, now=now, submission=submission, colleague=colleague)


def tell_changes(
    booking: Booking, changes: Sequence[Change], *, now: datetime, kind: str = "booking_changed"
) -> None:
    """Write to the person what is different, old and new; only who has a place learns the link."""
    sure = booking.state is BookingState.CONFIRMED
    write(
        kind,
        booking,
        diaries.updates(booking, now=now) if sure else [],
        now=now,
        changes=[change for change in changes if sure or change.what != JOIN_LINK],
    )


def write(
    kind: str,
    booking: Booking,
    messages: Sequence[Invitation],
    *,
    now: datetime,
    submission: str | None = None,
    changes: Sequence[Change] = (),
    **facts: object,
) -> None:
    """A mail of this kind. It takes one message to the diary, so each further one goes out in a
    short mail of its own. A line manager may hear of it, too."""
    ours = partnership.get()
    for number, invitation in enumerate(messages or [None]):
        outbox.queue(
            FURTHER[invitation.method] if number and invitation else kind,
            to=booking.email,
            now=now,
            booking=booking,
            submission=submission,
            calendar=invitation,
            method=invitation and invitation.method,
            day=invitation and invitation.day,
            first=kind,
            further=max(len(messages) - 1, 0),
            date=booking.course_date,
            course=booking.course_date.course,
            changes=changes,
            ours=ours,
            token=links.booking_token(booking),
            **facts,
        )
    managers.tell(kind, booking, ours, changes=changes, now=now)


def letter(
    kind: str, booking: Booking, *, token: str, ours: Partnership, now: datetime, **facts: Any
) -> Email:
    """A mail of this kind that leaves the diary alone, for who writes to many: not queued yet."""
    return outbox.write(
        kind,
        to=booking.email,
        now=now,
        booking=booking,
        ours=ours,
        date=booking.course_date,
        course=booking.course_date.course,
        token=token,
        **facts,
    )


def policy(booking: Booking) -> Policy | None:
    """What it costs not to come, for whom that concerns."""
    has_a_place = booking.state is BookingState.CONFIRMED and not booking.course_date.is_off
    return charges.policy_for(booking) if has_a_place or booking.gave_up_late else None


def _kind(booking: Booking, was: str | None) -> str:
    if booking.is_live and booking.course_date.is_off:
        return OFF[booking.course_date.state]
    stands = booking.state, booking.ending
    if booking.approval_asked_at is not None and stands in APPROVAL:
        return APPROVAL[stands]
    if booking.ending is Ending.BY_PRACTITIONER and was == BookingState.WAITING:
        return "left_waiting_list"
    if booking.state is BookingState.WAITING and booking.told_of_place_at:
        return "place_to_take"
    return KINDS.get(booking.state) or ENDINGS[booking.ending or Ending.BY_PRACTITIONER]


def _entries(booking: Booking, now: datetime) -> list[Invitation]:
    if booking.course_date.is_off or not booking.is_live:
        return diaries.cancellations(booking, now=now)
    if booking.state is BookingState.CONFIRMED:
        return diaries.invitations(booking, now=now)
    return []
