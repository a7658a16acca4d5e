"""Your account: who you are here, and your password."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from webapp import clock
from webapp.db import db
from webapp.services import audit, links, organisers
from webapp.web import logs
from webapp.web.organiser import identity, limits
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.forms import ChangePasswordForm
from webapp.web.organiser.passwords import CHANGED, is_hard

WRONG = "That is not your password"


@bp.get("/account")
def account() -> str:
    organiser = identity.me()
    return render_template(
        "organiser/account/account.html", organiser=organiser, feeds=links.staff_feeds(organiser)
    )


@bp.route("/account/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    organiser = identity.me()
    mine = form.validate_on_submit() and is_mine(form.my_password)
    if mine and is_hard(form.new_password, organiser):
        organisers.set_password(organiser, form.new_password.data)
        organisers.tell(organiser, CHANGED, now=clock.now())
        audit.record(organiser, "changed their password", now=clock.now())
        db.session.commit()
        identity.begin(organiser)  # every session ended with the old password; this one goes on
        flash("Your password is changed. Wherever else you were signed in, you no longer are.")
        return redirect(url_for(".account"))
    return render_template("organiser/account/password.html", form=form)


def is_mine(field: PasswordField) -> bool:
    """Whether who sits here knows the password; if not, the field says so."""
    organiser = identity.me()
    attempt = limits.one_password(organiser.email)
    if organisers.has_password(organiser, field.data):
        limits.password_was_right(organiser.email, attempt)
        return True
    logs.turned_away("a wrong password", organiser.id)
    field.errors = [WRONG]
    return False
