"""`flask secrets`: the key of this installation, made once."""

from pathlib import Path
from secrets import token_urlsafe

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import config
from webapp.cli import private_files


@click.command()
@with_appcontext
def secrets() -> None:
    """Write a secret key into the instance folder, unless there is one."""
    file = config.secret_key_file(Path(current_app.instance_path))
    if current_app.config["SECRET_KEY"] and not file.exists():
        click.echo("The key comes from WEBAPP_SECRET_KEY, so none was made.")
    elif private_files.write_once(file, token_urlsafe(48) + "\n"):
        click.echo(f"Made a secret key: {file}")
        click.echo("Keep it with the backups, apart from the database: links, passwords and")
        click.echo("second factors work with this key only.")
    elif file.read_text("utf-8").strip():
        click.echo(f"There is a secret key already, left as it is: {file}")
    else:
        raise click.ClickException(f"{file} is empty. Remove it and run this command again.")
