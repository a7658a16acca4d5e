"""What a backup says of itself, and how many rows a database written down as SQL has."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from webapp.errors import Refused

CONTENTS = "contents.json"
SECRET_KEY = "secret-key"  # noqa: S105  # a file's name
DATABASE = {"sqlite": "training.db", "postgresql": "training.sql"}
COPY = re.compile(rb'COPY public\."?(\w+)"? \(')
NO_BACKUP = "This file is no backup, or it is damaged."


@dataclass(frozen=True)
class Contents:
    """Of one backup: its kind of database, the migration that stood, and the rows of each table.

    `key_print` is of the installation's secret key, and does not tell it.
    """

    taken_at: datetime
    kind: str
    revision: str
    key_print: str
    rows: dict[str, int]

    @property
    def member(self) -> str:
        return DATABASE[self.kind]


def written(contents: Contents) -> str:
    facts = asdict(contents) | {"taken_at": contents.taken_at.isoformat()}
    return json.dumps(facts, indent=1, sort_keys=True) + "\n"


def read(text: bytes) -> Contents:
    """Raises Refused."""
    try:
        facts = json.loads(text)
        contents = Contents(**facts | {"taken_at": datetime.fromisoformat(facts["taken_at"])})
        rows = {str(name): int(number) for name, number in contents.rows.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(NO_BACKUP) from None
    if contents.kind not in DATABASE or "alembic_version" not in rows:
        raise Refused(NO_BACKUP)
    return contents


def rows_in_sql(lines: Iterable[bytes]) -> dict[str, int]:
    """Of each table, in what pg_dump wrote: a row is a line, whatever stands in it."""
    rows: dict[str, int] = {}
    table = None
    for line in lines:
        if table is not None and line.rstrip() == rb"\.":
            table = None
        elif table is not None:
            rows[table] += 1
        elif found := COPY.match(line):
            table = found[1].decode()
            rows[table] = 0
    return rows
