"""The doors: read the request, call one verb, commit, answer."""

from flask import Flask, request

from webapp.db import will_write
from webapp.web import (
    addresses,
    calendars,
    errors,
    kept,
    logs,
    operating,
    organiser,
    public,
    security,
    words,
)
from webapp.web.sessions import PageSessions


def init_app(app: Flask) -> None:
    logs.init_app(app)
    app.before_request(say_what_we_want)
    addresses.init_app(app)
    app.session_interface = PageSessions()
    words.init_app(app)
    kept.init_app(app)
    security.init_app(app)
    calendars.init_app(app)
    errors.init_app(app)
    app.register_blueprint(public.bp)
    app.register_blueprint(organiser.bp)
    app.register_blueprint(operating.bp)


def say_what_we_want() -> None:
    """Only a pressed button writes."""
    will_write(request.method not in {"GET", "HEAD", "OPTIONS"})
