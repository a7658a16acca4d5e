"""What organisers type about themselves: addresses, passwords and codes."""

import re
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import PasswordField, StringField
from wtforms.validators import StopValidation

from webapp.services import organisers
from webapp.web.fields import Check, Form, email

SIX_DIGITS = re.compile(r"\d{3}[ -]?\d{3}", re.ASCII)
HOW_LONG = f"At least {organisers.SHORTEST_PASSWORD} characters."


def _short(width: str, autocomplete: str, **params: str) -> dict[str, Any]:
    params = {"classes": width, "autocomplete": autocomplete, "spellcheck": "false", **params}
    return {"params": params}


def _needed(sentence: str) -> Check:
    def check(form: Form, field: Any) -> None:
        if not field.data:
            raise StopValidation(sentence)

    return check


def _long_enough(form: Form, field: Any) -> None:
    if len(field.data) < organisers.SHORTEST_PASSWORD:
        raise StopValidation(f"Your password is too short. {HOW_LONG}")


def _six_digits(form: Form, field: Any) -> None:
    if not SIX_DIGITS.fullmatch(field.data):
        raise StopValidation("The code is six digits, such as 123456")


def password(
    label: str, missing: str, *checks: Check, autocomplete: str = "current-password", hint: str = ""
) -> PasswordField:
    return PasswordField(
        label,
        [_needed(missing), *checks],
        description=hint,
        widget=GovPasswordInput(),
        render_kw={"params": {"autocomplete": autocomplete}},
    )


def fresh_password(label: str) -> PasswordField:
    return password(
        label,
        "Enter the password you want to have",
        _long_enough,
        autocomplete="new-password",
        hint=f"{HOW_LONG} Three words that have nothing to do with each other are easy to"
        " keep in mind and hard to guess.",
    )


def own_password() -> PasswordField:
    """Asked again before something changes that would lock others in or out."""
    return password("Your password", "Enter your password")


def six_digits() -> StringField:
    return StringField(
        "Code",
        [_needed("Enter the code that your app shows"), _six_digits],
        description="Six digits, from the authenticator app on your phone.",
        widget=GovTextInput(),
        render_kw=_short("govuk-input--width-5", "one-time-code", inputmode="numeric"),
    )


class SignInForm(Form):
    email = email("Email address", "Enter your email address", autocomplete="username")
    password = password("Password", "Enter your password")


class ForgottenForm(Form):
    email = email("Email address", "Enter your email address", autocomplete="username")


class ChoosePasswordForm(Form):
    new_password = fresh_password("New password")


class ChangePasswordForm(Form):
    my_password = own_password()
    new_password = fresh_password("New password")


class CodeForm(Form):
    code = six_digits()


class RecoveryCodeForm(Form):
    code = StringField(
        "Recovery code",
        [_needed("Enter one of your recovery codes")],
        description="Twelve letters and digits, such as 1a2b-3c4d-5e6f. Each code works once.",
        widget=GovTextInput(),
        render_kw=_short("govuk-input--width-20", "off"),
    )


class SecondFactorForm(Form):
    code = six_digits()
    my_password = own_password()


class MyPasswordForm(Form):
    my_password = own_password()
