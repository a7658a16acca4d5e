"""What a command that works on rows asks for first: a database that answers and has our tables."""

import click

from webapp.db import UNAVAILABLE, is_up_to_date
from webapp.formats.plain_text import one_line

MISSING = (
    "The database does not have the tables of this version."
    " Make them with: flask --app wsgi db upgrade"
)


def require() -> None:
    """End a command that could do nothing, with a sentence."""
    try:
        is_ready = is_up_to_date()
    except UNAVAILABLE as error:
        raise click.ClickException(away(error)) from None
    if not is_ready:
        raise click.ClickException(MISSING)


def away(error: Exception) -> str:
    return f"The database cannot be used now: {one_line(str(error.__cause__ or error))}"
