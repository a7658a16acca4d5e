"""`flask db-copy`: from SQLite to PostgreSQL, with everything."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import config
from webapp.cli import tables
from webapp.db import UNAVAILABLE, db, will_write
from webapp.errors import Refused
from webapp.formats.words import counted
from webapp.services import database_copy

NEXT = (
    "Nothing was changed here. Set WEBAPP_DATABASE_URL to the new address for the web server and"
    " the worker, and start both."
)


@click.command("db-copy")
@click.argument("url", envvar="COPY_TO")
@with_appcontext
def db_copy(url: str) -> None:
    """Copy this installation into the empty PostgreSQL database at URL, and compare every row.

    URL reads postgresql://user:password@host/name. An address with a password is better given in
    the environment, as COPY_TO, since everybody on the machine can read the commands that run.
    """
    will_write()  # so that nobody books in the old one meanwhile
    tables.require()
    db.session.rollback()
    url = config.database_url(url, Path(current_app.instance_path))
    if not url.startswith("postgresql"):
        raise click.ClickException("Only PostgreSQL can be copied to: postgresql://host/name")
    try:
        with database_copy.opened(url) as theirs:
            tallies = database_copy.copy(theirs)
            theirs.commit()
    except Refused as reason:
        raise click.ClickException(f"{reason} Nothing was copied.") from None
    except UNAVAILABLE as error:
        raise click.ClickException(f"Nothing was copied. {tables.away(error)}") from None
    for name, tally in tallies.items():
        click.echo(f"{name:24} {tally.rows:8}  {tally.digest[:16]}")
    total = sum(tally.rows for tally in tallies.values())
    click.echo(f"{counted(total, 'row')} copied, each the same on both sides.\n{NEXT}")
