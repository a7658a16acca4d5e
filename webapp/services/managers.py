"""Line managers, who have no account, hear of the places of their own people, and of nothing else.

Each hears of a place once, of what becomes of it after that, and never why somebody stays away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from webapp.clock import LONDON, london
from webapp.db import db
from webapp.formats import working_time
from webapp.models import Booking, BookingState, Partnership, Week
from webapp.services import links, outbox, partnership

HAS_A_PLACE, CHANGED, NO_PLACE = "manager_booked", "manager_changed", "manager_no_place"
HAS_SEVERAL = "manager_week_booked"
MOVES = {"booking_moved", "date_chosen"}
# By what the person is told themselves.
HEARD = {
    "booking_confirmed": HAS_A_PLACE,
    "colleague_sent": HAS_A_PLACE,
    "stands_in": HAS_A_PLACE,
    "booking_moved": CHANGED,
    "date_chosen": CHANGED,
    "booking_changed": CHANGED,
    "date_back_on": CHANGED,
    "booking_cancelled": NO_PLACE,
    "booking_cancelled_by_booker": NO_PLACE,
    "booking_cancelled_by_organiser": NO_PLACE,
    "booking_substituted": NO_PLACE,
    "date_cancelled": NO_PLACE,
}


@dataclass(frozen=True)
class Place:
    """One of several that a manager hears of at once, and until when they can object, how."""

    booking: Booking
    until: datetime | None
    token: str


class Change(Protocol):
    """One thing about a date that is different, as in `notices`."""

    @property
    def matters_to_all(self) -> bool: ...


def tell(
    kind: str,
    booking: Booking,
    ours: Partnership,
    *,
    now: datetime,
    changes: Sequence[Change] = (),
) -> None:
    """The person is told this: so may their manager be. Told again, a manager is not.

    What a colleague booked for somebody who has not confirmed it yet is nobody else's to know: see
    `team_bookings`.
    """
    hears = HEARD.get(kind)
    if hears is None or not _may_hear(booking, ours):
        return
    known = booking.replaces if kind in MOVES else booking
    was_told = known is not None and known.manager_told_at is not None
    if hears is NO_PLACE and was_told:
        _write(NO_PLACE, booking, ours, now)
    elif hears is CHANGED and was_told:
        _tell_changed(booking, [one for one in changes if one.matters_to_all], ours, now)
    elif booking.state is BookingState.CONFIRMED and hears is not NO_PLACE and not was_told:
        _tell_of_place(booking, ours, now)


def tell_of_several(week: Week, made: Sequence[Booking], *, now: datetime) -> None:
    """Of the places somebody booked by one form, each manager named hears once, in one mail."""
    ours, heard = partnership.get(), dict[str | None, list[Booking]]()
    for booking in made:
        date = booking.course_date
        has_a_place = booking.state is BookingState.CONFIRMED
        is_to_come = not date.is_off and not date.has_started(now)
        is_news = booking.manager_told_at is None and _is_told_of(booking, ours)
        if has_a_place and is_to_come and is_news and _may_hear(booking, ours):
            heard.setdefault(booking.manager_email, []).append(booking)
    for places in heard.values():
        for booking in places:
            booking.manager_told_at = now
        if len(places) == 1:
            _write(HAS_A_PLACE, places[0], ours, now)
        else:
            _write_of_several(week, places, ours, now)


def tell_another(booking: Booking, *, now: datetime) -> None:
    """The person has named somebody else as their manager, who has heard nothing so far."""
    booking.manager_told_at = None
    tell("booking_confirmed", booking, partnership.get(), now=now)


def objects_until(booking: Booking, ours: Partnership) -> datetime | None:
    """When the time for an objection ends; None where there is none. In UTC."""
    days, date = booking.course_date.course.objection_days, booking.course_date
    if booking.manager_told_at is None or not days or date.starts_at is None:
        return None
    last = working_time.of(ours).days_after(london(booking.manager_told_at).date(), days)
    return min(datetime.combine(last, ours.work_ends, LONDON), date.starts_at)


def _may_hear(booking: Booking, ours: Partnership) -> bool:
    is_unheard = booking.booked_by_id is not None and booking.is_to_confirm
    named = bool(booking.manager_email)
    return named and ours.managers_told_since is not None and not is_unheard


def _is_told_of(booking: Booking, ours: Partnership) -> bool:
    """Whoever booked before was promised that nobody writes to their manager."""
    since = ours.managers_told_since
    return since is not None and booking.booked_at >= since


def _tell_of_place(booking: Booking, ours: Partnership, now: datetime) -> None:
    if _is_told_of(booking, ours):
        booking.manager_told_at = now
        _write(HAS_A_PLACE, booking, ours, now)


def _tell_changed(
    booking: Booking, changes: Sequence[Change], ours: Partnership, now: datetime
) -> None:
    if booking.manager_told_at is None and booking.state is BookingState.CONFIRMED:
        booking.manager_told_at = now  # on the date they moved to
    elif booking.manager_told_at is not None and not changes:
        return
    _write(CHANGED, booking, ours, now, changes=changes)


def _write_of_several(
    week: Week, places: Sequence[Booking], ours: Partnership, now: datetime
) -> None:
    told = [Place(one, objects_until(one, ours), links.manager_token(one)) for one in places]
    _queue(HAS_SEVERAL, places[0], ours, now, course=week, places=told)


def _write(kind: str, booking: Booking, ours: Partnership, now: datetime, **facts: Any) -> None:
    facts |= {"until": objects_until(booking, ours), "token": links.manager_token(booking)}
    date = booking.course_date
    _queue(kind, booking, ours, now, date=date, course=date.course, **facts)


def _queue(kind: str, booking: Booking, ours: Partnership, now: datetime, **facts: Any) -> None:
    assert booking.manager_email is not None
    db.session.add(
        outbox.write(
            kind,
            to=booking.manager_email,
            to_name=booking.manager_name,
            now=now,
            booking=booking,
            ours=ours,
            **facts,
        )
    )
