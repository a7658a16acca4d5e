"""Certificates: given to those whom the register has there, sent, withdrawn again, and checked.

They go out once the date is over and everybody is marked, at the latest a day after the end: by
then a wrong tap has been put right. Who was there for part of it gets one if an organiser decides
so; a partnership may have the others say first what the training was like.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import choice

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from webapp.clock import london
from webapp.db import db
from webapp.errors import NotFound, Refused
from webapp.formats import certificates as papers
from webapp.models import (
    Attendance,
    Booking,
    BookingState,
    Certificate,
    CourseDate,
    DateState,
    Evaluation,
    Partnership,
)
from webapp.services import links, outbox, partnership, places

WAITS_FOR_THE_REGISTER = timedelta(days=1)
EARNS = (Attendance.ATTENDED, Attendance.LATE)
NONE_HERE = "There is no certificate for this booking."


def due_dates(now: datetime) -> Sequence[CourseDate]:
    """The dates whose register says something else than the certificates given for them."""
    here = Booking.course_date_id == CourseDate.id
    earned = exists().where(here, _is_earned(), ~_has_one())
    untrue = exists().where(here, Certificate.booking_id == Booking.id, _is_untrue())
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.ends_at <= now,
            or_(untrue, and_(is_settled(now), earned)),
        )
        .order_by(CourseDate.id)
    ).all()


def is_settled(now: datetime) -> ColumnElement[bool]:
    """Of a date that is over: everybody on its register is marked, or has had the time to be."""
    unmarked = exists().where(Booking.course_date_id == CourseDate.id, _is_unmarked())
    return or_(CourseDate.ends_at <= now - WAITS_FOR_THE_REGISTER, ~unmarked)


def follow_register(date: CourseDate, *, now: datetime) -> tuple[int, int]:
    """Give and withdraw what the register of a date that is over says; how many of each."""
    places.hold(date)
    here = Booking.course_date_id == date.id
    of_date = (
        select(Booking)
        .where(here)
        .order_by(Booking.id)
        .options(joinedload(Booking.certificate), joinedload(Booking.practitioner))
        .execution_options(populate_existing=True)
    )
    untrue = db.session.scalars(of_date.join(Booking.certificate).where(_is_untrue())).all()
    ours = partnership.get()
    for booking in untrue:
        _withdraw(booking, ours, now=now)
    earned: Sequence[Booking] = []
    if date.is_past(now - WAITS_FOR_THE_REGISTER) or not db.session.scalar(
        select(exists().where(here, _is_unmarked()))
    ):
        earned = db.session.scalars(of_date.where(_is_earned(), ~_has_one())).all()
    for booking in earned:
        send(_write(booking, now=now), ours, now=now)
    return len(earned), len(untrue)


def give(booking: Booking, *, now: datetime) -> Certificate:
    """An organiser gives one without waiting, also for part of it; a second time nothing changes.

    Raises Refused while the date is not over, or when the register does not have them there.
    """
    date = places.hold_for(booking)
    if not date.is_past(now):
        raise Refused("Certificates are given once the date is over.")
    if booking.state is not BookingState.CONFIRMED or not booking.came:
        raise Refused("The register does not say that this person came.")
    standing = booking.certificate
    if standing is not None and standing.stands:
        return standing
    certificate = _write(booking, now=now)
    send(certificate, now=now)
    return certificate


def waits_for_answers(booking: Booking, ours: Partnership) -> bool:
    """Whether this person gets one by saying what the training was like."""
    has_one = booking.certificate is not None and booking.certificate.stands
    return (
        ours.certificate_after_evaluation
        and booking.state is BookingState.CONFIRMED
        and booking.attendance in EARNS
        and booking.evaluation is None
        and not has_one
    )


def correct_name(certificate: Certificate, name: str, *, now: datetime) -> None:
    """Put the name right, on the booking too, and send the paper again. Raises Refused."""
    places.hold_for(certificate.booking)
    _refuse_unless_standing(certificate)
    certificate.name = certificate.booking.name = name
    certificate.booking.updated_at = now
    send(certificate, now=now)


def send(certificate: Certificate, ours: Partnership | None = None, *, now: datetime) -> None:
    """Write to the person where their certificate is. Raises Refused once it is withdrawn."""
    _refuse_unless_standing(certificate)
    booking = certificate.booking
    outbox.queue(
        "certificate",
        to=booking.email,
        now=now,
        booking=booking,
        ours=ours,
        certificate=certificate,
        dates=papers.dates(certificate),
        code=papers.shown(certificate.code),
        date=booking.course_date,
        course=booking.course_date.course,
        token=links.booking_token(booking),
    )


def of_booking(booking: Booking) -> Certificate:
    """The one that stands. Raises NotFound."""
    if booking.certificate is None or not booking.certificate.stands:
        raise NotFound(NONE_HERE)
    return booking.certificate


def _write(booking: Booking, *, now: datetime) -> Certificate:
    """The paper in the words of today; who had one that was withdrawn keeps its code."""
    date = booking.course_date
    days = date.days
    certificate = booking.certificate or Certificate(code=_code())
    certificate.name, certificate.title = booking.name, date.course.title
    certificate.starts_on = london(days[0].starts_at).date()
    certificate.ends_on = london(days[-1].ends_at).date()
    lasts = sum((day.ends_at - day.starts_at for day in days), timedelta())
    certificate.minutes = round(lasts / timedelta(minutes=1))
    certificate.given_at, certificate.withdrawn_at = now, None
    booking.certificate = certificate
    return certificate


def _withdraw(booking: Booking, ours: Partnership, *, now: datetime) -> None:
    assert booking.certificate is not None
    booking.certificate.withdrawn_at = now
    outbox.queue(
        "certificate_withdrawn",
        to=booking.email,
        now=now,
        booking=booking,
        ours=ours,
        certificate=booking.certificate,
        code=papers.shown(booking.certificate.code),
        date=booking.course_date,
        course=booking.course_date.course,
    )


def _refuse_unless_standing(certificate: Certificate) -> None:
    if not certificate.stands:
        raise Refused("This certificate has been withdrawn.")


def _code() -> str:
    return "".join(choice(papers.LETTERS) for _ in range(papers.CODE_LENGTH))


def _is_unmarked() -> ColumnElement[bool]:
    return (Booking.state == BookingState.CONFIRMED) & Booking.attendance.is_(None)


def _is_earned() -> ColumnElement[bool]:
    has_answered = exists().where(Evaluation.booking_id == Booking.id)
    waits_for_it = exists().where(Partnership.certificate_after_evaluation)
    came = (Booking.state == BookingState.CONFIRMED) & Booking.attendance.in_(EARNS)
    return came & or_(has_answered, ~waits_for_it)


def _has_one() -> ColumnElement[bool]:
    return exists().where(Certificate.booking_id == Booking.id, Certificate.withdrawn_at.is_(None))


def _is_untrue() -> ColumnElement[bool]:
    """Of a booking with a certificate: it stands, and the register says something else since.

    Where somebody was there for part of it, the later of mark and paper is what was decided.
    """
    is_partly = (Booking.attendance == Attendance.PART) & (
        Booking.marked_at <= Certificate.given_at
    )
    is_true = (Booking.state == BookingState.CONFIRMED) & or_(
        Booking.attendance.in_(EARNS), is_partly
    )
    return and_(Certificate.withdrawn_at.is_(None), ~func.coalesce(is_true, False))
