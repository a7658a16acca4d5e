"""The rows of a year: what the organisers put there before it begins, and what is looked up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from tests.makers import (
    make_agency,
    make_course,
    make_date,
    make_organiser,
    make_partnership,
    make_terms,
    make_venue,
)
from tests.simulation.fates import Planned
from tests.simulation.people import DAY
from tests.simulation.rules import Rule
from tests.simulation.year import Year
from webapp.db import db
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    BookingTerms,
    CourseDate,
    Email,
    Format,
    Organiser,
)
from webapp.services.details import Details


class Rows:
    def __init__(self, year: Year, rule: Rule) -> None:
        make_partnership(**rule.settings)
        make_terms()
        make_agency("Anytown Council")
        make_organiser()
        venue = make_venue()
        courses = [make_course() for _ in range(year.given.courses)]
        # Planned dates by the ids of their rows, and the other way round.
        self.planned: dict[int, Planned] = {}
        self.ids: dict[int, int] = {}
        for planned in year.dates:
            date = make_date(
                course=courses[planned.course],
                starts_at=planned.starts_at,
                ends_at=planned.ends_at,
                capacity=planned.capacity,
                opens_at=planned.starts_at - year.given.opens_days * DAY,
                **({"format": Format.ONLINE} if planned.is_online else {"venue": venue}),
            )
            self.planned[date.id], self.ids[planned.number] = planned, date.id

    @property
    def organiser(self) -> Organiser:
        return db.session.scalars(select(Organiser)).one()

    @property
    def terms(self) -> BookingTerms:
        return db.session.scalars(select(BookingTerms)).one()

    def date(self, planned: Planned) -> CourseDate:
        return db.session.get_one(CourseDate, self.ids[planned.number])

    def booking(self, email: str, planned: Planned) -> Booking | None:
        """The place or the wait this address has on the date now."""
        return db.session.scalar(
            select(Booking).where(
                Booking.course_date_id == self.ids[planned.number],
                Booking.practitioner.has(email=email),
                Booking.state != BookingState.CANCELLED,
            )
        )


def details(name: str) -> Details:
    agency = db.session.scalars(select(Agency)).one()
    return Details(name=name, agency=agency, job_role="Social worker")


def mail_since(number: int) -> Sequence[Any]:
    """What was written after the mail of this number: its own number, kind, date and address, since
    when that booking is there, and until when it is offered a place."""
    return db.session.execute(
        select(
            Email.id,
            Email.kind,
            Booking.course_date_id,
            Email.to,
            Booking.booked_at,
            Booking.offered_until,
        )
        .outerjoin(Booking, Booking.id == Email.booking_id)
        .where(Email.id > number)
        .order_by(Email.id)
    ).all()


def deliver(now: datetime) -> None:
    """The mail server takes what was written. Its words are of no more use here."""
    waits = Email.sent_at.is_(None)
    db.session.execute(update(Email).where(waits).values(sent_at=now, message=None))
    db.session.commit()
