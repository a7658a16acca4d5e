"""The answer to "Shall we release your place?", which we ask when a calendar said no."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import bookings, cut_off, links, replies
from webapp.web.public.blueprint import bp

RELEASED = "Your place is released. Thank you for telling us. We have written to you."
KEPT = "You keep your place. We have sent you the calendar invitation again."


@bp.route("/bookings/<token>/reply", methods=["GET", "POST"])
def reply(token: str) -> ResponseReturnValue:
    """GET only asks. Where there is nothing to answer any more, the booking says how it stands."""
    now = clock.now()
    booking = links.open_booking(token)
    page = redirect(url_for(".booking", token=token))
    if request.method != "POST":
        days = replies.days_to_answer(booking, now)
        if not days:
            return page
        late = cut_off.is_late(booking, now)
        return render_template(
            "public/bookings/reply.html", booking=booking, token=token, days=days, late=late
        )
    said = request.form.get("answer")
    if said == "keep" and replies.keep(booking, now=now):
        flash(KEPT, "success")
    elif said == "release" and cut_off.is_late(booking, now):
        return redirect(url_for(".cancel_booking", token=token))
    elif said == "release" and booking.is_live:
        try:
            bookings.cancel(booking, now=now)
        except Refused as error:
            db.session.rollback()
            flash(str(error), "important")
            return page
        flash(RELEASED, "success")
    db.session.commit()
    return page
