"""Somebody who goes to another date of the course, and a colleague who comes instead."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.models import CourseDate
from webapp.services import agencies, attendees, audit, moving, places
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import AttendeeForm


class MoveForm(Form):
    to: RadioField = fields.radios("Which date?", "Choose the date", [])
    over_capacity_reason = fields.paragraphs(
        "Why they come although it is full (optional)",
        most=500,
        rows=2,
        hint="Only for a date that is full: with a reason they come beyond the number of places."
        " For organisers only, kept as a note.",
    )
    reason = fields.paragraphs(
        "Why they are moved (optional)", most=500, hint="The person reads this in our message."
    )

    def offer(self, dates: Sequence[CourseDate]) -> None:
        self._dates = {str(date.id): date for date in dates}
        self.to.choices = {key: words.when(date) for key, date in self._dates.items()}

    @property
    def date(self) -> CourseDate:
        return self._dates[self.to.data]


class SubstituteForm(AttendeeForm):
    """What we must know of the colleague, who adds the rest by their own link."""

    phone = manager_name = manager_email = access = dietary = over_capacity_reason = None


@bp.route("/bookings/<int:booking_id>/move", methods=["GET", "POST"])
def move_booking(booking_id: int) -> ResponseReturnValue:
    form, now = MoveForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if why_not := moving.why_not_moved(found, now):
        raise Refused(why_not)
    dates = moving.targets(found, now=now)
    form.offer(dates)
    if form.validate_on_submit():
        full = form.over_capacity_reason.data
        try:
            moved = moving.move(
                found, form.date, reason=form.reason.data, over_capacity_reason=full, now=now
            )
        except Refused as refusal:
            db.session.rollback()
            form.to.errors = [str(refusal)]
        else:
            if full:
                attendees.note(moved, f"Moved here although full: {full}", now=now)
            for action, one in (
                ("moved a booking to another date", found),
                ("moved a booking here beyond the number of places", moved)
                if full
                else ("moved a booking here", moved),
            ):
                audit.record(
                    identity.me(), action, course_date=one.course_date, booking=one, now=now
                )
            db.session.commit()
            when = words.when(moved.course_date)
            flash(f"{moved.name} is moved to {when}. We have written to {moved.email}.", "success")
            return redirect(url_for(".booking", booking_id=moved.id))
    page = render_template(
        "organiser/move_booking.html",
        booking=found,
        form=form,
        dates=dates,
        places=places.places_of(dates),
    )
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page


@bp.route("/bookings/<int:booking_id>/substitute", methods=["GET", "POST"])
def substitute(booking_id: int) -> ResponseReturnValue:
    now = clock.now()
    found = attendees.get_booking(booking_id)
    if why_not := moving.why_not_substituted(found, now):
        raise Refused(why_not)
    # A colleague is usually one of the same place of work.
    form = SubstituteForm(data={"agency": found.agency_id, "organisation": found.organisation})
    form.offer(agencies.sectors())
    if form.validate_on_submit():
        try:
            goes = moving.substitute(found, email=form.email.data, details=form.details(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            for action, one in (
                ("passed a place on to a colleague", found),
                ("added a booking in place of a colleague", goes),
            ):
                audit.record(
                    identity.me(), action, course_date=goes.course_date, booking=one, now=now
                )
            db.session.commit()
            flash(f"{goes.name} goes instead of {found.name}. We have written to both.", "success")
            return redirect(url_for(".booking", booking_id=goes.id))
    page = render_template("organiser/substitute.html", booking=found, form=form)
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page
