"""What must hold at every midnight of the year, whatever people do."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from webapp.db import db
from webapp.models import Booking, BookingState, CourseDate, DateState, Email, Ending
from webapp.services import places

# What is told of a change, once for each; the rest reminds, invites or asks.
ONCE = {
    "booking_offered",
    "booking_cancelled",
    "left_waiting_list",
    "approval_given_up",
    "offer_declined",
    "offer_lapsed",
    "date_chosen",
    "old_date",
    "colleague_sent",
    "booking_substituted",
    "joining_instructions",
    "certificate",
}
ENDINGS = {
    Ending.BY_PRACTITIONER: {"booking_cancelled", "left_waiting_list", "approval_given_up"},
    Ending.OFFER_DECLINED: {"offer_declined"},
    Ending.OFFER_LAPSED: {"offer_lapsed"},
    Ending.SUBSTITUTED: {"booking_substituted"},
    # Only who has a place takes another date, and loses an entry by it.
    Ending.MOVED: {"old_date"},
}
ASKS = ("booking_offered", "place_to_take")
REMINDS = ("reminder", "reminder_online", "joining_instructions")
HAS_A_PLACE = {"booking_confirmed", "date_chosen", "colleague_sent"}


class Promises:
    def __init__(self) -> None:
        self.read = 0
        self.told: dict[int, Counter[str]] = {}
        self.days = 0

    def check(self, now: datetime) -> None:
        self.days += 1
        self.check_places(now)
        self.check_offers(now)
        self.check_line()
        self.check_mail()
        db.session.rollback()

    def check_places(self, now: datetime) -> None:
        dates = db.session.scalars(
            select(CourseDate).where(
                CourseDate.state == DateState.PUBLISHED, CourseDate.starts_at > now
            )
        ).all()
        untold = self.waiting_untold()
        for date_id, counts in places.places_of(dates, now).items():
            assert counts.capacity is not None
            assert counts.taken <= counts.capacity, f"{now}: too many on date {date_id}"
            if counts.free:
                assert not untold[date_id], f"{now}: a place on {date_id}, and somebody waits"

    def waiting_untold(self) -> Counter[int]:
        """How many wait for each date and have not been told that there is a place to take."""
        return Counter(
            dict(
                db.session.execute(
                    select(Booking.course_date_id, func.count())
                    .where(
                        Booking.state == BookingState.WAITING,
                        Booking.told_of_place_at.is_(None),
                        Booking.approval_asked_at.is_(None),
                    )
                    .group_by(Booking.course_date_id)
                ).all()
            )
        )

    def check_offers(self, now: datetime) -> None:
        late = db.session.scalars(
            select(Booking.id).where(
                Booking.state == BookingState.OFFERED, Booking.offered_until <= now
            )
        ).all()
        assert not late, f"{now}: offers past their deadline stand: {late}"

    def check_line(self) -> None:
        """Nobody has been offered a place who came after somebody who still waits."""
        last_offered, first_waiting = (
            dict(
                db.session.execute(
                    select(Booking.course_date_id, at(Booking.waiting_since))
                    .join(Booking.course_date)
                    .where(Booking.state == state, Booking.approval_asked_at.is_(None))
                    .group_by(Booking.course_date_id)
                ).all()
            )
            for at, state in ((func.max, BookingState.OFFERED), (func.min, BookingState.WAITING))
        )
        for date_id, at in last_offered.items():
            waits = first_waiting.get(date_id)
            assert waits is None or at <= waits, f"somebody was passed over on date {date_id}"

    def check_mail(self) -> None:
        """Whoever's standing changed since the last look was told so once, and not twice."""
        new = db.session.execute(
            select(Email.id, Email.booking_id, Email.kind).where(Email.id > self.read)
        ).all()
        today: Counter[tuple[int, str]] = Counter()
        for number, booking_id, kind in new:
            self.read = max(self.read, number)
            if booking_id is not None:
                self.told.setdefault(booking_id, Counter())[kind] += 1
                today[booking_id, kind] += kind in REMINDS
        assert not [key for key, times in today.items() if times > 1], f"reminded twice: {today}"
        touched = {booking_id for _, booking_id, _ in new if booking_id is not None}
        for booking in db.session.scalars(select(Booking).where(Booking.id.in_(touched))):
            self.check_told(booking, self.told[booking.id])

    def check_told(self, booking: Booking, told: Counter[str]) -> None:
        twice = {kind for kind in ONCE if told[kind] > 1}
        assert not twice, f"booking {booking.id} was told twice: {told}"
        assert sum(told[kind] for kind in HAS_A_PLACE) <= 1, f"booking {booking.id}: {told}"
        if booking.state is BookingState.CONFIRMED:
            assert any(told[kind] for kind in HAS_A_PLACE), f"booking {booking.id}: {told}"
        if booking.state is BookingState.OFFERED:
            assert told["booking_offered"] == 1, f"booking {booking.id}: {told}"
        if booking.ending is not None:
            ended = sum(told[kind] for kind in ENDINGS[booking.ending])
            assert ended == 1, f"booking {booking.id}: {told}"

    def check_end(self, now: datetime) -> None:
        """Nothing is left hanging once the last date is over."""
        self.check(now)
        states = Counter(
            db.session.scalars(
                select(Booking.state).join(Booking.course_date).where(CourseDate.starts_at > now)
            )
        )
        assert not states, f"bookings on dates to come: {states}"
        offered = select(func.count()).where(Booking.state == BookingState.OFFERED)
        assert db.session.scalar(offered) == 0
        too_late = (
            select(func.count())
            .select_from(Email)
            .join(Booking, Booking.id == Email.booking_id)
            .join(Booking.course_date)
            .where(Email.kind.in_(ASKS), Email.queued_at >= CourseDate.starts_at)
        )
        assert db.session.scalar(too_late) == 0, "a place was offered after the start"
