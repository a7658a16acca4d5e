"""`flask news`: announcements of training, read from a page."""

import json
from collections.abc import Iterator
from datetime import date

import click

from webapp.errors import Refused
from webapp.formats import news_json, news_page, news_text, words
from webapp.formats.announcements import Item, Session

NO_DAY = '{} is no date. Write it as 2025-04-16, or "" where it is not known.'
UNREADABLE = "{} cannot be read: {}."


@click.group()
def news() -> None:
    """Announcements of training, read from a page."""


@news.command()
@click.argument("file")
@click.option("--published", default="", help='The day the page is from: 2025-04-16, or "".')
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, for programs.")
def read(file: str, published: str, as_json: bool) -> None:
    """Say what FILE announces: a news page or newsletter, as text or HTML; "-" reads what is piped.

    Asks no database and keeps nothing.
    """
    try:
        announcements = news_page.read(content(file), day(published))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    if as_json:
        # Plain letters alone, so that it arrives whole on terminals of every encoding.
        click.echo(json.dumps(news_json.as_json(announcements), indent=1))
        return
    click.echo("\n\n".join("\n".join(said(item)) for item in announcements.items))
    taught = sum(item.is_training for item in announcements.items)
    click.echo(
        f"\n{words.counted(len(announcements.items), 'announcement')}, {taught} of training."
    )


def content(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as opened:
            # One more than the reader takes, for what is piped may never end.
            return bytes(opened.read(news_text.MOST + 1))
    except OSError as error:
        raise click.ClickException(UNREADABLE.format(file, error.strerror)) from None


def day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written.strip() else None
    except ValueError:
        raise click.ClickException(NO_DAY.format(written)) from None


def said(item: Item) -> Iterator[str]:
    """The item for a person to read, line by line."""
    yield item.title.text
    yield f"  {item.why}"
    for one in item.sessions:
        yield f"  {session(one)}"
        yield from doubts(one)
    for one in item.called_off:
        yield f"  {session(one)}: {one.status or 'called off'}"
    if item.venue:
        yield f"  {item.venue.text}"


def session(one: Session) -> str:
    if one.day:
        written = words.day(one.day)
    elif one.month_day:
        month, number = one.month_day
        written = f"{number} {date(2000, month, 1):%B}, year not known"
    else:
        written = "No date"
    times = " to ".join(words.clock_time(at) for at in (one.starts, one.ends) if at)
    place = one.venue.text if one.venue else ""
    return ", ".join(part for part in (written, times, place) if part)


def doubts(one: Session) -> Iterator[str]:
    """What somebody should look at before they trust the day."""
    if one.is_in_conflict:
        yield f"    In conflict: the page says {one.weekday_as_written}."
        yield from (f"    It may be {words.day(other.day)}: {other.why}" for other in one.readings)
    elif one.why:
        yield f"    {one.why}"
