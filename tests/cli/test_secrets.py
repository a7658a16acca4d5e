import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from webapp import create_app
from webapp.config import ROOT


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setenv("WEBAPP_INSTANCE", str(tmp_path))
    return tmp_path


def flask(*words):
    """The command as an operator starts it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
    )


def run():
    return create_app().test_cli_runner().invoke(args=["secrets"])


def test_a_key_is_made_that_only_its_owner_can_read(instance):
    said = run().output

    file = instance / "secret-key"
    assert str(file) in said
    assert file.read_text().strip() not in said
    assert len(file.read_text().strip()) >= 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(instance.glob(".secret-key*")) == []


def test_the_app_is_given_the_key(instance):
    run()
    assert create_app().config["SECRET_KEY"] == (instance / "secret-key").read_text().strip()


def test_a_key_that_is_there_stays(instance):
    run()
    key = (instance / "secret-key").read_text()

    assert "already" in run().output
    assert (instance / "secret-key").read_text() == key


def test_every_installation_has_a_key_of_its_own(instance):
    run()
    first = (instance / "secret-key").read_text()
    (instance / "secret-key").unlink()
    run()

    assert (instance / "secret-key").read_text() != first


def test_an_empty_file_is_not_taken_for_a_key(instance):
    (instance / "secret-key").touch()
    result = run()

    assert result.exit_code == 1
    assert "is empty" in result.output


def test_a_key_from_the_settings_is_enough(instance, monkeypatch):
    monkeypatch.setenv("WEBAPP_SECRET_KEY", "12345678901234567890")

    assert "comes from WEBAPP_SECRET_KEY" in run().output
    assert not (instance / "secret-key").exists()


@pytest.mark.slow
def test_commands_started_side_by_side_agree_on_one_key(instance):
    with ThreadPoolExecutor(6) as pool:
        runs = list(pool.map(lambda _: flask("secrets"), range(6)))

    assert [done.returncode for done in runs] == [0] * 6
    assert sum("Made a secret key" in done.stdout for done in runs) == 1
    assert len((instance / "secret-key").read_text().strip()) >= 64


@pytest.mark.slow
def test_without_a_key_commands_run_and_what_needs_one_says_how_to_make_it(instance):
    assert flask("routes").returncode == 0
    for command in (["run", "--port", "0"], ["worker"], ["organisers", "add", "a@example.org"]):
        refused = flask(*command)
        assert refused.returncode != 0
        assert "flask --app wsgi secrets" in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_nobody_else_on_the_machine_may_read_what_commands_write(instance, monkeypatch):
    monkeypatch.setenv("WEBAPP_TODAY", "2025-04-17")
    assert flask("db", "upgrade").returncode == 0

    for name in ("training.db", "clock.json"):
        assert stat.S_IMODE((instance / name).stat().st_mode) == 0o600
