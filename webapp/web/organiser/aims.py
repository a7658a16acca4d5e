"""What part of the places each sector is meant to have, wherever a date does not hold its own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.services import agencies, audit, mixes, undoing
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.sector_numbers import NumbersForm

ALL = 100


class AimsForm(NumbersForm):
    most, what = ALL, "The percentage"


@bp.route("/settings/aims", methods=["GET", "POST"])
def aims() -> ResponseReturnValue:
    sectors, now = agencies.sectors(), clock.now()
    form = AimsForm.of(sectors)
    if form.validate_on_submit():
        together = sum(number or 0 for number in form.numbers.values())
        if together <= ALL:
            was = undoing.look(*sectors, now=now)
            mixes.aim_for(sectors, form.numbers)
            line = audit.record(identity.me(), "changed the aims for sectors", now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash("Your changes are kept.", "success")
            return redirect(url_for(".settings"))
        form.put_on_first(f"Together they are {together}%, and there are only {ALL}")
    elif not form.is_submitted():
        form.show_numbers({one.id: one.aim for one in sectors})
    return render_template("organiser/aims.html", form=form)
