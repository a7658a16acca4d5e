"""Certificates as they are looked at: by their code, one person's, and those of a date."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.models import (
    Attendance,
    Booking,
    BookingState,
    Certificate,
    CourseDate,
    Practitioner,
)
from webapp.services.paging import BY_NAME, Page, listed

CAME = (Attendance.ATTENDED, Attendance.LATE, Attendance.PART)


def by_code(code: str) -> Certificate | None:
    """The one with this code, withdrawn or not."""
    return db.session.scalar(
        select(Certificate).where(Certificate.code == code).options(joinedload(Certificate.booking))
    )


def of_practitioner(practitioner: Practitioner) -> Sequence[Certificate]:
    """All that stand, in the order of their days."""
    found = db.session.scalars(
        select(Certificate)
        .join(Certificate.booking)
        .where(Booking.practitioner_id == practitioner.id)
        .order_by(Certificate.starts_on, Certificate.id)
        .options(joinedload(Certificate.booking))
    )
    return [certificate for certificate in found if certificate.stands]


def of_date(date: CourseDate, number: int = 1) -> Page[Booking]:
    """One page of those with a place or a certificate, by name."""
    ids = (
        select(Booking.id)
        .outerjoin(Booking.certificate)
        .where(
            Booking.course_date_id == date.id,
            or_(Booking.state == BookingState.CONFIRMED, Certificate.id.is_not(None)),
        )
        .order_by(*BY_NAME)
    )
    return listed(ids, number, _with_certificates)


def how_many_stand(date: CourseDate) -> int:
    """Of its certificates, those that the register bears out today: see `Certificate.stands`."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Booking)
            .join(Booking.certificate)
            .where(
                Booking.course_date_id == date.id,
                Booking.state != BookingState.CANCELLED,
                Booking.attendance.in_(CAME),
                Certificate.withdrawn_at.is_(None),
            )
        )
        or 0
    )


def _with_certificates(ids: Sequence[int]) -> Sequence[Booking]:
    """These bookings in this order."""
    found = db.session.scalars(
        select(Booking)
        .where(Booking.id.in_(ids))
        .options(
            joinedload(Booking.certificate),
            joinedload(Booking.practitioner),
            joinedload(Booking.agency),
        )
    )
    rows = {booking.id: booking for booking in found}
    return [rows[key] for key in ids]
