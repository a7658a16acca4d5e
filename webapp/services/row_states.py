"""How rows are, as plain values: read, compared, and put back.

What diaries may have seen does not go back: a revision that is to be another is raised once more,
and a day that is to be no more is dropped and not deleted.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import TypeDecorator, inspect, select
from sqlalchemy.orm import Mapper, selectinload

from webapp.db import Base, db, fetch, lock
from webapp.models import (
    Agency,
    Booking,
    Course,
    CourseDate,
    CourseDay,
    Partnership,
    Sector,
    Venue,
    Week,
)

# The rows that are read, in the order in which they are held; and the parts that belong to each.
PARTS: dict[type[Any], Sequence[str]] = {
    CourseDate: ("all_days", "agenda", "trainers", "held_places"),
    Course: ("sectors",),
    Venue: (),
    Week: ("left_out",),
    Booking: ("access_needs",),
    Sector: (),
    Agency: ("email_domains",),
    Partnership: ("logo", "ladder"),
}
# The columns of the row itself.
ITSELF = "itself"
# Which row it is, and when it was last changed: neither goes back.
STAYS = {"id", "updated_at"}

Row = dict[str, Any]
# By the part, the rows it has.
State = dict[str, list[Row]]
# By the row's name, such as "course_date 12".
States = dict[str, State]


def name(row: Base) -> str:
    return f"{row.__tablename__} {inspect(row).mapper.primary_key_from_instance(row)[0]}"


def ids(names: Iterable[str], table: type[Any]) -> list[int]:
    """Of the rows of this table, in order."""
    split = (one.split(" ") for one in names)
    return sorted(int(key) for called, key in split if called == table.__tablename__)


def hold(names: Iterable[str]) -> None:
    """Make everybody else who would change these rows wait."""
    for table in PARTS:
        if wanted := ids(names, table):
            lock(table.id, table.id.in_(wanted))


def read(names: Iterable[str]) -> States:
    """How these rows are, read anew, in a query for each table and part."""
    db.session.flush()
    found: States = {}
    for table, parts in PARTS.items():
        if wanted := ids(names, table):
            rows = db.session.scalars(
                select(table)
                .where(table.id.in_(wanted))
                .options(*(selectinload(getattr(table, part)) for part in parts))
                .execution_options(populate_existing=True)
            )
            found |= {name(row): _state(row) for row in rows}
    return found


def different(was: State, is_now: State) -> State:
    """What was other than now: of the row itself those columns alone, of its parts all."""
    [old], [new] = was[ITSELF], is_now[ITSELF]
    own = {name: old[name] for name in old.keys() - STAYS if old[name] != new[name]}
    parts = {part: rows for part, rows in was.items() if rows != is_now[part]}
    return parts | {ITSELF: [own]}


def digest(said: Any) -> str:
    """The same for the same values."""
    return sha256(json.dumps(said, sort_keys=True, default=plain).encode()).hexdigest()


def put_back(called: str, was: State, *, now: datetime) -> None:
    """Give the row of this name, and its parts, the values they had. Changed now, it says."""
    table = next(table for table in PARTS if called.startswith(f"{table.__tablename__} "))
    row = fetch(table, ids([called], table)[0])
    for part, rows in was.items():
        if part == ITSELF:
            _write(row, rows[0])
        elif _is_linked(row, part):
            target = inspect(table).relationships[part].mapper.class_
            setattr(row, part, [fetch(target, one["id"]) for one in rows])
        else:
            _put_back_part(row, part, rows, now)
    if isinstance(row, CourseDate):
        row.touch(now=now)
    elif hasattr(row, "updated_at"):
        row.updated_at = now
    db.session.flush()
    db.session.expire(row)


def _put_back_part(row: Any, part: str, rows: Sequence[Row], now: datetime) -> None:
    there = {inspect(one).identity[0]: one for one in _rows(row, part)}
    made = inspect(type(row)).relationships[part].mapper
    for values in rows:
        known = there.pop(values[made.primary_key[0].key], None)
        if known:
            _write(known, values)
        else:
            facts = _typed(made, values)
            facts.pop("id", None)  # it may be another's by now
            db.session.add(made.class_(**facts))
    for one in there.values():
        if isinstance(one, CourseDay):
            one.dropped_at = now
            one.revision += 1
        else:
            db.session.delete(one)


def _write(row: Any, values: Row) -> None:
    for column, value in _typed(inspect(type(row)), values).items():
        if column not in STAYS and getattr(row, column) != value:
            # RFC 5545 3.8.7.4: SEQUENCE never falls.
            setattr(row, column, row.revision + 1 if column == "revision" else value)


def _state(row: Any) -> State:
    state = {ITSELF: [_columns(row)]}
    for part in PARTS[type(row)]:
        linked, rows = _is_linked(row, part), _rows(row, part)
        state[part] = [{"id": one.id} if linked else _columns(one) for one in rows]
    return state


def _is_linked(row: Any, part: str) -> bool:
    """Whether the part is rows of their own, and all that is known here is which."""
    return inspect(type(row)).relationships[part].secondary is not None


def _rows(row: Any, part: str) -> list[Any]:
    there = getattr(row, part)
    if isinstance(there, list):
        return sorted(there, key=lambda one: one.id)
    return [] if there is None else [there]


def _columns(row: Any) -> Row:
    return {one.key: plain(getattr(row, one.key)) for one in inspect(type(row)).column_attrs}


def plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(table: Mapper[Any], values: Row) -> Row:
    return {column: _of(table.columns[column].type, value) for column, value in values.items()}


def _of(kept_as: Any, value: Any) -> Any:
    plain_type = kept_as.impl_instance if isinstance(kept_as, TypeDecorator) else kept_as
    kind = plain_type.python_type
    if value is None:
        return None
    if issubclass(kind, date | time):
        return kind.fromisoformat(value)
    if issubclass(kind, StrEnum):
        return kind(value)
    return b64decode(value) if kind is bytes else value
