"""The certificates of a date: who has one, sent again, given by decision, the name put right."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import certificates as papers
from webapp.formats import typst_papers
from webapp.models import Booking
from webapp.services import (
    attendees,
    audit,
    certificate_lists,
    certificates,
    course_dates,
    links,
    partnership,
    register_lists,
)
from webapp.services.certificates import WAITS_FOR_THE_REGISTER
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.files import attached
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp


class NameForm(Form):
    name = fields.line(
        "Name on the certificate",
        "Enter the name",
        width="govuk-!-width-two-thirds",
        autocomplete="off",
    )


@bp.get("/dates/<int:date_id>/certificates", endpoint="certificates")
def of_date(date_id: int) -> str:
    date, now = course_dates.get(date_id), clock.now()
    found = certificate_lists.of_date(date, page_number())
    page = render_template(
        "organiser/certificates.html",
        date=date,
        found=found,
        again=same_list(),
        given=certificate_lists.how_many_stand(date),
        unmarked=register_lists.counts([date])[date.id].unmarked,
        at_the_latest=date.ends_at and date.ends_at + WAITS_FOR_THE_REGISTER,
        over=date.is_past(now),
        code=papers.shown,
    )
    watch.saw("saw the certificates", course_date=date)
    return page


@bp.get("/bookings/<int:booking_id>/certificate.pdf")
def certificate(booking_id: int) -> Response:
    booking = attendees.get_booking(booking_id)
    given = certificates.of_booking(booking)
    address = links.address("public.check_certificate", code=given.code)
    body = papers.to_pdf(given, partnership=partnership.get(), address=address)
    name = papers.file_name(given, booking.course_date)
    watch.saw("downloaded a certificate", course_date=booking.course_date, booking=booking)
    return attached(body, typst_papers.TYPE, name)


@bp.post("/bookings/<int:booking_id>/certificate")
def send_certificate(booking_id: int) -> ResponseReturnValue:
    """Send the certificate again; who has none is given one first."""
    booking, now = attendees.get_booking(booking_id), clock.now()
    had_one = booking.certificate is not None and booking.certificate.stands
    given = certificates.give(booking, now=now)
    if had_one:
        certificates.send(given, now=now)
    _record("sent a certificate again" if had_one else "gave a certificate", booking)
    db.session.commit()
    flash(f"The certificate is on its way to {booking.email}.", "success")
    return redirect(url_for(".certificates", date_id=booking.course_date_id))


@bp.route("/bookings/<int:booking_id>/certificate/name", methods=["GET", "POST"])
def correct_certificate(booking_id: int) -> ResponseReturnValue:
    booking = attendees.get_booking(booking_id)
    given = certificates.of_booking(booking)
    form = NameForm(data={"name": given.name})
    if form.validate_on_submit():
        certificates.correct_name(given, form.name.data, now=clock.now())
        _record("put the name on a certificate right", booking)
        db.session.commit()
        flash(f"The certificate with the new name is on its way to {booking.email}.", "success")
        return redirect(url_for(".certificates", date_id=booking.course_date_id))
    page = render_template(
        "organiser/certificate_name.html", booking=booking, date=booking.course_date, form=form
    )
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=booking.course_date, booking=booking)
    return page


def _record(action: str, booking: Booking) -> None:
    audit.record(
        identity.me(),
        action,
        course_date=booking.course_date,
        booking=booking,
        now=clock.now(),
    )
