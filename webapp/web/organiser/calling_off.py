"""Calling a date off, for good or until there is a new day; first it is said what that does."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats.words import counted
from webapp.models import BookingState
from webapp.services import audit, calling_off, course_dates, places, undoing
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp


class MessageForm(Form):
    message = fields.paragraphs(
        "Message",
        "Enter the message that people read",
        rows=5,
        hint="Say why. Everybody we write to reads it, and so does whoever looks at the page of"
        " the date: name nobody who would not want that.",
    )


@bp.route("/dates/<int:date_id>/postpone", methods=["GET", "POST"])
def postpone_date(date_id: int) -> ResponseReturnValue:
    form, now = MessageForm(), clock.now()
    date = course_dates.get(date_id)
    why_not = calling_off.why_not_postponed(date, now)
    if why_not is None and form.validate_on_submit():
        was = undoing.look(date, now=now)
        told = calling_off.postpone(date, message=form.message.data, now=now)
        line = audit.record(identity.me(), "postponed a date", course_date=date, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash(f"The date is postponed. {written_to(told)}", "success")
        return redirect(url_for(".attendees", date_id=date.id))
    page = render_template(
        "organiser/postpone_date.html",
        date=date,
        form=form,
        places=places.of(date, now),
        why_not=why_not,
        may_cancel=calling_off.why_not_cancelled(date, now) is None,
    )
    return page, 409 if why_not else 200


@bp.route("/dates/<int:date_id>/cancel", methods=["GET", "POST"])
def cancel_date(date_id: int) -> ResponseReturnValue:
    form, now = MessageForm(), clock.now()
    date = course_dates.get(date_id)
    why_not = calling_off.why_not_cancelled(date, now)
    if why_not is None and form.validate_on_submit():
        was = undoing.look(date, now=now)
        told = calling_off.cancel(date, message=form.message.data, now=now)
        line = audit.record(identity.me(), "cancelled a date", course_date=date, now=now)
        undo.offer(was, line, now=now)
        db.session.commit()
        flash(f"The date is cancelled. {written_to(told)}", "success")
        return redirect(url_for(".attendees", date_id=date.id, state=BookingState.CANCELLED))
    page = render_template(
        "organiser/cancel_date.html",
        date=date,
        form=form,
        places=places.of(date, now),
        why_not=why_not,
        may_postpone=calling_off.why_not_postponed(date, now) is None,
    )
    return page, 409 if why_not else 200


def written_to(told: int) -> str:
    if not told:
        return "Nobody has booked it, so there was nobody to write to."
    return f"We have written to {counted(told, 'person', 'people')}."
