"""Slides and papers of a date: attached, looked at, and taken off again."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.formats import handouts as files
from webapp.services import audit, course_dates, handouts
from webapp.web.fields import Form
from webapp.web.files import attached
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp

NO_FILE = "Choose a file"
# A file with what goes around it in a form; a little more than that may be told that it is too big.
LARGEST_FORM = files.LARGEST * 3


class HandoutForm(Form):
    # Our forms read no files: what came is looked at by the door, and what is wrong is said here.
    file = StringField("File")


@bp.url_value_preprocessor
def make_room_for_a_file(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything reads the form, as looking for its token does."""
    if endpoint == "organiser.handouts":
        request.max_content_length = LARGEST_FORM


@bp.route("/dates/<int:date_id>/handouts", methods=["GET", "POST"], endpoint="handouts")
def list_handouts(date_id: int) -> ResponseReturnValue:
    form, date, now = HandoutForm(), course_dates.get(date_id), clock.now()
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            if not file or not file.filename:
                raise Refused(NO_FILE)
            added = handouts.add(date, file.filename, file.read(files.LARGEST + 1), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.file.errors = [str(refusal)]
        else:
            kind = added.ending.upper()
            audit.record(identity.me(), "attached a file", course_date=date, detail=kind, now=now)
            db.session.commit()
            flash("The file is attached. Nobody was written to.", "success")
            return redirect(url_for(".handouts", date_id=date_id))
    return render_template(
        "organiser/handouts.html",
        date=date,
        form=form,
        found=handouts.of_date(date),
        kinds=files.KINDS,
        most=handouts.MOST,
    )


@bp.get("/dates/<int:date_id>/handouts/<int:handout_id>")
def handout(date_id: int, handout_id: int) -> Response:
    found = handouts.get(course_dates.get(date_id), handout_id)
    return attached(found.content, files.mimetype(found.ending), found.name)


@bp.route("/dates/<int:date_id>/handouts/<int:handout_id>/remove", methods=["GET", "POST"])
def remove_handout(date_id: int, handout_id: int) -> ResponseReturnValue:
    """GET only asks; what is taken off cannot be had back from here."""
    date = course_dates.get(date_id)
    found = handouts.get(date, handout_id)
    if request.method != "POST":
        return render_template("organiser/handout_remove.html", date=date, handout=found)
    kind = found.ending.upper()
    handouts.remove(found)
    audit.record(identity.me(), "took a file off", course_date=date, detail=kind, now=clock.now())
    db.session.commit()
    flash("The file is no longer attached.", "success")
    return redirect(url_for(".handouts", date_id=date_id))
