"""Numbers in an address, such as the page of a long list; what is none counts for nothing."""

from flask import request


def page_number() -> int:
    return number("page") or 1


def number(name: str) -> int | None:
    """A number that a database's integer can hold."""
    said = request.args.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else None
