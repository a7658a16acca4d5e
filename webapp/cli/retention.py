"""`flask retention`: what has been kept long enough is counted, or forgotten at once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import clock
from webapp.cli import tables
from webapp.db import UNAVAILABLE, db, let_go_of_old_pages, will_write
from webapp.errors import NotFound
from webapp.services import delivery
from webapp.services import retention as records

# Mail waits meanwhile.
FORGETS_FOR = timedelta(seconds=20)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say how many of each kind; forget nothing.")
@with_appcontext
def retention(dry_run: bool) -> None:
    """Forget what was kept for as long as the settings say.

    The worker does so each night. Lines of a kind and a number, and no names.
    """
    tables.require()
    try:
        if dry_run:
            for one in records.due(now=clock.now()):
                click.echo(f"{one.name}: {one.number}")
            return
        will_write()
        for name, number in forget_due():
            click.echo(f"{name}: {number} forgotten")
    except NotFound as error:
        raise click.ClickException(str(error)) from None
    except UNAVAILABLE as error:
        raise click.ClickException(tables.away(error)) from None


def forget_due(is_stopped: Callable[[], bool] = lambda: False) -> Iterator[tuple[str, int]]:
    """Kind by kind, a few rows to a transaction, so that nobody waits long for the database. Says
    what was forgotten; stopped, the rest is done next time."""
    now = clock.now()
    for record in records.RECORDS:
        last, whole = 0, 0
        while not is_stopped():
            last, number = records.step(record, last, now=now)
            db.session.commit()
            whole += number
            if not number:
                break
        if whole:
            yield record.name, whole
    # Last, as forgotten bookings leave mails of nobody behind.
    if purged := forget_mails(is_stopped):
        yield records.MAILS, purged
    if not is_stopped():
        records.done(now=now)
        db.session.commit()
        let_go_of_old_pages()


def forget_tonight(is_stopped: Callable[[], bool]) -> Iterator[tuple[str, int]]:
    """The same once a night, for a while at a time: what is left is for the worker's next round."""
    if records.is_time(now=clock.now()):
        until = clock.real_now() + FORGETS_FOR
        yield from forget_due(lambda: is_stopped() or clock.real_now() >= until)


def forget_mails(is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Old mails lose their words, in the database and in files."""
    whole, folder = 0, Path(current_app.instance_path) / "mail"
    while not is_stopped() and (purged := delivery.purge(folder=folder, now=clock.now())):
        db.session.commit()
        whole += purged
    db.session.commit()
    return whole
