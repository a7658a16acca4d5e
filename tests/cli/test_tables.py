"""Commands before the database is made, and while it is away."""

import pytest
from sqlalchemy import make_url

from webapp import create_app
from webapp.cli import tables
from webapp.db import db

COMMANDS = [
    ["seed"],
    ["organisers", "list"],
    ["organisers", "add", "ann@partnership.example"],
    ["organisers", "close", "ann@partnership.example"],
    ["organisers", "switch-off-second-factor", "ann@partnership.example"],
    ["organisers", "demonstration"],
    ["mail", "read", "mbox"],
]


def said(url, command):
    app = create_app({"SECRET_KEY": "a key", "SQLALCHEMY_DATABASE_URI": url})
    result = app.test_cli_runner().invoke(args=command)
    with app.app_context():
        db.engine.dispose()
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_before_the_tables_are_made_names_the_one_that_makes_them(command, tmp_path):
    assert said(f"sqlite:///{tmp_path}/new.db", command) == f"Error: {tables.MISSING}\n"


def test_before_the_tables_are_made_postgresql_gets_the_same_sentence(postgres):
    url = make_url(postgres).set(drivername="postgresql+psycopg", database="template1")
    assert said(url.render_as_string(hide_password=False), ["seed"]) == f"Error: {tables.MISSING}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_while_the_database_is_away_says_so(command, tmp_path):
    words = said(f"sqlite:///{tmp_path}/no/new.db", command)
    assert words == "Error: The database cannot be used now: unable to open database file\n"
