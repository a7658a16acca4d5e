"""Whether anything was committed: what was made of the database before then is still true."""

import sqlite3
from collections.abc import Hashable
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, text

from webapp.db import UNAVAILABLE

# What is committed and what is not, as one statement sees it.
SNAPSHOT = text("SELECT pg_current_snapshot()::text")


class Watch:
    """A connection that never writes: SQLite counts for it how often others have committed."""

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.raw_connection()
        self._connection.detach()  # it is nobody else's, and counts as none of the pool's
        self._lock = Lock()

    def count(self) -> int:
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("PRAGMA data_version")
            [[number]] = cursor.fetchall()
            cursor.close()
        return int(number)

    def close(self) -> None:
        self._connection.close()


_watches: WeakKeyDictionary[Engine, Watch] = WeakKeyDictionary()
_beginning = Lock()


def latest(engine: Engine) -> Hashable | None:
    """The same for as long as nobody commits there; None when the database cannot say.

    Whoever asks first, reads then, and keeps what was read under this answer may use it for as long
    as the same answer comes: a commit in between gives another one.
    """
    try:
        if engine.dialect.name != "sqlite":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                return engine, connection.scalar(SNAPSHOT)
        watch = _watch(engine)
        return watch, watch.count()
    except (*UNAVAILABLE, sqlite3.Error):
        _end(engine)
        return None


def _watch(engine: Engine) -> Watch:
    with _beginning:
        if engine not in _watches:
            _watches[engine] = Watch(engine)
        return _watches[engine]


@event.listens_for(Engine, "engine_disposed")
def _end(engine: Engine) -> None:
    watch = _watches.pop(engine, None)
    if watch is not None:
        watch.close()
