"""Logs for programs: every line is an object, and none says who."""

import json
import re

import pytest
from flask.logging import default_handler

from tests.makers import make_date
from tests.people import book, settle_in
from tests.web.organiser.conftest import sign_in_as
from webapp import create_app
from webapp.db import db as database
from webapp.errors import TooManyTries
from webapp.models import RoleName
from webapp.services import links, programme


@pytest.fixture(autouse=True)
def _other_tests_log_as_before(app):
    """One logger serves every app of a process."""
    handlers, level, propagates = app.logger.handlers[:], app.logger.level, app.logger.propagate
    yield
    app.logger.handlers[:], app.logger.propagate = handlers, propagates
    app.logger.setLevel(level)


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.fixture
def told(app, capsys):
    """Ask an app that logs as JSON, on the same database; the lines that it wrote."""
    logging = create_app(app.config | {"LOG": "json"})

    def ask(method, path, **facts):
        database.session.rollback()
        logging.test_client().open(path, method=method, **facts)
        return lines(capsys)

    yield ask
    with logging.app_context():
        database.engine.dispose()


def test_a_request_is_told_by_the_name_of_its_page_and_not_by_whose_it_is(db, told):
    settle_in()
    booking = book(make_date(), "ann@agency.example")
    token = links.booking_token(booking)
    [line] = told("GET", f"/bookings/{token}?name=Ann", headers={"User-Agent": "Ann's phone"})

    assert set(line) == {"at", "level", "says", "method", "page", "status", "ms"}
    assert (line["says"], line["page"], line["status"]) == ("request", "public.booking", 200)
    assert line["at"].endswith("+00:00")
    assert not [word for word in (token, "Ann", "ann@", "127.0.0.1") if word in json.dumps(line)]


def test_a_page_that_was_kept_is_told_like_the_one_that_was_made(db, told):
    settle_in()
    asked = [told("GET", "/") for _ in range(2)]

    assert [[(line["page"], line["status"]) for line in lines] for lines in asked] == [
        [("public.programme", 200)]
    ] * 2


def test_what_is_not_found_is_told_without_its_address(db, told):
    [line] = told("GET", "/no/such/ann@agency.example")

    assert (line["page"], line["status"]) == (None, 404)
    assert "ann" not in json.dumps(line)


def test_a_database_that_is_away_is_told_in_one_line_with_its_trace(db, app, tmp_path, capsys):
    away = create_app(
        app.config | {"LOG": "json", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/no/x.db"}
    )
    away.test_client().get("/")
    with away.app_context():
        database.engine.dispose()
    written = lines(capsys)

    wrong = [line for line in written if line["level"] == "error"]
    assert wrong[0]["says"] == "The database did not answer"
    assert "OperationalError" in wrong[0]["trace"]
    assert written[-1]["status"] == 503


def test_the_worker_tells_its_events_the_same_way(app, db, monkeypatch, tmp_path):
    settle_in()
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    monkeypatch.setitem(app.config, "LOG", "json")
    book(make_date(), "ann@agency.example")
    said = app.test_cli_runner().invoke(args=["worker", "--once"]).output

    assert [json.loads(line)["says"] for line in said.splitlines()] == [
        "Mail 1 (booking_confirmed) sent."
    ]
    assert "ann" not in said


def test_a_line_for_people_says_its_time_with_the_zone(app):
    line = default_handler.format(app.logger.makeRecord("webapp", 30, "", 1, "Something", (), None))

    assert re.fullmatch(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\] WARNING: Something", line)


def turned_away(caplog):
    """The lines about who was, of whatever was logged since the last look."""
    said = [record.getMessage() for record in caplog.records]
    caplog.clear()
    return [line.removeprefix("Turned away from ") for line in said if "Turned away" in line]


def test_who_is_turned_away_leaves_a_line_with_the_number_of_their_account(client, world, caplog):
    trainer = world[RoleName.TRAINER]
    sign_in_as(client, trainer)
    assert client.get("/organiser/audit").status_code == 403

    assert turned_away(caplog) == [f"organiser.audit: not open to them, account {trainer.id}"]


def test_a_wrong_password_leaves_a_line_and_no_address(client, world, caplog):
    trainer = world[RoleName.TRAINER]
    for email in (trainer.email, "nobody@partnership.example"):
        client.post("/organiser/sign-in", data={"email": email, "password": "a guess at it"})
    sign_in_as(client, trainer)
    new = {"my_password": "a guess at it", "new_password": "four other unlikely words"}
    client.post("/organiser/account/password", data=new)

    assert "guess" not in caplog.text
    assert "@partnership" not in caplog.text
    assert turned_away(caplog) == [
        f"organiser.sign_in: a wrong password, account {trainer.id}",
        "organiser.sign_in: a wrong password",
        f"organiser.change_password: a wrong password, account {trainer.id}",
    ]


def test_who_goes_round_a_guard_leaves_a_line(client, world, caplog, monkeypatch):
    client.post("/my", data={}, headers={"Origin": "https://stranger.example"})
    client.get("/bookings/1-made-up")

    def too_often(*_args, **_facts):
        raise TooManyTries("There were too many tries.")

    monkeypatch.setattr(programme, "months", too_often)
    client.get("/")

    assert "made-up" not in caplog.text
    assert turned_away(caplog) == [
        "public.my: a form that is none of ours",
        "public.booking: a link that we never made",
        "public.programme: too many tries",
    ]


def test_nobody_writes_a_line_of_their_own_into_the_log(app, world, caplog, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(slug):
        raise RuntimeError("Nobody foresaw it")

    monkeypatch.setattr(programme, "get_course", fail)
    app.test_client().get("/courses/x%0a2026-01-01%20INFO%20All%20is%20well%1b[2K")

    [record] = [record for record in caplog.records if record.exc_info]
    assert record.getMessage() == (
        "Exception on /courses/x\\n2026-01-01 INFO All is well\\x1b[2K [GET]"
    )
