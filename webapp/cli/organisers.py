"""`flask organisers`: accounts that no page can make, such as the first."""

from pathlib import Path
from secrets import token_urlsafe

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from webapp import clock, config
from webapp.cli import private_files, tables
from webapp.db import db, will_write
from webapp.errors import NotFound
from webapp.formats.words import listed
from webapp.models import Organiser, RoleName
from webapp.services import audit, links, second_factor
from webapp.services import organisers as verbs

ROLES = [role.value for role in RoleName]
DEMONSTRATION = "organiser@training.example"
# A command, not a password.
NEW_PASSWORD = "WEBAPP_TODAY={} flask --app wsgi organisers demonstration --new-password"  # noqa: S105

organisers = AppGroup("organisers", help="Who may sign in.")


@organisers.command()
@click.argument("email")
@click.option("--name", help="What colleagues call them.")
@click.option("--role", type=click.Choice(ROLES), help="administrator for a new account.")
def add(email: str, name: str | None, role: str | None) -> None:
    """Invite somebody by mail; once more, and they get another link."""
    begin()
    try:
        organiser = verbs.invite(
            address(email), name=name, role=RoleName(role) if role else None, now=clock.now()
        )
    except NotFound as missing:
        raise click.ClickException(str(missing)) from None
    db.session.commit()
    lasts = "an hour" if organiser.password else f"{links.INVITATION_LASTS.days} days"
    click.echo(f"{organiser.email}, {listed(organiser.role_names)}: the mail is in the outbox.")
    click.echo(f"The worker sends it. Its link to choose a password works for {lasts}.")


@organisers.command("list")
def list_() -> None:
    """Everybody with an account."""
    tables.require()
    for organiser in verbs.everybody():
        click.echo(f"{organiser.email}  {listed(organiser.role_names)}  {standing(organiser)}")


@organisers.command()
@click.argument("email")
def close(email: str) -> None:
    """Close the account of somebody who has left; `add` opens it again."""
    begin()
    organiser = found(email)
    verbs.close(organiser)
    audit.record(organiser, "account was closed", now=clock.now())
    db.session.commit()
    click.echo(f"{organiser.email} can no longer sign in.")


@organisers.command("switch-off-second-factor")
@click.argument("email")
def switch_off_second_factor(email: str) -> None:
    """For somebody who has lost both phone and recovery codes."""
    begin()
    organiser = found(email)
    second_factor.turn_off(organiser)
    verbs.end_sessions(organiser)
    audit.record(organiser, "second factor was switched off by the operator", now=clock.now())
    db.session.commit()
    click.echo(f"{organiser.email} signs in with the password alone.")


@organisers.command()
@click.option("--new-password", is_flag=True, help="Make a new one, whatever it is now.")
def demonstration(new_password: bool) -> None:
    """Make the demonstration's administrator, or say again how to sign in."""
    begin()
    file = Path(current_app.instance_path) / "demonstration-organiser"
    account = verbs.find(DEMONSTRATION)
    if current_app.config["TODAY"] is None:
        leave_the_demonstration(account, file)
        return
    if account is None:
        account = verbs.add(
            DEMONSTRATION,
            name="Demonstration organiser",
            role=RoleName.ADMINISTRATOR,
            now=clock.now(),
            is_demonstration=True,
        )
    password = kept(file)
    if new_password or account.password is None:
        password, account.active = token_urlsafe(12), True
        verbs.set_password(account, password)
        private_files.write(file, f"{DEMONSTRATION}\n{password}\n")
        db.session.commit()
    click.echo(f"Demonstration organiser: {DEMONSTRATION}")
    if password and verbs.has_password(account, password):
        click.echo(f"Password: {password}")
    else:
        again = NEW_PASSWORD.format(current_app.config["TODAY"])
        click.echo(f"Password: changed since it was kept. For a new one: {again}")


def leave_the_demonstration(account: Organiser | None, file: Path) -> None:
    file.unlink(missing_ok=True)
    if account is None or not account.active:
        click.echo("There is no demonstration without WEBAPP_TODAY, and no account for it.")
        return
    verbs.close(account)
    db.session.commit()
    click.echo(f"There is no demonstration without WEBAPP_TODAY: {DEMONSTRATION} was closed.")


def begin() -> None:
    config.require_secret(current_app.config)
    will_write()
    tables.require()


def address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as mistake:
        raise click.ClickException(f"{email} is no email address. {mistake}") from None


def found(email: str) -> Organiser:
    organiser = verbs.find(email)
    if organiser is None:
        raise click.ClickException(f"There is no account for {email}.")
    return organiser


def standing(organiser: Organiser) -> str:
    if not organiser.active:
        return "closed"
    if organiser.password is None:
        return "invited, has not chosen a password"
    return "with second factor" if organiser.has_second_factor else "without second factor"


def kept(file: Path) -> str | None:
    lines = file.read_text("utf-8").split() if file.exists() else []
    return lines[1] if len(lines) == 2 else None
