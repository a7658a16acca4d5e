"""Rows out of what a file of the written programme says."""

from typing import Any, TypeVar

from sqlalchemy import JSON, Column

from webapp.db import Base, Moment, Words, WordsInside
from webapp.formats import seeds
from webapp.formats.seeds import Entry

Row = TypeVar("Row", bound=Base)


def row_of(entry: Entry, table: type[Row], **ours: Any) -> Row:
    """A row of what the entry still holds, each value of its column's kind, and of `ours`."""
    columns = {column.key: column for column in table.__mapper__.columns}
    facts: dict[str, Any] = {}
    if "demonstration_values" in columns:
        facts["demonstration_values"] = []
    for name, given in entry.facts.items():
        kind = _kind(columns[name]) if name in columns and name not in ours else None
        if kind is None:
            raise entry.mistake(f"nothing is called {name!r} here.")
        facts[name] = entry.value(name, kind, given)
    known = facts.keys() | ours.keys()
    for column in columns.values():
        if _is_needed(column) and column.key not in known:
            raise entry.mistake(f"{column.key} is missing.")
    for name in facts.get("demonstration_values", []):
        if name not in known:
            raise entry.mistake(f"demonstration_values names {name!r}, which is not given.")
    return table(**facts, **ours)


def _kind(column: Column[Any]) -> type | None:
    """What a file may give for this column; None when it is not a file's business."""
    if column.primary_key or column.foreign_keys or isinstance(column.type, Moment):
        return None
    if isinstance(column.type, WordsInside):
        return list
    if isinstance(column.type, JSON):
        return seeds.Numbers
    return str if isinstance(column.type, Words) else column.type.python_type


def _is_needed(column: Column[Any]) -> bool:
    has_own = column.primary_key or column.foreign_keys or column.default is not None
    return not (column.nullable or has_own)
