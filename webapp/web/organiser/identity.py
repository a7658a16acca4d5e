"""Flask-Security fitted to the house: it keeps passwords, sessions and second factors.

Its own pages stay shut: ours say what they say in sentences, commit once and stand in one corridor.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta

from flask import Flask, current_app, session
from flask_login.utils import _user_context_processor
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    current_user,
    login_user,
    logout_user,
)

from webapp import clock
from webapp.db import db
from webapp.models import Organiser, Role
from webapp.services import organisers, second_factor

SESSION_LASTS = timedelta(hours=8)
HALF_LASTS = timedelta(minutes=10)


def init_app(app: Flask) -> None:
    """Without a key there is nothing to seal with; such a program only runs commands."""
    if not app.config["SECRET_KEY"]:
        return
    app.config.from_mapping(
        SECURITY_DATETIME_FACTORY=clock.real_now,
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SALT=_key_for(app, "passwords"),
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=[second_factor.METHOD],
        SECURITY_TOTP_SECRETS={"1": _key_for(app, "second factor")},
        SECURITY_TOTP_ISSUER="Safeguarding training",
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_N=10,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[_key_for(app, "recovery codes")],
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
    )
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, Organiser, Role),
        register_blueprint=False,
        totp_cls=second_factor.Codes,
    )
    # Nobody comes in by a token in a header or an address.
    security.login_manager.request_loader(lambda request: None)
    # Templates ask us who is there; asked by every template, a page that says the database is away
    # would ask the database.
    app.template_context_processors[None].remove(_user_context_processor)


def me() -> Organiser:
    """Who is asking, behind the guard."""
    organiser: Organiser = current_user._get_current_object()
    return organiser


def signed_in() -> Organiser | None:
    """Who is asking, if they signed in less than a working day ago."""
    if not current_user.is_authenticated:
        return None
    if _since(session.get("fs_paa", 0)) > SESSION_LASTS or not may_enter(me()):
        end()
        return None
    return me()


def may_enter(organiser: Organiser) -> bool:
    """The demonstration's account opens the demonstration only."""
    in_demonstration = current_app.config["TODAY"] is not None
    return organiser.active and (in_demonstration or not organiser.is_demonstration)


def begin(organiser: Organiser) -> None:
    """Sign somebody in, in a session that holds nothing from before."""
    session.clear()
    login_user(organiser, remember=False)


def end() -> None:
    logout_user()
    session.clear()


def begin_half(organiser: Organiser, wanted: str | None) -> None:
    """The password was right: remember so until the second factor is, for ten minutes."""
    session.clear()
    session["half"] = {
        "organiser": organiser.fs_uniquifier,
        "at": clock.real_now().timestamp(),
        "wanted": wanted,
    }


def half_signed_in() -> tuple[Organiser | None, str | None]:
    """Whose password was right a moment ago, and the page they wanted."""
    half = session.get("half")
    if half is None or _since(half["at"]) > HALF_LASTS:
        return None, None
    organiser = organisers.of_session(half["organiser"])
    if organiser is None or not may_enter(organiser) or not organiser.has_second_factor:
        return None, None
    return organiser, half["wanted"]


def _since(timestamp: float) -> timedelta:
    """By the real clock, as browsers reckon with cookies."""
    return timedelta(seconds=clock.real_now().timestamp() - timestamp)


def _key_for(app: Flask, purpose: str) -> str:
    """A key of its own for each purpose, derived from the one secret of this installation."""
    secret = str(app.config["SECRET_KEY"]).encode()
    return urlsafe_b64encode(hmac.digest(secret, f"key:{purpose}".encode(), "sha256")).decode()
