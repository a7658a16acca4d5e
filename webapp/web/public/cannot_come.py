"""Who cannot come, on the page every mail links to: cancel, send a colleague, take another date."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db, fetch
from webapp.errors import Refused
from webapp.formats import words
from webapp.models import Booking, BookingState, Cause, CourseDate
from webapp.services import agencies, bookings, cannot_come, charges, cut_off, links, moving
from webapp.web.public.blueprint import bp
from webapp.web.public.bookings import can_change, refused
from webapp.web.public.forms import ColleagueForm, LateForm
from webapp.web.public.mailing import count_mail
from webapp.web.words import ours

CANCELLED = "Your booking has been cancelled. We have written to you to say so."
LEFT = "You have left the waiting list. We have written to you to say so."
GIVEN_UP = "You have given your booking up. We have written to you to say so."
SENT = "Your place is your colleague's now. We have written to both of you."


@bp.route("/bookings/<token>/cancel", methods=["GET", "POST"])
def cancel_booking(token: str) -> ResponseReturnValue:
    """GET only asks, since mail scanners follow links; the pressed button cancels."""
    now = clock.now()
    booking = links.open_booking(token)
    form = LateForm() if cut_off.is_late(booking, now) else None
    if request.method != "POST":
        if not can_change(booking, now):
            return redirect(url_for(".booking", token=token))
        return _asked(booking, token, form, now)
    if form is not None and not form.validate():
        return _asked(booking, token, form, now)
    was_live, done = booking.is_live, _done(booking)
    said = {"cause": Cause(form.cause.data), "reason": form.reason.data} if form else {}
    try:
        bookings.cancel(booking, **said, now=now)
    except Refused as error:
        return refused(token, error)
    db.session.commit()
    if was_live:
        flash(done, "success")
    return redirect(url_for(".booking", token=token))


def _done(booking: Booking) -> str:
    if booking.awaits_approval:
        return GIVEN_UP
    return LEFT if booking.is_in_line else CANCELLED


@bp.route("/bookings/<token>/colleague", methods=["GET", "POST"])
def send_colleague(token: str) -> ResponseReturnValue:
    now = clock.now()
    booking = links.open_booking(token)
    if not _can_send(booking, now):
        return redirect(url_for(".booking", token=token))
    # A colleague is usually one of the same place of work.
    form = ColleagueForm(data={"agency": booking.agency_id, "organisation": booking.organisation})
    form.offer(agencies.choices())
    if form.validate_on_submit():
        count_mail(form.email.data, now)
        try:
            cannot_come.send_colleague(
                booking, email=form.email.data, details=form.details(), now=now
            )
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            db.session.commit()
            flash(SENT, "success")
            return redirect(url_for(".booking", token=token))
    return render_template(
        "public/bookings/colleague.html", booking=booking, token=token, form=form
    )


@bp.post("/bookings/<token>/another-date")
def choose_date(token: str) -> ResponseReturnValue:
    now = clock.now()
    booking = links.open_booking(token)
    to = fetch(CourseDate, request.form.get("date", 0, type=int))
    try:
        moved = cannot_come.choose(booking, to, now=now)
    except Refused as error:
        return refused(token, error)
    db.session.commit()
    flash(f"You have a place on {words.when(to)} now. We have written to you.", "success")
    return redirect(url_for(".booking", token=links.booking_token(moved)))


def _asked(booking: Booking, token: str, form: LateForm | None, now: datetime) -> str:
    sure = booking.state is BookingState.CONFIRMED
    return render_template(
        "public/bookings/cancel.html",
        booking=booking,
        token=token,
        form=form,
        policy=charges.policy_for(booking, ours()) if sure else None,
        can_send=_can_send(booking, now),
        choices=cannot_come.choices(booking, now=now) if sure else {},
    )


def _can_send(booking: Booking, now: datetime) -> bool:
    sure = booking.state is BookingState.CONFIRMED
    return sure and moving.why_not_substituted(booking, now) is None
