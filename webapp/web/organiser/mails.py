"""The words of the mails that go by themselves, a page for each mail; for administrators."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound
from webapp.formats import mail_words, messages, private_links
from webapp.formats.mail_gaps import PARTS
from webapp.formats.mails import GROUPS, MAILS
from webapp.models import Partnership
from webapp.services import audit, mail_examples, partnership, undoing
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp


class WordsForm(Form):
    """Three boxes; one that is emptied goes back to our words."""

    subject = fields.line(PARTS["subject"], most=150)
    first = fields.paragraphs(PARTS["first"], rows=4)
    last = fields.paragraphs(PARTS["last"], rows=4)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        for part, ours in mail_words.of(kind, {}).items():
            needs = mail_words.needs(kind, part)
            has_to = f"Has to say {needs}. " if needs else ""
            self[part].description = has_to + (f"Our words: “{ours}”" if ours else "We add none.")

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        for part, said in self.typed().items():
            why_not = mail_words.why_not(self.kind, part, said) if said else None
            if why_not and not self[part].errors:
                self[part].errors = [why_not]
                fine = False
        return fine

    def show(self, chosen: Mapping[str, str]) -> None:
        for part, text in mail_words.of(self.kind, chosen).items():
            self[part].data = text

    def typed(self) -> dict[str, str | None]:
        return {part: self[part].data for part in PARTS}


@bp.get("/settings/mails")
def mails() -> ResponseReturnValue:
    return render_template("organiser/mails.html", groups=GROUPS)


@bp.route("/settings/mails/<kind>", methods=["GET", "POST"])
def mail(kind: str) -> ResponseReturnValue:
    """Nothing is kept before it was looked at: what was typed travels in the page."""
    if kind not in MAILS:
        raise NotFound("There is no such mail.")
    form, ours, now = WordsForm(kind), partnership.get(), clock.now()
    kept = ours.mail_words.get(kind, {})
    if not form.is_submitted() or "ours" in request.form:
        form.show({} if form.is_submitted() else kept)
    is_preview = form.validate_on_submit() and "change" not in request.form
    chosen = mail_words.own(kind, form.typed()) if is_preview else kept
    if is_preview and "keep" in request.form:
        _keep(kind, chosen, ours, now)
        return redirect(url_for(".mails"))
    letter = mail_examples.as_read(kind, chosen, now=now)
    return render_template(
        "organiser/mail.html",
        mail=MAILS[kind],
        parts=PARTS,
        form=form,
        is_preview=is_preview,
        kept=kept,
        chosen=chosen,
        gaps=mail_examples.gaps(kind, now=now),
        letter=letter,
        html=messages.blocks(private_links.masked(letter.text)),
        masked=private_links.masked,
    )


def _keep(kind: str, chosen: Mapping[str, str], ours: Partnership, now: datetime) -> None:
    was = undoing.look(ours, now=now)
    partnership.choose_words(ours, kind, chosen, now=now)
    did = "changed the words of a mail" if chosen else "took our words for a mail again"
    line = audit.record(identity.me(), did, detail=MAILS[kind].when, now=now)
    undo.offer(was, line, now=now)
    db.session.commit()
    flash(f"Mails written from now on have {'your' if chosen else 'our'} words.", "success")
