"""What is found afterwards: each law, how often it was looked at, and what breaks it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.faults.house import ON_REGISTER, PLACES, House
from tests.faults.people import Told
from tests.faults.post_office import PostOffice
from webapp.db import db
from webapp.models import Booking, BookingState, Email

HAS_PLACE = {BookingState.CONFIRMED, BookingState.OFFERED}


@dataclass(frozen=True)
class Law:
    """`seen` things were looked at; `broken` says which of them are not as they should be."""

    words: str
    seen: int
    broken: list[str]


def laws(house: House, told: Told, post: PostOffice) -> list[Law]:
    """Every law, with the house's database open and everybody gone home."""
    wanted = select(Booking).options(joinedload(Booking.practitioner))
    bookings = {one.id: one for one in db.session.scalars(wanted)}
    mails = db.session.scalars(select(Email)).all()
    return [
        *_yeses(bookings, told),
        *_places(house, bookings),
        _whole(bookings, mails),
        *_mails(mails, post),
    ]


def mails_that_wait() -> int:
    wanted = select(Email.id).where(Email.sent_at.is_(None), Email.gave_up_at.is_(None))
    return len(db.session.scalars(wanted).all())


def _yeses(bookings: dict[int, Booking], told: Told) -> Iterator[Law]:
    there = {(one.course_date_id, one.practitioner.email) for one in bookings.values()}
    lost = [f"{email} on date {date}" for date, email in told.booked - there]
    yield Law("Who was told that they had booked has a booking", len(told.booked), lost)
    state = {number: one.state for number, one in bookings.items()}
    lost = [str(one) for one in told.given_up if state.get(one) is not BookingState.CANCELLED]
    yield Law("A place that was given up is given up", len(told.given_up), lost)
    kept = told.taken - told.given_up - told.perhaps_given_up
    lost = [str(one) for one in kept if state.get(one) is not BookingState.CONFIRMED]
    yield Law("An offer that was taken is a place", len(kept), lost)
    lost = [
        f"{one}: {bookings[one].attendance}, not {said}"
        for one, said in told.marked.items()
        if bookings[one].attendance not in said
    ]
    yield Law("A mark on the register is the last that was answered, or later", ON_REGISTER, lost)


def _places(house: House, bookings: dict[int, Booking]) -> Iterator[Law]:
    by_date = {
        date: Counter(one.state for one in bookings.values() if one.course_date_id == date)
        for date in house.dates
    }
    taken = {date: sum(found[state] for state in HAS_PLACE) for date, found in by_date.items()}
    sold_twice = [f"date {date}: {many}" for date, many in taken.items() if many > PLACES]
    yield Law("No place is sold twice", len(taken), sold_twice)
    empty = [
        f"date {date}: {many}"
        for date, many in taken.items()
        if many < PLACES and by_date[date][BookingState.WAITING]
    ]
    yield Law("No place is free while somebody waits for it", len(taken), empty)
    offered = [one for one in bookings.values() if one.offered_until is not None]
    stuck = [
        str(one.id)
        for one in offered
        if one.state is BookingState.OFFERED and one.offered_until < house.opened_at
    ]
    yield Law("No offer is stuck past its time", len(offered), stuck)


def _whole(bookings: dict[int, Booking], mails: list[Email]) -> Law:
    written = {mail.booking_id for mail in mails}
    half = [str(number) for number in bookings if number not in written]
    return Law("No booking is without its mail", len(bookings), half)


def _mails(mails: list[Email], post: PostOffice) -> Iterator[Law]:
    sent = [mail for mail in mails if mail.sent_at is not None]
    lost = [f"{one.id} to {one.to}" for one in sent if not post.kept[one.message_id]]
    yield Law("A mail that was sent has arrived", len(sent), lost)
    often = [f"{one}: {times}" for one, times in post.kept.items() if times > 2]
    yield Law("No mail has arrived more than once again", len(post.kept), often)
    ours = {mail.message_id: mail for mail in mails}
    again = [one for one, times in post.kept.items() if times > 1 and one in ours]
    sure = [one for one in again if not ours[one].answers_lost]
    yield Law("What arrived again was one whose answer was lost", len(again), sure)
    unknown = [one for one in post.kept if one not in ours]
    yield Law("Nothing has arrived that nobody wrote", len(post.kept), unknown)
    waiting = [str(one.id) for one in mails if one.sent_at is None and one.gave_up_at is None]
    yield Law("No mail still waits", len(mails), waiting)
