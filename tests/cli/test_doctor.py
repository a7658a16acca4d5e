"""The doctor finds each thing that an operator can mend, and says how."""

import os
import time
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, settle_in
from tests.ports import free_port
from webapp import clock, create_app
from webapp.db import db as database
from webapp.db import will_write

HOUR = 3600


class Office:
    async def handle_DATA(self, server, session, envelope):
        raise AssertionError("nothing is sent")


@pytest.fixture(scope="module")
def smtp_url():
    server = Controller(Office(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}"
    server.stop(no_assert=True)


@pytest.fixture
def well(app, db, monkeypatch, smtp_url, tmp_path):
    """An installation that wants nothing; its folder."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    settings = {"SMTP_URL": smtp_url, "BACKUPS": tmp_path / "backups", "MAILBOX": None}
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    settle_in()
    run(app, "worker", "--once")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "training-20250417-030000Z.zip").touch()
    return tmp_path


def run(app, *words):
    database.session.rollback()
    done = app.test_cli_runner().invoke(args=list(words))
    database.session.rollback()
    will_write()
    return done


def to_do(app):
    """What the doctor wants done; it fails if there is anything."""
    done = run(app, "doctor")
    wanted = [line for line in done.output.splitlines() if line.startswith("TO DO")]
    assert done.exit_code == (1 if wanted else 0), done.output
    return "\n".join(wanted)


def age(file, hours):
    os.utime(file, (time.time() - hours * HOUR,) * 2)


def test_an_installation_that_is_well_needs_nothing(app, well):
    assert to_do(app) == ""
    assert run(app, "doctor").output.count("well ") == 9


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", None, "Settings: There is no secret key. Make one: flask"),
        ("BASE_URL", "http://training.example.org", "Settings: Links are not encrypted"),
        ("SMTP_URL", None, "Mail server: No mail leaves this machine. Set WEBAPP_SMTP_URL"),
        ("MAILBOX", "/no/such/mailbox", "Mailbox: There is nothing at /no/such/mailbox"),
        ("TODAY", NOW.date(), "Clock: It is a demonstration's"),
    ],
)
def test_a_setting_that_is_missing_or_unsafe_is_found(app, well, monkeypatch, name, value, words):
    monkeypatch.setitem(app.config, name, value)

    assert to_do(app).startswith(f"TO DO  {words}")


def test_a_mail_server_that_is_away_is_found_and_its_password_is_not_told(app, well, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://me:hidden@127.0.0.1:{free_port()}")

    assert to_do(app).startswith("TO DO  Mail server: The mail server could not be used: ")
    assert "hidden" not in to_do(app)


def test_a_key_that_others_can_read_is_found(app, well):
    (well / "secret-key").touch(mode=0o644)

    assert f"chmod 600 {well}/secret-key" in to_do(app)


def test_tables_of_another_version_are_found(app, well, tables_of_another_version):
    assert "Migrations: The database does not have the tables of this version" in to_do(app)


def test_a_worker_that_stopped_is_found_and_mail_that_it_leaves(app, well, monkeypatch):
    age(well / "worker-alive", hours=1)
    assert "Worker: It was not seen since " in to_do(app)
    (well / "worker-alive").unlink()
    assert "Worker: It was not seen yet. Start it: flask --app wsgi worker" in to_do(app)
    (well / "worker-alive").touch()
    book(make_date())
    assert to_do(app) == ""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    assert "Worker: 1 mail should have gone by now" in to_do(app)


def test_a_clock_that_was_put_back_is_found(app, well, monkeypatch):
    book(make_date())
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(hours=1))

    assert "Clock: It is behind the newest mail" in to_do(app)


def test_missing_and_old_backups_are_found(app, well):
    [backup] = (well / "backups").iterdir()
    age(backup, hours=27)
    assert "Backups: The newest is of " in to_do(app)
    backup.unlink()
    assert "Backups: There is none. Have cron run each night" in to_do(app)


def test_a_database_that_is_away_is_told_and_the_rest_is_looked_at_all_the_same(tmp_path):
    app = create_app(
        {"SECRET_KEY": "k", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/no/x.db"}
    )
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["doctor"])
        database.engine.dispose()

    assert done.exit_code == 1
    assert "TO DO  Database: The database cannot be used now: unable to open" in done.output
    assert "well   Disk" in done.output
