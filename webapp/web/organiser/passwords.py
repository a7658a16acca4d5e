"""For whoever has no password, or no longer knows it: a link by mail, and the page it opens."""

from contextlib import suppress

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from webapp import clock
from webapp.db import db
from webapp.errors import Gone, TooManyTries
from webapp.formats import easy_passwords
from webapp.models import Organiser
from webapp.services import attempts, audit, links, organisers
from webapp.web.organiser import identity, limits
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.forms import ChoosePasswordForm, ForgottenForm
from webapp.web.words import ours

CHANGED = "Your password was changed."
EASY = "Your password is easy to guess: it is little more than known words, or signs in a row"


@bp.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    if form.validate_on_submit():
        limits.one_request_for_a_link()
        # Whether there is an account, and how often it was asked for, is not for a stranger.
        with suppress(TooManyTries):
            limits.one_link(form.email.data)
            organiser = organisers.find(form.email.data)
            if organiser is not None and identity.may_enter(organiser):
                organisers.send_password_link(organiser, now=clock.now())
                audit.record(organiser, "was sent a link to choose a password", now=clock.now())
            else:
                organisers.write_to_nobody(form.email.data, now=clock.now())
                audit.record(None, "was asked for a link to an unknown account", now=clock.now())
            db.session.commit()
        return redirect(url_for(".forgotten_written"))
    return render_template("organiser/sign_in/forgotten.html", form=form)


@bp.get("/forgotten/written")
def forgotten_written() -> str:
    return render_template("organiser/sign_in/forgotten_written.html")


@bp.route("/password/<token>", methods=["GET", "POST"])
def choose_password(token: str) -> ResponseReturnValue:
    try:
        organiser = links.open_password(token, clock.now())
    except Gone:
        return render_template("organiser/sign_in/link_over.html"), 410
    form = ChoosePasswordForm()
    if form.validate_on_submit() and is_hard(form.new_password, organiser):
        first = organiser.password is None
        organisers.set_password(organiser, form.new_password.data)
        attempts.forget("password", organiser.email)
        if not first:
            organisers.tell(organiser, CHANGED, now=clock.now())
        audit.record(organiser, "chose a password by a link", now=clock.now())
        db.session.commit()
        flash("Your password is set. Sign in with it.")
        return redirect(url_for(".sign_in"))
    return render_template("organiser/sign_in/choose_password.html", form=form, organiser=organiser)


def is_hard(field: PasswordField, organiser: Organiser) -> bool:
    """Whether nobody here would guess the new password; if they would, the field says so."""
    known = (ours().name, ours().service_name, organiser.name or "", organiser.email)
    if easy_passwords.is_easy(field.data, known):
        field.errors = [EASY]
        return False
    return True
