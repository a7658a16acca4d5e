"""The way in and out: a password, a second factor where there is one, and the page they wanted."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from webapp import clock
from webapp.db import db
from webapp.models import Organiser
from webapp.services import audit, organisers, second_factor
from webapp.web import logs
from webapp.web.organiser import identity, limits
from webapp.web.organiser.blueprint import allows, bp
from webapp.web.organiser.forms import CodeForm, RecoveryCodeForm, SignInForm

WRONG = "Check your email address and your password: we know no account with both"
WRONG_CODE = "That code is not right, or was used before. Wait for your app to show the next one"
WRONG_RECOVERY_CODE = "That is none of your recovery codes, or it was used before"
RECOVERY_CODE_USED = "One of your recovery codes was used to sign in."
OVER = "You took longer than ten minutes. Sign in again"


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    organiser = identity.signed_in()
    if organiser is not None:
        return redirect(destination(organiser, request.args.get("next")))
    form = SignInForm()
    if form.validate_on_submit():
        attempt = limits.one_password(form.email.data)
        organiser = organisers.with_password(form.email.data, form.password.data)
        if organiser is not None and identity.may_enter(organiser):
            limits.password_was_right(form.email.data, attempt)
            if not organiser.has_second_factor:
                return enter(organiser, request.args.get("next"))
            identity.begin_half(organiser, request.args.get("next"))
            db.session.commit()
            return redirect(url_for(".code"))
        tried = organisers.find(form.email.data)
        logs.turned_away("a wrong password", tried.id if tried else None)
        form.email.errors = [WRONG]
    return render_template("organiser/sign_in/sign_in.html", form=form)


@bp.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    organiser, wanted = identity.half_signed_in()
    if organiser is None:
        return start_again()
    form = CodeForm()
    if form.validate_on_submit():
        limits.one_code(organiser)
        if second_factor.is_right(organiser, form.code.data):
            limits.code_was_right(organiser)
            return enter(organiser, wanted)
        failed(organiser)
        form.code.errors = [WRONG_CODE]
    return render_template("organiser/sign_in/code.html", form=form)


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
def recovery_code() -> ResponseReturnValue:
    organiser, wanted = identity.half_signed_in()
    if organiser is None:
        return start_again()
    form = RecoveryCodeForm()
    if form.validate_on_submit():
        limits.one_code(organiser)
        if second_factor.use_recovery_code(organiser, form.code.data):
            limits.code_was_right(organiser)
            organisers.tell(organiser, RECOVERY_CODE_USED, now=clock.now())
            return enter(organiser, wanted, detail="with a recovery code")
        failed(organiser)
        form.code.errors = [WRONG_RECOVERY_CODE]
    return render_template("organiser/sign_in/recovery_code.html", form=form)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Everywhere: what a browser forgets, somebody may have copied from it."""
    organisers.end_sessions(identity.me())
    audit.record(identity.me(), "signed out", now=clock.now())
    db.session.commit()
    identity.end()
    flash("You have signed out, wherever you were signed in.")
    return redirect(url_for(".sign_in"))


def enter(
    organiser: Organiser, wanted: str | None, detail: str | None = None
) -> ResponseReturnValue:
    audit.record(organiser, "signed in", detail=detail, now=clock.now())
    db.session.commit()
    identity.begin(organiser)
    return redirect(destination(organiser, wanted))


def failed(organiser: Organiser) -> None:
    audit.record(organiser, "failed the second factor", now=clock.now())
    db.session.commit()


def start_again() -> ResponseReturnValue:
    flash(OVER, "error")
    return redirect(url_for(".sign_in"))


def destination(organiser: Organiser, wanted: str | None) -> str:
    """The page they wanted if it is one of this corridor and open to them, else their first page.

    The address is built anew from what the wanted path means here, so it cannot lead elsewhere.
    """
    try:
        parts = urlsplit(wanted or "")
        endpoint, values = current_app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, ValueError):
        return first_page(organiser)
    if not endpoint.startswith("organiser.") or not allows(organiser, endpoint):
        return first_page(organiser)
    return url_for(endpoint, **values) + (f"?{parts.query}" if parts.query else "")


def first_page(organiser: Organiser) -> str:
    return url_for(".home") if allows(organiser, "organiser.home") else url_for(".role")
