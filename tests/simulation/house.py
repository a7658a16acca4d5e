"""A fresh database for each run, made by the real migrations: SQLite, or PostgreSQL."""

import gc
import logging
import os
import shutil
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, event, make_url, text

from tests.conftest import ON_POSTGRES, empty
from webapp import create_app
from webapp.db import db, will_write
from webapp.formats import messages


def build(folder: Path, server: str | None) -> Flask:
    """The app on an empty database of its own; `server` is the address of a PostgreSQL server.

    A mail is a row in the outbox with its words made, but not folded into the bytes of a message,
    which nobody here would read, and what is written need not outlive a power cut: both only cost
    time. The test runs the same year with both.
    """
    logging.disable(logging.INFO)  # the migrations say each step
    os.environ["WEBAPP_INSTANCE"] = str(folder)
    messages.build = lambda **_: b""
    app = create_app(
        {
            "SECRET_KEY": "the key of this simulation, and of nothing else",
            "BASE_URL": "https://training.example",
            "SQLALCHEMY_DATABASE_URI": _address(folder, server),
        }
    )
    with app.app_context():
        upgrade()
        if not ON_POSTGRES:
            db.engine.dispose()
            shutil.copy(folder / "test.db", folder / "empty.db")
            event.listen(db.engine, "connect", _hurry)
    gc.set_threshold(100_000, 50, 50)
    return app


def clean(folder: Path) -> None:
    """Forget the year before. In an app context."""
    db.session.remove()
    empty(folder)
    will_write()


def _address(folder: Path, server: str | None) -> str:
    if server is None:
        return f"sqlite:///{folder}/test.db"
    url = make_url(server).set(drivername="postgresql+psycopg")
    name = f"simulation_{os.getpid()}"
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    options = {"options": "-csynchronous_commit=off"}
    own = url.set(database=name).update_query_dict(options)
    return own.render_as_string(hide_password=False)


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
