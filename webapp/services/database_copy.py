"""Every row of this installation's database carried into an empty one on PostgreSQL, and compared
there with what it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Cast,
    ColumnElement,
    Connection,
    Enum,
    LargeBinary,
    NullPool,
    Select,
    String,
    TableClause,
    Text,
    TypeDecorator,
    cast,
    column,
    create_engine,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.types import TypeEngine

from webapp.db import Base, db
from webapp.errors import Refused
from webapp.sealed import Sealed
from webapp.upgrades import bring_up_to_date

AT_ONCE = 1000
NOT_EMPTY = "There are tables in that database already. Make an empty one, or empty that one first."
NOT_TAKEN = "PostgreSQL did not take the rows of {}: {}."
DIFFERENT = "The rows of {} are not there as they were here: {} and {}."
# Rows of one table can point at each other, and tables at each other, in a circle.
LATER = 'ALTER TABLE "{}" ALTER CONSTRAINT "{}" DEFERRABLE INITIALLY DEFERRED'
AT_ONCE_AGAIN = 'ALTER TABLE "{}" ALTER CONSTRAINT "{}" NOT DEFERRABLE'
NEXT_NUMBER = """
SELECT setval(pg_get_serial_sequence('"{0}"', 'id'), max(id)) FROM "{0}" HAVING max(id) IS NOT NULL
"""


class AsWritten(TypeDecorator[str]):
    """JSON as the text it is kept as, so that a null inside and no value at all stay apart."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> Cast[str]:
        return cast(column, Text)

    def bind_expression(self, bindvalue: BindParameter[str]) -> Cast[Any]:
        return cast(bindvalue, JSON)


@dataclass(frozen=True)
class Tally:
    """The number of a table's rows, and a sum of their digests: so their order does not matter."""

    rows: int
    digest: str

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.digest[:16]}"


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """The other database; what is done there is undone unless the caller commits it."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        yield connection


def copy(theirs: Connection) -> dict[str, Tally]:
    """Make the tables there and fill them. Raises Refused when it is not empty, and when a row is
    not the same there; while it lasts nobody can write to a SQLite database here."""
    if inspect(theirs).get_table_names():
        raise Refused(NOT_EMPTY)
    bring_up_to_date(theirs)
    links = [
        (name, link["name"])
        for name in Base.metadata.tables
        for link in inspect(theirs).get_foreign_keys(name)
    ]
    _for_each(theirs, links, LATER)
    with db.engine.connect() as ours:
        for each in Base.metadata.sorted_tables:
            _pour(_plain(each), ours, theirs)
        _settle(theirs)
        _for_each(theirs, links, AT_ONCE_AGAIN)
        _for_each(theirs, [(each.name,) for each in _numbered()], NEXT_NUMBER)
        return {name: same(name, ours, theirs) for name in sorted(Base.metadata.tables)}


def _plain(source: Any) -> TableClause:
    """The table as its values are kept, without what we make of them."""
    return table(source.name, *[column(each.name, _kept_as(each.type)) for each in source.columns])


def _kept_as(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Enum):
        return String()
    if isinstance(kind, Sealed):
        return LargeBinary()
    inner = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return AsWritten() if isinstance(inner, JSON) else kind


def _numbered() -> list[Any]:
    return [each for each in Base.metadata.sorted_tables if "id" in each.columns]


def _pour(source: TableClause, ours: Connection, theirs: Connection) -> None:
    found = ours.execute(_all(source)).mappings()
    try:
        for some in found.partitions():
            theirs.execute(insert(source), [dict(row) for row in some])
    except (DataError, IntegrityError) as error:
        raise Refused(NOT_TAKEN.format(source.name, _first_line(error))) from None


def _all(source: TableClause) -> Select[Any]:
    return select(source).execution_options(yield_per=AT_ONCE)


def _settle(theirs: Connection) -> None:
    """Now every row has to find the ones that it points at."""
    try:
        theirs.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except IntegrityError as error:
        raise Refused(NOT_TAKEN.format("some table", _first_line(error))) from None


def _first_line(error: DataError | IntegrityError) -> str:
    """What follows it can be somebody's row."""
    return str(error.orig).splitlines()[0].rstrip(".")


def _for_each(theirs: Connection, names: list[Any], statement: str) -> None:
    for each in names:
        theirs.execute(text(statement.format(*each)))


def same(name: str, ours: Connection, theirs: Connection) -> Tally:
    source = _plain(Base.metadata.tables[name])
    here, there = _tally(source, ours), _tally(source, theirs)
    if here != there:
        raise Refused(DIFFERENT.format(name, here, there))
    return there


def _tally(source: TableClause, where: Connection) -> Tally:
    rows = total = 0
    for row in where.execute(_all(source)):
        rows += 1
        total += int.from_bytes(sha256(repr(tuple(row)).encode()).digest())
    return Tally(rows, f"{total % 2**256:064x}")
