"""`flask mail`: what came back by mail, read from a mailbox."""

from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import clock
from webapp.cli import tables
from webapp.db import UNAVAILABLE, db, will_write
from webapp.errors import NotFound, Unreachable
from webapp.formats.words import counted
from webapp.gateways import mailbox
from webapp.gateways.imap import Letter
from webapp.services import replies
from webapp.services.replies import Heard

NO_SOURCE = "Which mailbox? Name a file, a Maildir or an imaps:// address, or set WEBAPP_MAILBOX."


@click.group()
def mail() -> None:
    """What comes back by mail."""


@mail.command()
@click.argument("source", required=False)
@with_appcontext
def read(source: str | None) -> None:
    """Read answers to invitations, and messages that came back, in SOURCE.

    SOURCE is a file (.eml or mbox), a Maildir or imaps://user:password@host/FOLDER; without it,
    the mailbox that WEBAPP_MAILBOX names. What needs nobody is marked as read, the rest is left.
    """
    will_write()
    tables.require()
    source = source or current_app.config["MAILBOX"]
    if not source:
        raise click.ClickException(NO_SOURCE)
    done: list[bool] = []
    try:
        for heard in hear(source, set()):
            done.append(heard.is_done)
            click.echo(f"Mail {len(done)}: {heard.words}.")
    except (Unreachable, NotFound) as error:
        raise click.ClickException(str(error)) from None
    except UNAVAILABLE as error:
        raise click.ClickException(tables.away(error)) from None
    click.echo(f"{counted(len(done), 'unread mail')}, {sum(done)} done with.")


def hear(source: str, known: set[str]) -> Iterator[Heard]:
    """Each unread mail, written down and committed before it is marked as read.

    `known` are the keys of those heard before, which are passed over; each one heard now joins.
    """
    with mailbox.opened(source) as box:
        for letter in box.letters(known):
            heard = _written_down(letter)
            if heard.is_done:
                box.mark_read(letter)
            known.add(letter.key)
            yield heard


def _written_down(letter: Letter) -> Heard:
    """What the mail was. Anybody may send us one, so none that upsets us may stop the others, nor
    the worker; its words stay out of the log."""
    try:
        heard = replies.read(letter.message, now=clock.now())
        db.session.commit()
    except (*UNAVAILABLE, NotFound):
        raise
    except Exception as error:
        db.session.rollback()
        fault = type(error).__name__
        current_app.logger.error("A mail that came in could not be read: %s", fault)
        return Heard(f"could not be read ({fault}); left as it is", is_done=False)
    return heard
