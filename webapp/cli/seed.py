"""`flask seed`: the written programme, loaded as often as you like."""

from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from webapp import clock
from webapp.cli import tables
from webapp.config import ROOT
from webapp.db import Base, db, will_write
from webapp.errors import Refused
from webapp.formats.words import counted, listed
from webapp.models import (
    Agency,
    BookingTerms,
    Course,
    CourseDate,
    EmailDomain,
    Partnership,
    Sector,
    Venue,
)
from webapp.services import seeding

NOUNS: dict[type[Base], tuple[str, str]] = {
    Partnership: ("partnership", "partnerships"),
    BookingTerms: ("version of the booking terms", "versions of the booking terms"),
    Sector: ("sector", "sectors"),
    Agency: ("agency", "agencies"),
    EmailDomain: ("email domain", "email domains"),
    Venue: ("venue", "venues"),
    Course: ("course", "courses"),
    CourseDate: ("course date", "course dates"),
}


@click.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT / "seeds",
)
@with_appcontext
def seed(folder: Path) -> None:
    """Load the programme written in FOLDER (seeds/ unless you name another).

    Adds what is not there yet and never touches what is, so it is safe to repeat.
    """
    will_write()
    tables.require()
    try:
        loaded = seeding.load(folder, now=clock.now())
    except Refused as mistake:
        raise click.ClickException(f"{mistake} Nothing was loaded.") from None
    db.session.commit()
    click.echo(f"Added: {_in_words(loaded.added)}.")
    click.echo(f"Already there and left as it is: {_in_words(loaded.kept)}.")
    for title, reason in loaded.left_out:
        click.echo(f"Left out, not training: {title}. {reason}")


def _in_words(rows: Counter[type[Base]]) -> str:
    return (
        listed(counted(rows[table], *NOUNS[table]) for table in NOUNS if rows[table]) or "nothing"
    )
