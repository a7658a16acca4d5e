"""Training of a safeguarding partnership: programme, places, waiting lists, calendars."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect

from webapp import clock, config, models, web  # noqa: F401
from webapp.db import db
from webapp.web.organiser import identity

csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None, *, with_commands: bool = True) -> Flask:
    """The application with its settings read; `overrides` (configuration keys) win over them."""
    instance = config.instance_path()
    config.make_instance(instance)
    app = Flask(__name__, instance_path=str(instance))
    app.config.from_mapping(config.read(instance))
    app.config.from_mapping(overrides or {})
    if app.config["TODAY"]:
        clock.start(app.config["TODAY"], instance / "clock.json")

    db.init_app(app)
    csrf.init_app(app)
    web.init_app(app)
    identity.init_app(app)
    if with_commands:
        # They load what a process that serves people has no use for, and would keep for months.
        from webapp import cli

        cli.init_app(app)
    return app
