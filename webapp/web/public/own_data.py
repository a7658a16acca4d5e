"""What we hold about one person: they see it, take it away, and may ask us to erase it."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import own_data as copies
from webapp.models import Practitioner
from webapp.services import erasures, links, own_data
from webapp.web.fields import Form
from webapp.web.public.blueprint import bp

ASKED = "We have your request and answer it by mail within one month."
TAKEN_BACK = "We keep your data: your request is taken back."


@bp.get("/my/<token>/data", endpoint="own_data")
def shown(token: str) -> ResponseReturnValue:
    practitioner = links.open_my(token, clock.now())
    held = copies.in_words(copy_of(practitioner))
    return render_template("public/my/data.html", token=token, held=held)


@bp.get("/my/<token>/data.json")
def own_data_json(token: str) -> Response:
    now = clock.now()
    practitioner = links.open_my(token, now)
    answer = Response(copies.to_json(copy_of(practitioner), made_at=now), mimetype=copies.TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=copies.FILE_NAME)
    return answer


@bp.route("/my/<token>/erasure", methods=["GET", "POST"])
def erasure(token: str) -> ResponseReturnValue:
    """Ask to be forgotten. An organiser settles it: some of it may have to be kept for a while."""
    now = clock.now()
    practitioner = links.open_my(token, now)
    form = Form()
    if form.validate_on_submit():
        erasures.ask(practitioner, now=now)
        db.session.commit()
        flash(ASKED, "success")
        return redirect(url_for(".my_bookings", token=token))
    return render_template(
        "public/my/erasure.html",
        token=token,
        form=form,
        practitioner=practitioner,
        extent=erasures.extent(practitioner, now),
    )


@bp.post("/my/<token>/keep-data")
def keep_data(token: str) -> ResponseReturnValue:
    practitioner = links.open_my(token, clock.now())
    erasures.take_back(practitioner)
    db.session.commit()
    flash(TAKEN_BACK, "success")
    return redirect(url_for(".my_bookings", token=token))


def copy_of(practitioner: Practitioner) -> copies.Copy:
    return copies.copy(**vars(own_data.held_about(practitioner)))
