"""The database: one session, one metadata, aware UTC moments everywhere."""

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import sleep
from typing import Any, ClassVar, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
    event,
    inspect,
    text,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from webapp.errors import NotFound

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 10
# Milliseconds, and how often, old pages are tried to be let go of.
MOMENT, MOMENTS = 100, 50
ALONE = "alone"
# Of an integer column on PostgreSQL. An address may name any number.
LARGEST_KEY = 2**31 - 1
# The database is away, locked for too long, every connection is in use, or, as PostgreSQL says it,
# the tables are not there yet.
UNAVAILABLE = (OperationalError, InterfaceError, ProgrammingError, TimeoutError)

# Set by the door for each request or command: will this transaction write?
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC. A naive one is a bug and is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        # As value.replace(tzinfo=UTC), in a quarter of its time: there are five in a row of a list.
        return None if value is None else datetime.combine(value, value.time(), UTC)


class Words(TypeDecorator[str]):
    """Text without NUL, which PostgreSQL cannot keep and no page can show."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else value.replace("\x00", "")


class SortKey(Words):
    """Text that is put in order sign by sign, alike on every database whatever its language."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return Text(collation="C" if dialect.name == "postgresql" else None)


class WordsInside(TypeDecorator[Any]):
    """JSON whose texts, however deep inside, are without NUL like any other."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _without_nul(value)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_nul(one) for name, one in value.items()}
    return value


def will_write(writes: bool = True) -> None:
    """Say which kind of transaction the door wants next: one that writes, or one that only reads.

    On SQLite a transaction that starts by reading and then writes fails at once when another
    committed in between, however long it would wait; so writers take the write lock as they begin.
    """
    _writing.set(writes)


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # our own BEGIN below, not the driver's
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Kilobytes. Each thread has a connection; what it does not keep, the system does for all.
        connection.execute("PRAGMA cache_size = -500")
        # What is deleted is overwritten in the file, too.
        connection.execute("PRAGMA secure_delete = ON")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.info[ALONE] = _writing.get()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def in_words(kind: type[StrEnum]) -> Enum:
    """A column that keeps the words of `kind` themselves: a new word needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: Moment, str: Words, list[str]: WordsInside}


MIGRATIONS = Path(__file__).parent / "migrations"

db = SQLAlchemy(metadata=Base.metadata)

Row = TypeVar("Row", bound=Base)


def let_go_of_old_pages() -> None:
    """On SQLite, empty the file that keeps pages as they were; PostgreSQL tidies up by itself.

    SQLite keeps writers out while it waits for readers. A page that has read and now writes who
    saw it would wait for that and be waited for, so it is tried for a moment, again and again.
    """
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {MOMENT}")
            for _ in range(MOMENTS):
                [is_busy, *_] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not is_busy:
                    break
                sleep(MOMENT / 1000)
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        finally:
            connection.close()


def is_up_to_date() -> bool:
    """Whether the database has the tables of this version: all its migrations were run there."""
    return revision_of(db.session.connection()) == newest()


def revision_of(connection: Connection) -> str | None:
    """The migration that a database stands at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def knows(revision: str) -> bool:
    """Whether this version can bring a database of that migration up to date."""
    return revision in _revisions()


def newest() -> str:
    """The migration that makes the tables of this version."""
    return max(_revisions())


def _revisions() -> set[str]:
    """Read off the files' names, which begin with the number; Alembic would have to be loaded."""
    return {file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/*_*.py")}


def fetch(table: type[Row], key: int) -> Row:
    """The row, or NotFound, which the web answers with a 404 page."""
    row = db.session.get(table, key) if abs(key) <= LARGEST_KEY else None
    if row is None:
        raise NotFound(f"{table.__name__} {key}")
    return row


def is_alone() -> bool:
    """Whether nobody else writes before our transaction ends, nor has since it began: SQLite has
    one lock for all, which who wants to write takes first."""
    return bool(db.session.connection().info.get(ALONE))


def lock(column: InstrumentedAttribute[Any], *which: ColumnElement[bool]) -> None:
    """Make everybody else who would lock these rows wait until our transaction ends.

    An UPDATE that changes nothing, of any column, locks the rows on PostgreSQL and the file on
    SQLite, where SELECT ... FOR UPDATE would lock nothing. What was read before may be old by now.
    """
    db.session.execute(
        update(column.class_)
        .where(*which)
        .values({column: column})
        .execution_options(synchronize_session=False)
    )
