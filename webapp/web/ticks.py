"""Boxes that people ticked in front of the rows of a list."""

from flask import request


def ticked(name: str) -> set[int]:
    """The ids of the rows whose boxes were ticked in a form, or in one that only looks."""
    said = request.values.getlist(name)
    return {int(one) for one in said if one.isascii() and one.isdecimal() and len(one) <= 9}
