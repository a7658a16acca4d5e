"""The whole database in one file: written while people book, looked through before it is used, and
put back whole or not at all."""

import hmac
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, NullPool, create_engine, func, inspect, select, table, text
from sqlalchemy.exc import DatabaseError

from webapp.db import Base, db, knows, revision_of
from webapp.errors import Refused
from webapp.formats import backup_file
from webapp.formats.backup_file import NO_BACKUP, Contents
from webapp.gateways import postgres

NEWER = "This backup has tables of a newer version: {}. Install that version, then restore."
OTHER_KIND = (
    "This backup is of {}, and this installation is on {}."
    " Restore it where its own kind of database is set."
)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MISMATCH = "The backup is not whole: it should have {} rows in {}, and has {}."
# Where people are booking we wait for their tables a moment at a time, holding none meanwhile that
# somebody who holds another might wait for.
DROP = """
SET LOCAL lock_timeout = '300ms';
DO $$ BEGIN FOR try IN 1..60 LOOP
  BEGIN LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE; RETURN;
  EXCEPTION WHEN lock_not_available THEN NULL; END;
END LOOP;
RAISE EXCEPTION 'The tables are in use. Stop the web server and the worker first.'; END $$;
DROP TABLE {names} CASCADE;
"""
# In the same transaction, so that a missing row undoes it all.
CHECK = """
DO $$ BEGIN IF (SELECT count(*) FROM public."{name}") <> {number} THEN
  RAISE EXCEPTION 'There are not {number} rows in {name}.'; END IF; END $$;
"""


def take(file: Path, *, key: str, with_key: bool, now: datetime) -> Contents:
    """Write the backup into `file`. Raises Unreachable where PostgreSQL's programs fail."""
    kind = db.engine.dialect.name
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        still = _still_sqlite if kind == "sqlite" else _still_postgres
        with still(archive) as connection:
            contents = Contents(
                taken_at=now,
                kind=kind,
                revision=revision_of(connection) or "",
                key_print=key_print(key),
                rows=rows_of(connection),
            )
        archive.writestr(backup_file.CONTENTS, backup_file.written(contents))
        if with_key:
            archive.writestr(backup_file.SECRET_KEY, key)
    return contents


@contextmanager
def _still_sqlite(archive: ZipFile) -> Iterator[Connection]:
    """The copy that SQLite makes while others write: it is one state, however long it takes."""
    with TemporaryDirectory() as aside:
        copy = Path(aside) / backup_file.DATABASE["sqlite"]
        with _opened(copy) as connection:
            with closing(db.engine.raw_connection()) as ours:
                ours.driver_connection.backup(connection.connection.driver_connection)  # type: ignore[union-attr]
            yield connection
        archive.write(copy, copy.name)


@contextmanager
def _still_postgres(archive: ZipFile) -> Iterator[Connection]:
    """One state of PostgreSQL, seen by us and by pg_dump."""
    apart = db.engine.execution_options(isolation_level="REPEATABLE READ")
    with apart.connect() as connection:
        snapshot = connection.scalar(select(func.pg_export_snapshot()))
        with archive.open(backup_file.DATABASE["postgresql"], "w", force_zip64=True) as member:
            postgres.dump(_url(), snapshot=str(snapshot), into=member)
        yield connection


def rows_of(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    count = select(func.count())
    return {
        name: connection.scalar(count.select_from(table(name))) or 0
        for name in sorted(inspect(connection).get_table_names())
    }


def rows_here() -> dict[str, int]:
    with db.engine.connect() as connection:
        return rows_of(connection)


def key_print(key: str) -> str:
    return hmac.digest(key.encode(), b"backup", "sha256").hex()[:16]


def check(file: Path) -> Contents:
    """Look the whole backup through. Raises Refused when it is damaged or cannot be used here."""
    with _archive(file) as archive:
        contents = _contents(archive)
        if contents.kind == "sqlite":
            with _unpacked(archive) as connection:
                found = _sound(connection)
        else:
            with archive.open(contents.member) as lines:
                found = backup_file.rows_in_sql(lines)
    for name in sorted(contents.rows.keys() | found.keys()):
        if contents.rows.get(name) != found.get(name):
            raise Refused(MISMATCH.format(contents.rows.get(name, 0), name, found.get(name, 0)))
    if not knows(contents.revision):
        raise Refused(NEWER.format(contents.revision))
    here = db.engine.dialect.name
    if contents.kind != here:
        raise Refused(OTHER_KIND.format(NAMES[contents.kind], NAMES[here]))
    return contents


def restore(file: Path) -> None:
    """Put the backup, which was checked, in the place of whatever the database holds.

    On both databases it is one transaction: who reads meanwhile sees the old rows or the new ones.
    """
    with _archive(file) as archive:
        contents = _contents(archive)
        if contents.kind == "sqlite":
            with _unpacked(archive) as copy, closing(db.engine.raw_connection()) as ours:
                copy.connection.driver_connection.backup(ours.driver_connection)  # type: ignore[union-attr]
        else:
            with archive.open(contents.member) as written:
                checks = "".join(CHECK.format(name=n, number=c) for n, c in contents.rows.items())
                drop = BytesIO(_drop(contents).encode())
                postgres.run(_url(), [drop, written, BytesIO(checks.encode())])


def key_inside(file: Path) -> str | None:
    with _archive(file) as archive:
        if backup_file.SECRET_KEY in archive.namelist():
            return archive.read(backup_file.SECRET_KEY).decode()
    return None


def _drop(contents: Contents) -> str:
    """What is ours goes; tables of others in the same database are left alone."""
    ours = Base.metadata.tables.keys() | contents.rows.keys()
    there = [f'public."{name}"' for name in rows_here() if name in ours]
    return DROP.format(names=", ".join(there)) if there else ""


@contextmanager
def _archive(file: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(file) as archive:
            if archive.testzip() is not None:
                raise Refused(NO_BACKUP)
            yield archive
    except (BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise Refused(NO_BACKUP) from None


def _contents(archive: ZipFile) -> Contents:
    try:
        contents = backup_file.read(archive.read(backup_file.CONTENTS))
        archive.getinfo(contents.member)
    except KeyError:
        raise Refused(NO_BACKUP) from None
    return contents


@contextmanager
def _unpacked(archive: ZipFile) -> Iterator[Connection]:
    """The database of a backup of SQLite, laid out for a moment."""
    with TemporaryDirectory() as aside:
        copy = Path(archive.extract(backup_file.DATABASE["sqlite"], aside))
        with _opened(copy) as connection:
            yield connection


@contextmanager
def _opened(copy: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _sound(copy: Connection) -> dict[str, int]:
    try:
        said = copy.scalars(text("PRAGMA integrity_check")).all()
        dangling = copy.execute(text("PRAGMA foreign_key_check")).all()
        rows = rows_of(copy)
    except DatabaseError:
        raise Refused(NO_BACKUP) from None
    if list(said) != ["ok"] or dangling:
        raise Refused(NO_BACKUP)
    return rows


def _url() -> str:
    return db.engine.url.render_as_string(hide_password=False)
