"""People who asked to be forgotten: the list of them, and what an organiser answers."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.models import Practitioner
from webapp.services import audit, erasures
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import page_number, same_list
from webapp.web.organiser.blueprint import bp

ERASED = "It is erased. We have written to them for the last time."
DECLINED = "The request is declined. We have written to {}."


class DeclineForm(Form):
    reason = fields.paragraphs(
        "Why we keep it",
        "Enter why we keep it",
        hint="The person reads this in our message. Such as a duty by law to keep a record.",
    )


@bp.get("/erasures", endpoint="erasures")
def waiting() -> ResponseReturnValue:
    found = erasures.waiting(page_number())
    if found.rows:
        watch.saw("saw who asked to be erased")
    return render_template("organiser/erasures.html", found=found, again=same_list())


@bp.get("/erasures/<int:practitioner_id>")
def erasure(practitioner_id: int) -> ResponseReturnValue:
    person = erasures.get(practitioner_id)
    page = _page(person, DeclineForm(formdata=None))
    watch.saw("saw who asked to be erased", detail=f"person {person.id}")
    return page


@bp.post("/erasures/<int:practitioner_id>/erase")
def erase(practitioner_id: int) -> ResponseReturnValue:
    now = clock.now()
    person = erasures.get(practitioner_id)
    erasures.erase(person, now=now)
    audit.record(identity.me(), "erased a person", detail=f"person {practitioner_id}", now=now)
    db.session.commit()
    flash(ERASED, "success")
    return redirect(url_for(".erasures"))


@bp.post("/erasures/<int:practitioner_id>/decline")
def decline_erasure(practitioner_id: int) -> ResponseReturnValue:
    form, now = DeclineForm(), clock.now()
    person = erasures.get(practitioner_id)
    if not form.validate_on_submit():
        return _page(person, form)
    erasures.decline(person, form.reason.data, now=now)
    audit.record(
        identity.me(), "declined to erase a person", detail=f"person {practitioner_id}", now=now
    )
    db.session.commit()
    flash(DECLINED.format(person.email), "success")
    return redirect(url_for(".erasures"))


def _page(person: Practitioner, form: DeclineForm) -> str:
    return render_template(
        "organiser/erasure.html",
        person=person,
        form=form,
        extent=erasures.extent(person, clock.now()),
    )
