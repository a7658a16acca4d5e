"""The side door: what cron and the operator may ask for. Parse, call one verb, commit, say so."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Hang every command on `flask --app wsgi`."""
