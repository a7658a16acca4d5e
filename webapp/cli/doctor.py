"""`flask doctor`: what is well, and what to do about what is not."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import clock, config
from webapp.cli import tables
from webapp.db import UNAVAILABLE, db, is_up_to_date, will_write
from webapp.errors import Refused, Unreachable
from webapp.formats.plain_text import one_line
from webapp.formats.words import counted
from webapp.gateways import mail, mailbox
from webapp.services import health

ENOUGH_BYTES = 1_000_000_000
# A worker in trouble pauses for five minutes; a backup each night may start a little late.
WORKER_AFTER = timedelta(minutes=15)
BACKUP_AFTER = timedelta(hours=26)
CLOCKS_APART = timedelta(minutes=1)


@click.command()
@with_appcontext
def doctor() -> None:
    """Look everything over; ends with code 1 when there is something to do."""
    will_write(False)
    well = [_examined(name, check) for name, check in CHECKS.items()]
    raise SystemExit(0 if all(well) else 1)


def _examined(name: str, check: Callable[[], str]) -> bool:
    try:
        words, is_well = check(), True
    except (Refused, Unreachable, OSError) as trouble:
        words, is_well = one_line(str(trouble)), False
    except UNAVAILABLE as trouble:
        words, is_well = f"{tables.away(trouble)}. Check WEBAPP_DATABASE_URL and its server.", False
    db.session.rollback()
    click.echo(f"{'well ' if is_well else 'TO DO'}  {name}: {words}")
    return is_well


def _settings() -> str:
    if not current_app.config["SECRET_KEY"]:
        raise Refused("There is no secret key. Make one: flask --app wsgi secrets")
    url = urlsplit(current_app.config["BASE_URL"])
    if url.scheme != "https" and not mail.is_this_machine(url.hostname or ""):
        raise Refused("Links are not encrypted. Set WEBAPP_BASE_URL to an https address.")
    for file in (config.secret_key_file(_instance()), _instance() / "settings.env"):
        if file.exists() and file.stat().st_mode & 0o077:
            raise Refused(f"Others on this machine can read it. Run: chmod 600 {file}")
    return "There is a key, and nobody else can read it."


def _database() -> str:
    if not health.is_sound():
        raise Refused("The file is damaged. Stop everything and restore the newest backup.")
    return "It answers and is sound."


def _migrations() -> str:
    if not is_up_to_date():
        raise Refused(tables.MISSING)
    return "It has the tables of this version."


def _clock() -> str:
    if current_app.config["TODAY"]:
        raise Refused("It is a demonstration's. For real people leave WEBAPP_TODAY out.")
    theirs = health.database_moment()
    if theirs is not None and abs(theirs - clock.real_now()) > CLOCKS_APART:
        raise Refused("It is not the database's. Have both machines keep time by NTP.")
    newest = health.mail_queue(clock.now()).newest_at
    if newest is not None and newest > clock.now() + CLOCKS_APART:
        raise Refused("It is behind the newest mail that was written. Have it set by NTP.")
    return f"It says {clock.now():%Y-%m-%d %H:%M:%SZ}."


def _disk() -> str:
    free = shutil.disk_usage(_instance()).free
    if free < ENOUGH_BYTES:
        raise Refused(f"{free // 1_000_000} MB are left. Make room where {_instance()} is.")
    return f"{free // 1_000_000_000} GB are left."


def _mail_server() -> str:
    url = current_app.config["SMTP_URL"]
    if not url:
        raise Refused("No mail leaves this machine. Set WEBAPP_SMTP_URL.")
    try:
        mail.try_out(url)
    except Unreachable as trouble:
        raise Refused(f"{trouble} Check WEBAPP_SMTP_URL.") from None
    return "It lets us in."


def _mailbox() -> str:
    source = current_app.config["MAILBOX"]
    if not source:
        return "None is read."
    if not source.lower().startswith(mailbox.URLS) and not Path(source).exists():
        raise Refused(f"There is nothing at {source}. Check WEBAPP_MAILBOX.")
    with mailbox.opened(source):
        return "It can be opened."


def _worker() -> str:
    overdue = health.mail_queue(clock.now()).overdue
    seen = health.worker_seen_at(_instance())
    if seen is None or clock.real_now() - seen > WORKER_AFTER:
        since = f"since {seen:%Y-%m-%d %H:%M:%SZ}" if seen else "yet"
        raise Refused(f"It was not seen {since}. Start it: flask --app wsgi worker")
    if overdue:
        raise Refused(f"{counted(overdue, 'mail')} should have gone by now. Read its log.")
    return "It is alive, and no mail is late."


def _backups() -> str:
    newest = health.backed_up_at(current_app.config["BACKUPS"])
    if newest is None or clock.real_now() - newest > BACKUP_AFTER:
        last = f"The newest is of {newest:%Y-%m-%d %H:%M:%SZ}" if newest else "There is none"
        raise Refused(f"{last}. Have cron run each night: flask --app wsgi backup --keep 30")
    return f"The newest is of {newest:%Y-%m-%d %H:%M:%SZ}."


def _instance() -> Path:
    return Path(current_app.instance_path)


CHECKS: dict[str, Callable[[], str]] = {
    "Settings": _settings,
    "Database": _database,
    "Migrations": _migrations,
    "Clock": _clock,
    "Disk": _disk,
    "Mail server": _mail_server,
    "Mailbox": _mailbox,
    "Worker": _worker,
    "Backups": _backups,
}
