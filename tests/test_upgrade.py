"""An installation of the very first version, with rows in every table, brought up to date."""

from datetime import date, datetime, time, timedelta

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, MetaData, create_engine, select, text
from sqlalchemy.types import Boolean, Date, DateTime, Float, Integer, LargeBinary, Time

from tests.races.conftest import another_database
from webapp.db import MIGRATIONS, Base, knows, newest
from webapp.plain import sort_key
from webapp.upgrades import migrate

ROWS = (1, 2)
# What one row's value of a kind is; the rest is text.
VALUES = {
    Boolean: lambda name, row: row == 1,
    Integer: lambda name, row: row * 10,
    Float: lambda name, row: row + 0.25,
    DateTime: lambda name, row: datetime(2025, 4, 17, 8, 30) + timedelta(days=row),  # noqa: DTZ001
    Date: lambda name, row: date(2025, 4, row),
    Time: lambda name, row: time(9, row),
    JSON: lambda name, row: [name, row, None],
    LargeBinary: lambda name, row: bytes(range(256)) * row,
}
# Ten and twenty hours by the clock are three and six of an office's.
MEANT = {("partnership", 1): {"offer_hours": 3}, ("partnership", 2): {"offer_hours": 6}}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, db, tmp_path):
    url = f"sqlite:///{tmp_path}/first.db"
    if request.param == "postgresql":
        url = another_database(request.getfixturevalue("postgres"), "first_version")
    engine = create_engine(url)
    yield engine
    engine.dispose()


def upgrade(engine, revision):
    steps = migrate.get_config()
    with engine.connect() as connection:
        steps.attributes["connection"] = connection
        command.upgrade(steps, revision)


def tables(engine):
    found = MetaData()
    found.reflect(engine)
    return found


def value(column, row):
    """Of a column in row 1 or 2; what points elsewhere points at the row of the same number."""
    if column.primary_key or column.foreign_keys:
        return row
    for kind, made in VALUES.items():
        if isinstance(column.type, kind):
            return made(column.name, row)
    return f"{column.name} {row} Zoë"


def filled(engine):
    """Two rows in every table, with a value in every column."""
    made = {}
    first = [table for table in tables(engine).sorted_tables if table.name != "alembic_version"]
    with engine.begin() as connection:
        for table in first:
            rows = [{each.name: value(each, row) for each in table.columns} for row in ROWS]
            connection.execute(table.insert(), rows)
            made[table.name] = rows
    return made


def test_the_migrations_are_known_by_the_names_of_their_files():
    steps = ScriptDirectory(str(MIGRATIONS))
    ours = [step.revision for step in steps.walk_revisions()]

    assert all(knows(revision) for revision in ours)
    assert not knows("older")
    assert steps.get_heads() == [newest()]


def test_every_row_of_the_first_version_is_there_in_the_newest(engine):
    upgrade(engine, "0001")
    before = filled(engine)
    upgrade(engine, "head")

    now = tables(engine)
    assert set(now.tables) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        [(revision,)] = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert knows(revision)
        assert revision != "0001"
        for name, rows in before.items():
            table = now.tables[name]
            kept = [table.c[column] for column in rows[0]]
            order = list(table.primary_key.columns)
            found = connection.execute(select(*kept).order_by(*order)).mappings()
            meant = [row | MEANT.get((name, number), {}) for number, row in enumerate(rows, 1)]
            assert [dict(row) for row in found] == meant, name


def test_who_booked_before_stands_in_order_by_the_key_that_is_made_today(engine, monkeypatch):
    """Read some at a time, with gaps between their numbers."""
    step = ScriptDirectory(str(MIGRATIONS)).get_revision("0009").module
    monkeypatch.setattr(step, "AT_ONCE", 2)
    names = {3: "Élise O’Neill", 5: "STRASSE 9", 6: "straße", 9: "Łukasz", 12: "ﬁn", 20: "ﷺ" * 90}
    upgrade(engine, "0008")
    filled(engine)
    before = tables(engine).tables["booking"]
    with engine.begin() as connection:
        facts = connection.execute(select(before).where(before.c.id == 2)).mappings().one()
        alike = dict(facts) | {"state": "cancelled"}
        rows = [alike | {"id": key, "name": name} for key, name in names.items()]
        connection.execute(before.insert(), rows)
    upgrade(engine, "0009")

    now = tables(engine).tables["booking"]
    with engine.connect() as connection:
        found = connection.execute(select(now.c.id, now.c.name, now.c.sort_name)).all()
    assert {row.id for row in found} == {*names, *ROWS}
    assert [row for row in found if row.sort_name != sort_key(row.name)] == []
