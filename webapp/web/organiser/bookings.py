"""One person's booking, for organisers: seen, remarked on, cancelled, added by hand."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import BookingClosed, Full, Refused
from webapp.formats import attendee_list
from webapp.models import BookingState
from webapp.services import (
    agencies,
    approvals,
    attendees,
    audit,
    bookings,
    cancelling,
    correspondence,
    course_dates,
    cut_off,
    missed_lists,
    moving,
    places,
    stories,
    undoing,
    waiting_list,
)
from webapp.web import fields
from webapp.web.details import PersonForm
from webapp.web.fields import Form
from webapp.web.organiser import identity, over_capacity, undo, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.over_capacity import BeyondForm

WIDE = "govuk-!-width-two-thirds"
ADDED = {
    BookingState.CONFIRMED: "has a place",
    BookingState.WAITING: "is on the waiting list, because all places are taken",
}


class AttendeeForm(PersonForm):
    """What we must know of somebody to book for them; they can add the rest by their link."""

    which = "Enter the name of their organisation"

    name = fields.line("Full name", "Enter their full name", width=WIDE, autocomplete="off")
    email = fields.email(
        "Work email address",
        "Enter their work email address",
        hint="We write to this address that they have been booked.",
        width=WIDE,
        autocomplete="off",
    )
    phone = fields.phone(
        "Phone number (optional)", width="govuk-input--width-20", autocomplete="off"
    )
    agency = fields.choice("Where they work", "Choose where they work")
    organisation = fields.line(
        "Name of their organisation (optional)",
        hint="Only if the list does not name it: their school or practice, for example.",
        width=WIDE,
    )
    job_role = fields.line("Job role", "Enter their job role", width=WIDE)
    team = fields.line("Team (optional)", width=WIDE)
    manager_name = fields.line("Line manager's full name (optional)", width=WIDE)
    manager_email = fields.email(
        "Line manager's email address (optional)", width=WIDE, autocomplete="off"
    )
    access = fields.paragraphs("What would help them take part? (optional)")
    dietary = fields.paragraphs("Anything they cannot eat? (optional)", most=500, rows=2)


class AddForm(AttendeeForm, BeyondForm):
    """The same; where it is full, they wait for a place or come for a reason."""


class CancelForm(Form):
    reason = fields.paragraphs(
        "Reason", "Enter the reason", most=500, hint="The person reads this in our message."
    )


class CancelOneForm(CancelForm):
    counts_as_late = fields.tick("It counts as a late cancellation")


class NoteForm(Form):
    note = fields.paragraphs(
        "Note (optional)", most=1000, hint="For organisers only. The person may ask to see it."
    )


@bp.get("/bookings/<int:booking_id>")
def booking(booking_id: int) -> ResponseReturnValue:
    return _booking(booking_id, NoteForm())


@bp.post("/bookings/<int:booking_id>/note")
def note(booking_id: int) -> ResponseReturnValue:
    form, now = NoteForm(), clock.now()
    if not form.validate_on_submit():
        return _booking(booking_id, form)
    found = attendees.get_booking(booking_id)
    was = undoing.look(found, now=now)
    attendees.note(found, form.note.data, now=now)
    line = audit.record(
        identity.me(),
        "changed the note",
        course_date=found.course_date,
        booking=found,
        now=now,
    )
    undo.offer(was, line, now=now)
    db.session.commit()
    flash("The note is kept.", "success")
    return redirect(url_for(".booking", booking_id=booking_id))


@bp.route("/bookings/<int:booking_id>/cancel", methods=["GET", "POST"])
def cancel_booking(booking_id: int) -> ResponseReturnValue:
    form, now = CancelOneForm(), clock.now()
    found = attendees.get_booking(booking_id)
    date = found.course_date
    if not found.is_live:
        raise Refused("This booking has been cancelled already.")
    if date.is_past(now):
        raise Refused("This date has passed, so the booking can no longer be cancelled.")
    if not cut_off.is_late(found, now):
        del form.counts_as_late
    if form.validate_on_submit():
        late = "counts_as_late" in form and form.counts_as_late.data
        bookings.cancel_by_organiser(found, reason=form.reason.data, counts_as_late=late, now=now)
        audit.record(identity.me(), "cancelled a booking", course_date=date, booking=found, now=now)
        db.session.commit()
        flash(f"The booking is cancelled. We have written to {found.email}.", "success")
        return redirect(url_for(".attendees", date_id=date.id))
    page = render_template(
        "organiser/cancel_booking.html", booking=found, form=form, places=places.of(date, now)
    )
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=date, booking=found)
    return page


@bp.route("/dates/<int:date_id>/attendees/add", methods=["GET", "POST"])
def add_attendee(date_id: int) -> ResponseReturnValue:
    now = clock.now()
    date = course_dates.get(date_id)
    if reason := bookings.why_not_added(date, now):
        raise BookingClosed(reason)
    form = AddForm()
    form.offer(agencies.choices())
    if date.is_online:
        del form.dietary
    if form.validate_on_submit():
        waits = "wait" in request.form
        try:
            added = bookings.add_by_hand(
                date,
                email=form.email.data,
                details=form.details(),
                over_capacity_reason=None if waits else form.over_capacity_reason.data,
                may_wait=waits,
                now=now,
            )
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal, form.email)
        else:
            over_capacity.note("added a booking", added, now)
            db.session.commit()
            flash(
                f"{added.name} {ADDED[added.state]}. We have written to {added.email}.", "success"
            )
            return redirect(url_for(".attendees", date_id=date.id, state=added.state))
    standing = places.of(date, now)
    form.is_full = standing.is_full
    return render_template("organiser/add_attendee.html", date=date, form=form, places=standing)


@bp.route("/bookings/<int:booking_id>/place", methods=["GET", "POST"])
def give_place(booking_id: int) -> ResponseReturnValue:
    form, now = BeyondForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if why_not := waiting_list.why_not_given(found, now):
        raise Refused(why_not)
    if form.validate_on_submit():
        try:
            waiting_list.give(found, over_capacity_reason=form.over_capacity_reason.data, now=now)
        except Full as refusal:
            db.session.rollback()
            form.refuse(refusal, form.over_capacity_reason)
        else:
            over_capacity.note("gave a place", found, now)
            db.session.commit()
            flash(f"{found.name} has a place. We have written to {found.email}.", "success")
            return redirect(url_for(".booking", booking_id=booking_id))
    standing = places.of(found.course_date, now)
    form.is_full = standing.is_full and found.state is BookingState.WAITING
    page = render_template("organiser/give_place.html", booking=found, form=form, places=standing)
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page


def _booking(booking_id: int, form: NoteForm) -> ResponseReturnValue:
    found, now = attendees.get_booking(booking_id), clock.now()
    if not form.is_submitted():
        form.note.data = found.note
    page = render_template(
        "organiser/booking.html",
        booking=found,
        date=found.course_date,
        form=form,
        state=attendee_list.state(found),
        attendance=attendee_list.ATTENDANCE,
        position=waiting_list.position(found) if found.is_in_line else None,
        can_be_allowed=approvals.why_not_allowed(found, now) is None,
        misses=missed_lists.of_person(found.practitioner_id) if found.awaits_approval else [],
        has_needs=bool(attendees.with_needs([found])),
        emails=correspondence.of_booking(found),
        standing=correspondence.standing,
        history=stories.history(found),
        story=stories.of(found),
        can_be_given=waiting_list.why_not_given(found, now) is None,
        can_judge=cancelling.why_not_judged(found) is None,
        can_move=moving.why_not_moved(found, now) is None,
        can_substitute=moving.why_not_substituted(found, now) is None,
    )
    # A form shown again is a view noted before, and its transaction holds the write lock.
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page
