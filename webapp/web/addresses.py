"""How parts of an address are read, and how those of many rows are written."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for
from werkzeug.routing import IntegerConverter

# It stands in no address of ours by itself.
ANY_NUMBER = 987654321


class Key(IntegerConverter):
    """A row's number in an address: any that a database could hold, else there is no such page."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Key
    app.jinja_env.globals["url_for"] = address


def address(endpoint: str, **values: Any) -> str:
    """What templates have for url_for. The pages of menus and footers, which say nothing but their
    name, are looked for among all routes once and not on every page."""
    if values or not has_request_context():
        return url_for(endpoint, **values)
    return _page(request.script_root, endpoint)


@lru_cache(maxsize=1000)
def _page(root: str, endpoint: str) -> str:
    """Below `root`, which is part of what is kept since it is part of the address."""
    return url_for(endpoint)


def addresses_of(endpoint: str, name: str) -> Callable[[int], str]:
    """A function for templates: the address of this page for one row after another, by the value
    that it calls `name`. Only the first is looked up among all routes; long lists have hundreds."""
    values: dict[str, Any] = {name: ANY_NUMBER}
    before, after = url_for(endpoint, **values).split(str(ANY_NUMBER))
    return lambda number: f"{before}{number}{after}"
