"""What several rooms of the world ask for: a course, days, and somebody who books."""

from datetime import timedelta

from sqlalchemy import select

from tests.conftest import NOW
from webapp.db import db
from webapp.models import Booking, BookingTerms, Course
from webapp.services import bookings
from webapp.services.agencies import suggested

PASSWORD = "correct horse battery staple"
HOSTILE = "<b>Ann</b> O'Brien-Šťastná عائشة 🙂 " + "long" * 30


def two_days(days):
    """From 10am to 4pm, that many days from now and the day after."""
    start = NOW + timedelta(days=days, hours=1)
    return [(start + timedelta(days=n), start + timedelta(days=n, hours=6)) for n in (0, 1)]


def course_of(slug):
    return db.session.scalars(select(Course).where(Course.slug.contains(slug))).one()


def book(date, email, **facts):
    details = bookings.Details(
        **{
            "name": email.partition("@")[0].replace(".", " ").title(),
            "agency": suggested(email),
            "job_role": "Social worker",
            "manager_name": "Max Manager",
            "manager_email": "max@york.gov.uk",
            **facts,
        }
    )
    bookings.book(
        date,
        email=email,
        details=details,
        terms=db.session.scalars(select(BookingTerms)).first(),
        submission=f"form of {email}",
        now=NOW,
    )
    db.session.commit()
    return db.session.scalars(select(Booking).order_by(Booking.id.desc())).first()
