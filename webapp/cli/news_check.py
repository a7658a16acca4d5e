"""`flask news check`: the partnership's news page, looked at by cron."""

import click
from flask.cli import with_appcontext

from webapp import clock
from webapp.cli import tables
from webapp.db import UNAVAILABLE, db, will_write
from webapp.errors import NotFound, Refused, Rejected, Unreachable
from webapp.formats.words import counted
from webapp.gateways import news_site
from webapp.models import Origin
from webapp.services import news as verbs
from webapp.services import news_digest, partnership
from webapp.services.news import Taken


@click.command()
@with_appcontext
def check() -> None:
    """Read the partnership's news page, and mail its organisers what is new on it.

    For cron, every few hours. Ends with 1 and a sentence when the page cannot be read.
    """
    tables.require()
    try:
        address = partnership.get().news_url
        db.session.rollback()  # so that nobody waits for the database while we wait for the site
        page = news_site.fetch(address)
        will_write()
        taken = verbs.take(
            page.content,
            origin=Origin.FETCHED,
            name=page.address,
            published=None,
            organiser=None,
            now=clock.now(),
        )
        told = news_digest.tell(now=clock.now())
        db.session.commit()
    except (Unreachable, Rejected, Refused, NotFound) as error:
        raise click.ClickException(str(error)) from None
    except UNAVAILABLE as error:
        raise click.ClickException(tables.away(error)) from None
    click.echo(f"{said(taken)} {wrote(len(told))}")


def said(taken: Taken) -> str:
    if not (taken.new or taken.changed):
        return "Nothing new on the news page."
    return f"On the news page: {taken.new} new, {taken.changed} changed."


def wrote(number: int) -> str:
    return f"{counted(number, 'organiser')} written to."
