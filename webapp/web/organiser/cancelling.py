"""Whether a place that was given up counts as late, put right by an organiser."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Booking, Cause
from webapp.services import attendees, audit, cancelling, undoing
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo, watch
from webapp.web.organiser.blueprint import bp

IN_TIME = "in_time"
VERDICTS = {
    IN_TIME: "It does not count as late",
    Cause.ILLNESS.value: "Late, and excused: ill",
    Cause.DUTY.value: "Late, and excused: called to operational duty",
    Cause.OTHER.value: "Late, and not excused",
}


class LateForm(Form):
    verdict = fields.radios(
        "How does it count?",
        "Choose how it counts",
        [SelectChoice(value, words) for value, words in VERDICTS.items()],
    )


@bp.route("/bookings/<int:booking_id>/late", methods=["GET", "POST"])
def judge_late(booking_id: int) -> ResponseReturnValue:
    found, now = attendees.get_booking(booking_id), clock.now()
    if why_not := cancelling.why_not_judged(found):
        raise Refused(why_not)
    form = LateForm()
    if form.validate_on_submit():
        late = form.verdict.data != IN_TIME
        cause = Cause(form.verdict.data) if late else None
        was = undoing.look(found, now=now)
        cancelling.judge(found, late=late, cause=cause, now=now)
        # Not which excuse: the log is read by others, and kept for long.
        counts = "excused" if found.is_excused else "late" if late else "not late"
        line = audit.record(
            identity.me(),
            "said how a cancellation counts",
            course_date=found.course_date,
            booking=found,
            detail=counts,
            now=now,
        )
        undo.offer(was, line, now=now)
        db.session.commit()
        flash("How the cancellation counts is kept.", "success")
        return redirect(url_for(".booking", booking_id=booking_id))
    if not form.is_submitted():
        form.verdict.data = _verdict(found)
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return render_template("organiser/judge_late.html", booking=found, form=form)


def _verdict(booking: Booking) -> str:
    if not booking.gave_up_late:
        return IN_TIME
    return booking.cause.value if booking.cause else Cause.OTHER.value
