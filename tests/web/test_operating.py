"""What watching machines are told, and that it is about nobody."""

import time

import pytest

from tests.makers import make_date
from tests.people import book, settle_in
from webapp import create_app
from webapp.db import db as database

TOKEN = "a-long-random-word-of-its-own"


@pytest.fixture
def watched(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "METRICS_TOKEN", TOKEN)
    monkeypatch.setitem(app.config, "BACKUPS", tmp_path)
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path


def figures(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_what_is_well_says_so_in_a_word_and_leaves_no_cookie(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_is_sent_to_a_process_whose_tables_are_of_another_version(
    client, tables_of_another_version
):
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_while_the_database_is_away_the_process_lives_and_is_not_ready(tmp_path):
    app = create_app(
        {"SECRET_KEY": "k", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/no/x.db"}
    )
    client = app.test_client()

    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "The database cannot be used now.\n")
    with app.app_context():
        database.engine.dispose()


def test_there_are_no_figures_unless_a_token_is_set_and_given(app, client, watched, monkeypatch):
    assert figures(client).status_code == 200
    assert client.get("/metrics").status_code == 404
    for wrong in ("", "a", TOKEN + "x", "é"):
        assert figures(client, wrong).status_code == 404
    monkeypatch.setitem(app.config, "METRICS_TOKEN", None)
    for token in (TOKEN, "", "None"):
        assert figures(client, token).status_code == 404


def test_figures_count_bookings_and_mails_and_name_nobody(client, db, watched):
    settle_in()
    date = make_date(capacity=1)
    book(date, "ann@agency.example")
    book(date, "ben@agency.example")
    (watched / "worker-alive").touch()

    lines = figures(client).text.splitlines()
    assert 'training_bookings{state="confirmed"} 1' in lines
    assert 'training_bookings{state="waiting"} 1' in lines
    assert 'training_mails{state="waiting"} 2' in lines
    assert 'training_mails{state="overdue"} 0' in lines
    [seen] = [line for line in lines if line.startswith("training_worker_seen_seconds ")]
    assert 0 <= float(seen.split()[1]) < 60
    assert not [line for line in lines if line.startswith("training_backup_age_seconds ")]
    assert "agency.example" not in "".join(lines)
    (watched / f"training-{time.time_ns()}.zip").touch()
    assert "\ntraining_backup_age_seconds 0" in figures(client).text
