"""How parts of an address are read."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class Key(IntegerConverter):
    """A row's number in an address: any that a database could hold, else there is no such page."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = Key
