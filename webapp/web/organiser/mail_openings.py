"""The first words of the mails that go by themselves; for administrators."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import openings
from webapp.formats.openings import OPENINGS
from webapp.formats.placeholders import braced
from webapp.services import audit, partnership
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp


class OpeningsForm(Form):
    """A box for each mail; emptied, it goes back to our words."""

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for kind in OPENINGS:
            said = self[kind].data
            why_not = openings.why_not(kind, said) if said and not self[kind].errors else None
            if why_not:
                self[kind].errors = [why_not]
                fine = False
        return fine

    def chosen(self) -> dict[str, str]:
        """The words that are not ours anyway."""
        said = {kind: self[kind].data for kind in OPENINGS}
        return {kind: own for kind, own in said.items() if own and own != OPENINGS[kind].words}


for _kind, _opening in OPENINGS.items():
    _box = fields.paragraphs(
        _opening.mail,
        rows=3,
        hint=f"Has to say {braced(_opening.must_say)}. Our words: “{_opening.words}”",
    )
    setattr(OpeningsForm, _kind, _box)


@bp.route("/settings/mails", methods=["GET", "POST"])
def mail_openings() -> ResponseReturnValue:
    form, ours, now = OpeningsForm(), partnership.get(), clock.now()
    if form.validate_on_submit():
        partnership.change(ours, {"mail_openings": form.chosen()}, now=now)
        audit.record(identity.me(), "changed the first words of mails", now=now)
        db.session.commit()
        flash("Your words are kept. Mails written from now on begin with them.", "success")
        return redirect(url_for(".settings"))
    if not form.is_submitted():
        for kind, opening in OPENINGS.items():
            form[kind].data = ours.mail_openings.get(kind) or opening.words
    return render_template("organiser/mail_openings.html", form=form, openings=OPENINGS)
