"""What we know of somebody who booked, put right by an organiser; their mailbox is not in it."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import agencies, attendees, audit, bookings, undoing
from webapp.web.organiser import identity, undo, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import AttendeeForm


class PersonDetailsForm(AttendeeForm):
    """Without what somebody needs, which is theirs to say."""

    email = access = dietary = None


@bp.route("/bookings/<int:booking_id>/details", methods=["GET", "POST"])
def change_person(booking_id: int) -> ResponseReturnValue:
    now = clock.now()
    found = attendees.get_booking(booking_id)
    if not found.is_live:
        raise Refused("This booking has been cancelled, so its details can no longer be changed.")
    kept = bookings.details_of(found)
    form = PersonDetailsForm(data={**vars(kept), "agency": found.agency_id})
    form.offer(agencies.choices())
    if form.validate_on_submit():
        was = undoing.look(found, now=now)
        changed = replace(form.details(), access=kept.access, dietary=kept.dietary)
        bookings.change_details(found, details=changed, now=now)
        line = audit.record(
            identity.me(),
            "changed somebody's details",
            course_date=found.course_date,
            booking=found,
            now=now,
        )
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("The details are changed. We have not written to the person.", "success")
        return redirect(url_for(".booking", booking_id=booking_id))
    page = render_template("organiser/change_person.html", booking=found, form=form)
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page
