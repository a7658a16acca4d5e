"""The logo beside the partnership's name: put there, and taken away again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import audit, partnership, undoing
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp


class LogoForm(Form):
    # Our forms read no files: what came is looked at by the door, and what is wrong is said here.
    logo = StringField("Logo")


@bp.route("/settings/logo", methods=["GET", "POST"])
def logo() -> ResponseReturnValue:
    form, ours, now = LogoForm(), partnership.get(), clock.now()
    if form.validate_on_submit():
        file = request.files.get("logo")
        was = undoing.look(ours, now=now)
        try:
            if not file:
                raise Refused("Choose the picture")
            partnership.show_logo(ours, file.read(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.logo.errors = [str(refusal)]
        else:
            line = audit.record(identity.me(), "changed the logo", now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash("The logo is on every page.", "success")
            return redirect(url_for(".logo"))
    return render_template("organiser/logo.html", form=form)


@bp.post("/settings/logo/remove")
def remove_logo() -> ResponseReturnValue:
    now, ours = clock.now(), partnership.get()
    was = undoing.look(ours, now=now)
    partnership.take_logo_away(ours, now=now)
    line = audit.record(identity.me(), "took the logo away", now=now)
    undo.offer(was, line, now=now)
    db.session.commit()
    flash("The logo is gone from every page.", "success")
    return redirect(url_for(".logo"))
