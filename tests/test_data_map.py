"""The data map in the docs is of this database: no table and no column is missing there."""

import re
from pathlib import Path

from webapp.db import Base
from webapp.web.organiser.retention import KEPT

MAP = (Path(__file__).parent.parent / "docs" / "data-map.md").read_text()
SETTINGS = {label for label, _, _ in KEPT.values()}


def columns_in(text):
    return re.findall(r"`(\w+)`", text)


def mapped():
    """Every table of the map with its columns, as often as they stand there."""
    _, *sections = re.split(r"^### ", MAP.partition("## Tables with nothing")[0], flags=re.M)
    found = {}
    for section in sections:
        name, _, body = section.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith(("| `", "Of nobody:"))]
        firsts = [line.split(" | ")[0] for line in lines]
        found[name.strip("` ")] = [one for first in firsts for one in columns_in(first)]
    for line in MAP.partition("## Tables with nothing")[2].splitlines():
        if line.startswith("| `"):
            table, _, columns = line.strip("| ").split(" | ")
            found[table.strip("`")] = columns_in(columns)
    return found


def test_every_table_and_column_is_in_the_data_map_once_and_no_other():
    columns = {
        table.name: sorted(column.name for column in table.columns)
        for table in Base.metadata.tables.values()
    }
    assert {table: sorted(found) for table, found in mapped().items()} == columns


def test_the_settings_the_data_map_names_are_those_of_the_settings_page():
    named = set(re.findall(r"\*\*((?:Days|Years) we keep [^*]+)\*\*", MAP))
    assert named == SETTINGS
