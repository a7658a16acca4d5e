"""People as somebody pastes them, one in a line: "name, email, agency", and more if it is known."""

import csv
from collections.abc import Sequence

from webapp.errors import Refused
from webapp.formats.imported_tables import MOST_ROWS, Row

COLUMNS = ("Name", "Email", "Agency", "Job role", "Organisation")
BETWEEN = "\t;,"


def read(said: str) -> Sequence[Row]:
    """The lines with anything in them, numbered as they stand. Raises Refused when too many."""
    lines = [(number, line) for number, line in enumerate(said.split("\n"), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise Refused(f"These are {len(lines)} lines. Add at most {MOST_ROWS} people at once.")
    return [Row(number, dict(zip(COLUMNS, _cells(line), strict=False))) for number, line in lines]


def _cells(line: str) -> list[str]:
    """What stands between tabs, else semicolons, else commas; quoted, a comma is one of a name."""
    sign = next((sign for sign in BETWEEN if sign in line), ",")
    return [
        cell.strip() for cell in next(csv.reader([line], delimiter=sign, skipinitialspace=True))
    ]
