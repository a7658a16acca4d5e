"""Your second factor: setting it up, switching it off, and codes for when the phone is lost."""

from flask import current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import qr_code
from webapp.models import Organiser
from webapp.services import audit, organisers, second_factor
from webapp.web.organiser import identity
from webapp.web.organiser.account import is_mine
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.forms import MyPasswordForm, SecondFactorForm

WRONG_CODE = (
    "That is not the code your app should show now."
    " Check that the phone's clock sets itself, and enter the next code"
)
IS_ON = "Signing in to your account now asks for a code from your phone."
IS_OFF = "Signing in to your account no longer asks for a code from your phone."
NEW_CODES = "Your account has new recovery codes. The old ones no longer work."


@bp.route("/account/second-factor", methods=["GET", "POST"])
def set_up_second_factor() -> ResponseReturnValue:
    organiser = identity.me()
    # Sealed, so that the cookie it travels in gives nothing away.
    secret = session.setdefault("new_second_factor", second_factor.new_secret())
    form = SecondFactorForm()
    if form.validate_on_submit() and is_mine(form.my_password):
        if second_factor.is_right(organiser, form.code.data, secret):
            codes = second_factor.turn_on(organiser, secret)
            changed(organiser, "turned on the second factor", IS_ON)
            return recovery_codes_once(codes, "Your second factor is on")
        form.code.errors = [WRONG_CODE]
    return render_template(
        "organiser/account/second_factor.html",
        form=form,
        organiser=organiser,
        key=second_factor.key(secret),
        address=second_factor.address(organiser, secret),
        drawing=qr_code.draw(second_factor.address(organiser, secret)),
    )


@bp.route("/account/second-factor/off", methods=["GET", "POST"])
def switch_off_second_factor() -> ResponseReturnValue:
    organiser = identity.me()
    form = MyPasswordForm()
    if not organiser.has_second_factor:
        return redirect(url_for(".account"))
    if current_app.config["SECOND_FACTOR_REQUIRED"]:
        flash("Everybody who works here needs a second factor, so it stays on.")
        return redirect(url_for(".account"))
    if form.validate_on_submit() and is_mine(form.my_password):
        second_factor.turn_off(organiser)
        changed(organiser, "switched off the second factor", IS_OFF)
        flash("Your second factor is off. Wherever else you were signed in, you no longer are.")
        return redirect(url_for(".account"))
    return render_template("organiser/account/switch_off.html", form=form)


@bp.route("/account/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> ResponseReturnValue:
    organiser = identity.me()
    form = MyPasswordForm()
    if not organiser.has_second_factor:
        return redirect(url_for(".account"))
    if form.validate_on_submit() and is_mine(form.my_password):
        codes = second_factor.new_recovery_codes(organiser)
        changed(organiser, "made new recovery codes", NEW_CODES)
        return recovery_codes_once(codes, "Your new recovery codes")
    return render_template("organiser/account/new_recovery_codes.html", form=form)


def changed(organiser: Organiser, action: str, sentence: str) -> None:
    """Whoever else is in with this account got in by what is no longer the way in."""
    organisers.end_sessions(organiser)
    organisers.tell(organiser, sentence, now=clock.now())
    audit.record(organiser, action, now=clock.now())
    db.session.commit()
    identity.begin(organiser)


def recovery_codes_once(codes: list[str], title: str) -> str:
    """Shown in answer to the button and never again: they are kept sealed."""
    return render_template("organiser/account/recovery_codes.html", codes=codes, heading=title)
