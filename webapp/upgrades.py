"""Bringing a database up to date: the migrations, as Alembic writes and runs them.

Alembic is as big as half of what serves people, who never need it: only commands come in here.
"""

from typing import Literal

from alembic import command
from flask_migrate import Migrate
from sqlalchemy import Connection

from webapp.db import MIGRATIONS, Moment, Words, WordsInside
from webapp.sealed import Sealed


def _render_plainly(kind: str, item: object, context: object) -> str | Literal[False]:
    """Migrations outlive our code: write our types as the plain ones they are."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Words):
        return "sa.Text()"
    if kind == "type" and isinstance(item, WordsInside):
        return "sa.JSON()"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    return False


migrate = Migrate(
    directory=str(MIGRATIONS),
    render_as_batch=True,
    render_item=_render_plainly,
)


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations on another database than ours, in the transaction that is open there."""
    steps = migrate.get_config()
    steps.attributes["connection"] = connection
    command.upgrade(steps, "head")
