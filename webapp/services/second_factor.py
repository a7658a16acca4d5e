"""The second factor: codes from an app on the organiser's phone, and codes for when it is lost."""

from typing import Any

from flask import current_app
from flask_security import Security, Totp

from webapp.db import db, lock
from webapp.models import Organiser

METHOD = "authenticator"
# How far a phone's clock may be wrong, in seconds.
CLOCK_SKEW = 30


class Codes(Totp):
    """Flask-Security's time-based codes, none of which is accepted twice."""

    def get_last_counter(self, user: Organiser) -> int | None:  # type: ignore[override]
        return user.last_code_at

    def set_last_counter(self, user: Organiser, tmatch: Any) -> None:  # type: ignore[override]
        user.last_code_at = tmatch.counter


def new_secret() -> str:
    """What phone and house will share, sealed with the house's key."""
    return _security().totp_factory.generate_totp_secret()


def key(secret: str) -> str:
    """The secret as people type it into their app: "M6GD-DRWY-3MN4-..."."""
    return _security().totp_factory.get_totp_pretty_key(secret)


def address(organiser: Organiser, secret: str) -> str:
    """The secret as the otpauth:// address that a QR code carries."""
    return _security().totp_factory.get_totp_uri(organiser.email, secret)


def is_right(organiser: Organiser, code: str, secret: str | None = None) -> bool:
    """Whether this is the code of now, by the organiser's secret or by one to be set up."""
    _hold(organiser)
    if secret is not None:
        organiser.last_code_at = None  # that was with another key
    secret = secret or organiser.tf_totp_secret
    if secret is None or not code.isascii():
        return False
    return _security().totp_factory.verify_totp(code, secret, organiser, window=CLOCK_SKEW)


def turn_on(organiser: Organiser, secret: str) -> list[str]:
    """Ask for codes by this secret from now on. Returns recovery codes, to be shown once."""
    organiser.tf_primary_method = METHOD
    organiser.tf_totp_secret = secret
    return new_recovery_codes(organiser)


def turn_off(organiser: Organiser) -> None:
    organiser.tf_primary_method = organiser.tf_totp_secret = organiser.mf_recovery_codes = None


def new_recovery_codes(organiser: Organiser) -> list[str]:
    """Replace the recovery codes. Kept sealed; returned in plain text this one time."""
    return _security().mf_recovery_codes_util.create_recovery_codes(organiser)


def use_recovery_code(organiser: Organiser, code: str) -> bool:
    """Whether it is one of the codes; if so it will not be again."""
    _hold(organiser)
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    code = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    codes = _security().mf_recovery_codes_util
    return codes.check_recovery_code(organiser, code) and codes.delete_recovery_code(
        organiser, code
    )


def _hold(organiser: Organiser) -> None:
    """Two requests with the same code wait for each other, so that one of them is too late."""
    lock(Organiser.last_code_at, Organiser.id == organiser.id)
    db.session.refresh(organiser, ["tf_totp_secret", "last_code_at", "mf_recovery_codes"])


def _security() -> Security:
    security: Security = current_app.extensions["security"]
    return security
