"""What several forms ask of a value that was typed: a number in its bounds, a web address."""

import re
from collections.abc import Callable

from wtforms import StringField
from wtforms.validators import StopValidation

from webapp.web.fields import Form, called

WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
Check = Callable[[Form, StringField], None]


def between(least: int, most: int, name: str) -> Check:
    def check(form: Form, field: StringField) -> None:
        said = str(field.data or "")
        if not (said.isascii() and said.isdecimal() and least <= int(said[:9]) <= most):
            raise StopValidation(f"{name} must be a number from {least:,} to {most:,}")

    return check


def if_said(check: Check) -> Check:
    """The same of a field that may be left empty."""

    def look(form: Form, field: StringField) -> None:
        if field.data:
            check(form, field)

    return look


def web_address(form: Form, field: StringField) -> None:
    if field.data and not WEB_ADDRESS.fullmatch(field.data):
        raise StopValidation(f"{called(field)} must be an address that begins with https://")
