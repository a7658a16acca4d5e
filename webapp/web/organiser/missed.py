"""Places that were missed, for organisers: whose they are, set aside, and bookings that wait until
somebody has allowed them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import BookingState
from webapp.services import approvals, attendees, audit, missed, missed_lists
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import number, page_number, same_list
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import CancelForm

# In months, by what the tab says.
PERIODS = {12: "Last 12 months", 36: "Last 3 years"}
ALLOWED = {
    BookingState.CONFIRMED: "has a place",
    BookingState.WAITING: "is on the waiting list, because all places are taken",
}


class SetAsideForm(Form):
    reason = fields.paragraphs(
        "Why it does not count",
        "Enter why it does not count",
        most=500,
        hint="For organisers only. The person may ask to see it.",
    )


@bp.get("/missed-places", endpoint="missed_places")
def missed_places() -> str:
    now, months = clock.now(), number("months") or 12
    months = months if months in PERIODS else 12
    found = missed_lists.people(months, page_number(), now=now)
    page = render_template(
        "organiser/missed_places.html",
        found=found,
        lines=missed_lists.lines(found.rows, months, now=now),
        months=months,
        periods=PERIODS,
        again=same_list("months"),
    )
    if found.rows:
        watch.saw("saw who missed places")
    return page


@bp.route("/bookings/<int:booking_id>/set-aside", methods=["GET", "POST"])
def set_aside(booking_id: int) -> ResponseReturnValue:
    form, now = SetAsideForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if why_not := missed.why_not_set_aside(found):
        raise Refused(why_not)
    if form.validate_on_submit():
        missed.set_aside(found, reason=form.reason.data, now=now)
        date = found.course_date
        audit.record(
            identity.me(), "set a missed place aside", course_date=date, booking=found, now=now
        )
        db.session.commit()
        flash("This missed place does not count any more.", "success")
        return redirect(url_for(".booking", booking_id=booking_id))
    return _asked("organiser/set_aside.html", booking_id, form)


@bp.post("/bookings/<int:booking_id>/allow")
def allow_booking(booking_id: int) -> ResponseReturnValue:
    now, found = clock.now(), attendees.get_booking(booking_id)
    approvals.allow(found, now=now)
    date = found.course_date
    audit.record(identity.me(), "allowed a booking", course_date=date, booking=found, now=now)
    db.session.commit()
    flash(f"{found.name} {ALLOWED[found.state]}. We have written to {found.email}.", "success")
    return redirect(url_for(".booking", booking_id=booking_id))


@bp.route("/bookings/<int:booking_id>/refuse", methods=["GET", "POST"])
def refuse_booking(booking_id: int) -> ResponseReturnValue:
    form, now = CancelForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if not found.awaits_approval:
        raise Refused(approvals.NOT_ASKED)
    if form.validate_on_submit():
        approvals.refuse(found, reason=form.reason.data, now=now)
        date = found.course_date
        audit.record(identity.me(), "refused a booking", course_date=date, booking=found, now=now)
        db.session.commit()
        flash(f"The booking is refused. We have written to {found.email}.", "success")
        return redirect(url_for(".attendees", date_id=date.id))
    return _asked("organiser/refuse_booking.html", booking_id, form)


def _asked(template: str, booking_id: int, form: Form) -> str:
    found = attendees.get_booking(booking_id)
    page = render_template(template, booking=found, form=form)
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page
