"""Long lists, a page at a time, or only how they begin."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Executable, Select, func, select

from webapp.db import db
from webapp.models import Booking

SIZE = 50
# How lists put people in order.
BY_NAME = (Booking.sort_name, Booking.id)

Row = TypeVar("Row")
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list of `total`; pages are numbered from 1."""

    rows: Sequence[Row]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(-(-self.total // SIZE), 1)

    @property
    def first(self) -> int:
        """Where in the whole list the first row of this page stands, from 1."""
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class Few(Generic[Thing]):
    """The first things of a list, and how many of them there are: rows, or what rows count."""

    first: Sequence[Thing]
    total: int


def page(query: Select[Row], number: int) -> Page[Row]:
    """Page `number` of what `query` finds, or the nearest page that exists."""
    [(total,)] = quickly(select(func.count()).select_from(query.order_by(None).subquery()))
    number = _nearest(number, total)
    some = query.limit(SIZE).offset((number - 1) * SIZE)
    return Page(db.session.scalars(some).all() if total else [], number, total)


def part(
    ids: Sequence[int], number: int, fetch: Callable[[Sequence[int]], Sequence[Row]]
) -> Page[Row]:
    """The same of a list already in order, of which `fetch` gets the rows to show."""
    number = _nearest(number, len(ids))
    return Page(fetch(ids[(number - 1) * SIZE : number * SIZE]), number, len(ids))


def listed(
    ids: Select[int],
    number: int,
    fetch: Callable[[Sequence[int]], Sequence[Row]],
    total: int | None = None,
) -> Page[Row]:
    """The same of what the database finds in order, which is `total` or counted."""
    if total is None:
        [(total,)] = quickly(select(func.count()).select_from(ids.order_by(None).subquery()))
    number = _nearest(number, total)
    return Page(fetch(all_of(ids.limit(SIZE).offset((number - 1) * SIZE))), number, total)


def all_of(ids: Select[int], facts: Mapping[str, Any] | None = None) -> list[int]:
    return [key for (key,) in quickly(ids, facts)]


def quickly(query: Executable, facts: Mapping[str, Any] | None = None) -> Iterable[Any]:
    """Columns of thousands of rows, past the session: it makes twice as much work of each."""
    db.session.flush()
    return db.session.connection().execute(query, facts)


def _nearest(number: int, total: int) -> int:
    return min(max(number, 1), Page[object]([], 1, total).pages)
