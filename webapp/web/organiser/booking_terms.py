"""The terms people agree to when they book: a further version written, looked at and published."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import audit, partnership
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp

PUBLISHED = "Version {} is in force. Who books from now on agrees to it."


class TermsForm(Form):
    body = fields.paragraphs(
        "The terms",
        "Enter the terms",
        most=20_000,
        rows=20,
        hint="An empty line begins a new paragraph.",
    )
    # The version that was in force when somebody began to write.
    after = HiddenField()


@bp.route("/settings/terms", methods=["GET", "POST"])
def booking_terms() -> ResponseReturnValue:
    """Nothing is kept before it is published: what is looked at travels in the page."""
    form, current, now = TermsForm(), partnership.current_terms(), clock.now()
    if not form.is_submitted():
        form.body.data, form.after.data = current.body, str(current.version)
    is_preview = form.validate_on_submit() and "change" not in request.form
    if is_preview and "publish" in request.form:
        try:
            published = partnership.publish_terms(form.body.data, after=_began(form), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.body.errors = [str(refusal)]
            is_preview = False
        else:
            detail = f"version {published.version}"
            audit.record(identity.me(), "published booking terms", detail=detail, now=now)
            db.session.commit()
            flash(PUBLISHED.format(published.version), "success")
            return redirect(url_for(".settings"))
    return render_template(
        "organiser/booking_terms.html", form=form, current=current, is_preview=is_preview
    )


def _began(form: TermsForm) -> int:
    said = form.after.data or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else 0
