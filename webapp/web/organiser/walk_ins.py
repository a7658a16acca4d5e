"""People who came without a place: put on the register in one line, and taken off it again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.services import agencies, audit, course_dates, registers, stories
from webapp.web import fields
from webapp.web.details import PersonForm
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp


class WalkInForm(PersonForm):
    which = "Enter the name of their organisation"

    name = fields.line("Full name", "Enter their full name", autocomplete="off")
    email = fields.email("Work email address", "Enter their work email address", autocomplete="off")
    agency = fields.choice("Where they work", "Choose where they work")
    organisation = fields.line("Organisation, if not in the list (optional)")

    def suggest(self) -> None:
        """Where the list knows whose domain the address has, the agency need not be chosen."""
        if self.agency.data is None and self.email.data:
            agency = agencies.suggested(self.email.data)
            self.agency.data = agency.id if agency else None


@bp.route("/dates/<int:date_id>/register/walk-in", methods=["GET", "POST"])
def walk_in(date_id: int) -> ResponseReturnValue:
    form, date, now = WalkInForm(), course_dates.get(date_id), clock.now()
    form.offer(agencies.choices())
    if form.is_submitted():
        form.suggest()
    if form.validate_on_submit():
        booking = registers.walk_in(
            date,
            name=form.name.data,
            email=form.email.data,
            agency=agencies.get(form.agency.data),
            organisation=form.organisation.data,
            organiser=identity.me(),
            now=now,
        )
        audit.record(
            identity.me(),
            "added a walk-in" if booking.is_walk_in else stories.MARKED,
            course_date=date,
            booking=booking,
            detail=booking.attendance,
            now=now,
        )
        db.session.commit()
        place = f"as a walk-in, from {booking.works_at}" if booking.is_walk_in else "with a place"
        flash(f"{booking.name} is on the register {place}, and marked.", "success")
        return redirect(url_for(".register", date_id=date_id, _anchor=f"person-{booking.id}"))
    return render_template(
        "organiser/register_walk_in.html",
        date=date,
        form=form,
        why_locked=registers.why_locked(date, now),
    )


@bp.post("/dates/<int:date_id>/register/<int:booking_id>/take-off")
def take_off_register(date_id: int, booking_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    booking = registers.get(date, booking_id)
    registers.take_off(booking, now=now)
    audit.record(
        identity.me(),
        "took a walk-in off the register",
        course_date=date,
        booking=booking,
        now=now,
    )
    db.session.commit()
    flash(f"{booking.name} is off the register.", "success")
    return redirect(url_for(".register", date_id=date_id))
