"""The side door: what cron and the operator may ask for. Parse, call one verb, commit, say so."""

from flask import Flask

from webapp.cli.backups import backup, restore
from webapp.cli.db_copy import db_copy
from webapp.cli.doctor import doctor
from webapp.cli.mail import mail
from webapp.cli.news import news
from webapp.cli.news_check import check
from webapp.cli.organisers import organisers
from webapp.cli.retention import retention
from webapp.cli.secrets import secrets
from webapp.cli.seed import seed
from webapp.cli.worker import worker
from webapp.db import db
from webapp.upgrades import migrate


def init_app(app: Flask) -> None:
    """Hang every command on `flask --app wsgi`."""
    migrate.init_app(app, db)
    app.cli.add_command(secrets)
    app.cli.add_command(seed)
    app.cli.add_command(organisers)
    app.cli.add_command(mail)
    app.cli.add_command(news)
    news.add_command(check)
    app.cli.add_command(retention)
    app.cli.add_command(worker)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(db_copy)
    app.cli.add_command(doctor)
