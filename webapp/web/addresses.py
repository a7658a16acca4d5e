"""How parts of an address are read, and how those of many rows are written."""

from collections.abc import Callable
from typing import Any

from flask import Flask, url_for
from werkzeug.routing import IntegerConverter

# It stands in no address of ours by itself.
ANY_NUMBER = 987654321


class Key(IntegerConverter):
    """A row's number in an address: any that a database could hold, else there is no such page."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Key


def addresses_of(endpoint: str, name: str) -> Callable[[int], str]:
    """A function for templates: the address of this page for one row after another, by the value
    that it calls `name`. Only the first is looked up among all routes; long lists have hundreds."""
    values: dict[str, Any] = {name: ANY_NUMBER}
    before, after = url_for(endpoint, **values).split(str(ANY_NUMBER))
    return lambda number: f"{before}{number}{after}"
