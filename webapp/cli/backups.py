"""`flask backup` and `flask restore`: everything in one file, and back."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import clock, config
from webapp.cli import private_files, tables
from webapp.db import UNAVAILABLE, will_write
from webapp.errors import Refused, Unreachable
from webapp.formats.backup_file import Contents
from webapp.formats.words import counted
from webapp.services import backups, health

LEFT_OUT = (
    "It leaves out the secret key, without which links, passwords and second factors do not work,"
    " and settings.env: keep them elsewhere."
)
KEY_INSIDE = "The secret key is in it, and settings.env is not. Whoever has the file can sign in."
OTHER_KEY = (
    "It was made under another secret key. Put that key back as well: until then links, passwords"
    " and second factors of the time do not work."
)
IN_THE_WAY = (
    "There is a database with {} already, and nothing was changed."
    " To put the backup in its place: add --replace. What is there now is backed up first."
)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-key", is_flag=True, help="Put the secret key into it, too.")
@click.option("--keep", type=click.IntRange(1), help="Remove all but so many of the folder's.")
@with_appcontext
def backup(file: Path | None, with_key: bool, keep: int | None) -> None:
    """Write the whole database, uploaded files with it, into FILE, while people book.

    Without FILE into the folder that WEBAPP_BACKUPS names, under the time. A file that is there is
    never overwritten.
    """
    will_write(False)
    tables.require()
    taken = _taken(file, with_key=with_key)
    click.echo(KEY_INSIDE if with_key else LEFT_OUT)
    for old in health.backups(current_app.config["BACKUPS"])[keep:] if keep else []:
        if old != taken:
            old.unlink()
            click.echo(f"Removed {old}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="Only look the backup through.")
@click.option("--replace", is_flag=True, help="Put it in the place of the database that is there.")
@with_appcontext
def restore(file: Path, check: bool, replace: bool) -> None:
    """Look the backup FILE through and, unless there is a database already, put it back."""
    will_write(False)  # whoever puts it back takes the lock
    try:
        contents = backups.check(file)
        click.echo(f"Whole: {_in_words(contents)}.")
        if not check:
            _put_back(file, contents, replace)
    except (Refused, Unreachable, OSError) as error:
        raise click.ClickException(str(error)) from None
    except UNAVAILABLE as error:
        raise click.ClickException(tables.away(error)) from None


def _put_back(file: Path, contents: Contents, replace: bool) -> None:
    rows = backups.rows_here()
    if rows and not replace:
        raise Refused(IN_THE_WAY.format(counted(sum(rows.values()), "row")))
    if rows:
        click.echo("What is there now is kept.")
        _taken(_place("-before-restore"), with_key=False)
    backups.restore(file)
    click.echo("Restored. Now run: flask --app wsgi db upgrade")
    _mind_the_key(backups.key_inside(file), contents)


def _mind_the_key(key: str | None, contents: Contents) -> None:
    """The key that came with the backup is put where there is none, and nothing else."""
    ours = current_app.config["SECRET_KEY"]
    place = config.secret_key_file(Path(current_app.instance_path))
    if key and not ours and private_files.write_once(place, key):
        click.echo(f"The secret key was put back: {place}")
    elif backups.key_print(ours or "") != contents.key_print:
        click.echo(OTHER_KEY)


def _taken(file: Path | None, *, with_key: bool) -> Path:
    place, key = file or _place(), current_app.config["SECRET_KEY"] or ""
    try:
        with private_files.made_once(place) as draft:
            contents = backups.take(draft, key=key, with_key=with_key, now=clock.real_now())
    except FileExistsError:
        raise click.ClickException(f"{place} is there already, and was left as it is.") from None
    except (Unreachable, OSError) as error:
        raise click.ClickException(f"No backup was made. {error}") from None
    except UNAVAILABLE as error:
        raise click.ClickException(f"No backup was made. {tables.away(error)}") from None
    click.echo(f"{place}: {_in_words(contents)}.")
    return place


def _place(why: str = "") -> Path:
    folder: Path = current_app.config["BACKUPS"]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"WEBAPP_BACKUPS should be a folder: {error}.") from None
    return folder / f"training-{clock.real_now():%Y%m%d-%H%M%S-%f}Z{why}.zip"


def _in_words(contents: Contents) -> str:
    return (
        f"{backups.NAMES[contents.kind]}, {counted(sum(contents.rows.values()), 'row')}"
        f" in {counted(len(contents.rows), 'table')}, migration {contents.revision},"
        f" taken {contents.taken_at:%Y-%m-%d %H:%M:%SZ}"
    )
