"""People as somebody pastes them: lines of "name, email, agency", and more if it is known, or what
a mail program puts into a list of addresses."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from webapp.errors import Refused
from webapp.formats.imported_tables import MOST_ROWS, Row
from webapp.formats.search import plain

COLUMNS = ("Name", "Email", "Agency", "Job role", "Organisation")
BETWEEN = "\t;,"
# "Fay Fox <fay.fox@york.gov.uk>"
IN_ANGLES = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>", re.IGNORECASE)
# "Fay Fox fay.fox@york.gov.uk"
IN_WORDS = re.compile(r"(?:^|\s)(\S+@\S+)(?:\s|$)")


@dataclass(frozen=True)
class Pasted(Row):
    """One person; several may stand in one line."""

    left_out: str = ""


def read(
    said: str,
    agencies: Collection[str],
    *,
    columns: Sequence[str] = COLUMNS,
    most: int = MOST_ROWS,
) -> Sequence[Pasted]:
    """The people in their order, with the numbers of their lines. Raises Refused when too many.

    `agencies` are the names of those we know: a comma in one of them parts nothing. What of each
    person stands in which of the `columns` is their order; the first two are name and address.
    """
    known = {_plain(name) for name in agencies}
    found = [
        _person(number, cells, known, columns)
        for number, line in enumerate(said.split("\n"), 1)
        for cells in _people(line)
    ]
    if len(found) > most:
        raise Refused(f"These are {len(found)} people. Add at most {most} at once.")
    return found


def _people(line: str) -> Iterator[list[str]]:
    if IN_ANGLES.search(line):
        yield from _addressed(line)
    else:
        parts = line.split(";")
        several = sum("@" in part for part in parts) > 1
        yield from (_cells(part) for part in (parts if several else [line]) if part.strip())


def _addressed(line: str) -> Iterator[list[str]]:
    """Before an address in angle brackets stands its name, and behind it what else is known."""
    name, *rest = IN_ANGLES.split(line)
    for email, behind in zip(rest[::2], rest[1::2], strict=True):
        follows = ""
        if behind is not rest[-1]:
            behind, _, follows = behind.rpartition(";" if ";" in behind else ",")
        yield [_turned(name), email, *_cells(behind.strip().strip(BETWEEN))]
        name = follows


def _turned(name: str) -> str:
    """ "Fox, Fay" as a directory has it is Fay Fox."""
    last, _, first = name.strip(" \t;\"'").partition(",")
    return f"{first.strip()} {last.strip()}".strip()


def _cells(line: str) -> list[str]:
    """What stands between tabs, else semicolons, else commas; quoted, a comma is one of a name.

    Where nothing parts them, the address parts what stands before it from what stands behind."""
    sign = next((sign for sign in BETWEEN if sign in line), None)
    if sign is None:
        return [part for part in map(str.strip, IN_WORDS.split(line)) if part]
    return [
        cell.strip() for cell in next(csv.reader([line], delimiter=sign, skipinitialspace=True), [])
    ]


def _person(
    number: int, cells: list[str], known: Collection[str], columns: Sequence[str]
) -> Pasted:
    """The longest of what follows the address that is the name of an agency is one."""
    if "@" in cells[0]:
        cells = ["", *cells]  # no name was given
    who, rest = cells[:2], cells[2:]
    for many in range(len(rest), 1, -1):
        if _plain(name := ", ".join(rest[:many])) in known:
            rest = [name, *rest[many:]]
            break
    cells = [*who, *rest]
    more = ", ".join(filter(None, cells[len(columns) :]))
    return Pasted(number, dict(zip(columns, cells, strict=False)), more)


def _plain(name: str) -> str:
    """As two write it who mean the same: whatever the spaces at commas."""
    return ", ".join(" ".join(part.split()) for part in plain(name).split(","))
