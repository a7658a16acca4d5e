"""Somebody who goes to another date of the course, and a colleague who comes instead."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import words
from webapp.models import Booking, CourseDate
from webapp.services import agencies, attendees, audit, moving, places
from webapp.web import fields
from webapp.web.organiser import identity, over_capacity, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import AttendeeForm
from webapp.web.organiser.over_capacity import BeyondForm


class MoveForm(BeyondForm):
    to: RadioField = fields.radios("Which date?", "Choose the date", [])
    reason = fields.paragraphs(
        "Why they are moved (optional)", most=500, hint="The person reads this in our message."
    )

    def offer(self, dates: Sequence[CourseDate], coming: Sequence[Booking], now: datetime) -> None:
        """The dates to choose from, and how full they are for these people."""
        sectors = [booking.agency.sector_id for booking in coming]
        self._dates = {str(date.id): date for date in dates}
        self.to.choices = {key: words.when(date) for key, date in self._dates.items()}
        self.places = places.places_of(dates, now)
        lacks_room = [bool(one.why_no_room(*sectors)) for one in self.places.values()]
        self.may_be_full, self.is_full = any(lacks_room), bool(dates) and all(lacks_room)
        if self.may_be_full and not self.is_full:
            self.over_capacity_reason.label.text += ", if that date has no room for them"

    @property
    def date(self) -> CourseDate:
        return self._dates[self.to.data]

    def move(self, bookings: Sequence[Booking], now: datetime) -> Sequence[Booking]:
        """Move them there and say so in the audit log. Raises Refused."""
        moved = moving.move_all(
            bookings,
            self.date,
            reason=self.reason.data,
            over_capacity_reason=self.over_capacity_reason.data,
            now=now,
        )
        for old, new in zip(bookings, moved, strict=True):
            _note("moved a booking to another date", old, now)
            over_capacity.note("moved a booking here", new, now)
        return moved


class SubstituteForm(AttendeeForm):
    """What we must know of the colleague, who adds the rest by their own link."""

    phone = manager_name = manager_email = access = dietary = None


@bp.route("/bookings/<int:booking_id>/move", methods=["GET", "POST"])
def move_booking(booking_id: int) -> ResponseReturnValue:
    form, now = MoveForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if why_not := moving.why_not_moved(found, now):
        raise Refused(why_not)
    dates = moving.targets(found, now=now)
    form.offer(dates, [found], now)
    if form.validate_on_submit():
        try:
            [moved] = form.move([found], now)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal, form.to)
        else:
            db.session.commit()
            when = words.when(moved.course_date)
            flash(f"{moved.name} is moved to {when}. We have written to {moved.email}.", "success")
            return redirect(url_for(".booking", booking_id=moved.id))
    page = render_template(
        "organiser/move_booking.html",
        booking=found,
        form=form,
        dates=dates,
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
    form.offer(agencies.choices())
    if form.validate_on_submit():
        try:
            goes = moving.substitute(found, email=form.email.data, details=form.details(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            _note("passed a place on to a colleague", found, now)
            _note("added a booking in place of a colleague", goes, now)
            db.session.commit()
            flash(f"{goes.name} goes instead of {found.name}. We have written to both.", "success")
            return redirect(url_for(".booking", booking_id=goes.id))
    page = render_template("organiser/substitute.html", booking=found, form=form)
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page


def _note(action: str, booking: Booking, now: datetime) -> None:
    date = booking.course_date
    audit.record(identity.me(), action, course_date=date, booking=booking, now=now)
