"""The laws of the house, kept by the tests."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask_migrate import check

import webapp

HOUSE = Path(webapp.__file__).parent
ROOMS = [p for p in HOUSE.rglob("*.py") if "migrations" not in p.parts]
DOORS = {"web", "cli", "clock.py", "__init__.py"}
# What is large and seldom asked for: a process that serves people loads it when it is.
SELDOM = {
    *(
        "alembic",
        "flask_migrate",
        "holidays",
        "httpx",
        "pygments",
        "rapidfuzz",
        "selectolax",
        "typst",
    ),
    *("xlsxwriter", "webapp.cli", "webapp.formats.news_page", "webapp.upgrades"),
}


def name(room):
    return str(room.relative_to(HOUSE))


def test_migrations_match_the_models(app, db):
    check()  # exits when a model has changed and no migration says so


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_no_room_is_too_big(room):
    assert len(room.read_text().splitlines()) <= 250


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_every_room_says_what_belongs_in_it(room):
    text = room.read_text()
    assert not text.strip() or text.startswith('"""') or room.name == "blueprint.py"


@pytest.mark.parametrize("room", ROOMS, ids=name)
def test_only_doors_commit_and_look_at_the_clock(room):
    if room.relative_to(HOUSE).parts[0] in DOORS:
        return
    text = room.read_text()
    assert ".commit(" not in text
    assert "clock.now(" not in text


def test_a_process_that_serves_people_loads_no_more_than_it_needs(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, wsgi; print(*sys.modules)"],
        cwd=HOUSE.parent,
        env={"WEBAPP_INSTANCE": str(tmp_path), "WEBAPP_SECRET_KEY": "the key of a test"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "webapp.web.public.book" in loaded
    assert set(loaded).isdisjoint(SELDOM)
