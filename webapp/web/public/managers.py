"""What a line manager sees by the link in a mail: one person of theirs on one date, and no more."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import links, managers, objections, partnership
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.public.blueprint import bp

TOLD = "Thank you. We have let the place go and written to them."


class ObjectionForm(Form):
    reason = fields.paragraphs("Why they cannot go (optional)", hint="They read it, and so do we.")


@bp.route("/managers/<token>", methods=["GET", "POST"])
def manager(token: str) -> ResponseReturnValue:
    """GET only asks, since mail scanners follow links; the pressed button objects."""
    now = clock.now()
    booking = links.open_manager(token)
    ours = partnership.get()
    form, problem = ObjectionForm(), None
    if form.validate_on_submit():
        try:
            objections.object_to(booking, reason=form.reason.data, now=now)
        except Refused as refusal:
            db.session.rollback()
            problem = str(refusal)
        else:
            db.session.commit()
            flash(TOLD, "success")
            return redirect(url_for(".manager", token=token))
    why_not = problem or objections.why_not(booking, ours, now)
    page = render_template(
        "public/bookings/manager.html",
        booking=booking,
        form=form,
        why_not=why_not,
        until=managers.objects_until(booking, ours),
    )
    return page, 409 if problem else 200
