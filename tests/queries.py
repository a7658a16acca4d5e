"""Counting what a page asks of the database."""

from contextlib import contextmanager

from sqlalchemy import event

from webapp.db import db


@contextmanager
def counted():
    """A list that fills with the SQL sent inside the `with` block (an app context is needed)."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
