"""Training of a safeguarding partnership: programme, places, waiting lists, calendars."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect

from webapp import cli, clock, config, models, web  # noqa: F401
from webapp.db import db, migrate
from webapp.web.organiser import identity

csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application with its settings read; `overrides` (configuration keys) win over them."""
    instance = config.instance_path()
    config.make_instance(instance)
    app = Flask(__name__, instance_path=str(instance))
    app.config.from_mapping(config.read(instance))
    app.config.from_mapping(overrides or {})
    if app.config["TODAY"]:
        clock.start(app.config["TODAY"], instance / "clock.json")

    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    web.init_app(app)
    identity.init_app(app)
    cli.init_app(app)
    return app
