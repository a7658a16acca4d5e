"""Settings: read as text from WEBAPP_* in the environment, then `instance/settings.env`."""

import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent.parent
NAMES = (
    "DATABASE_URL",
    "BASE_URL",
    "SECRET_KEY",
    "SMTP_URL",
    "MAIL_FROM",
    "MAILBOX",
    "TODAY",
    "PROXIES",
    "REDIS_URL",
    "SECOND_FACTOR",
    "SECURITY_CONTACT",
    "BACKUPS",
    "METRICS_TOKEN",
    "LOG",
)
SHORTEST_TOKEN = 20
# The "dot-atom" of RFC 5322 3.2.3 on both sides: what every mail server takes.
ATOMS = r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*"
MAILBOX = re.compile(rf"{ATOMS}@[\w-]+(?:\.[\w-]+)*", re.ASCII)


def instance_path() -> Path:
    """Where this installation keeps what is its own: database, key, mail written to disk."""
    return Path(os.environ.get("WEBAPP_INSTANCE") or ROOT / "instance").resolve()


def make_instance(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"WEBAPP_INSTANCE should be a folder, and {instance} is none: {error.strerror}.")


def read(instance: Path) -> dict[str, Any]:
    """The settings as Flask's configuration. A wrong one ends the program with a sentence."""
    given = {**_from_file(instance / "settings.env"), **_from_environment()}
    base_url = _base_url(given.get("BASE_URL") or "http://127.0.0.1:5000")
    secure = base_url.startswith("https://")
    return {
        "SECRET_KEY": given.get("SECRET_KEY") or _secret_key(instance),
        "SQLALCHEMY_DATABASE_URI": database_url(given.get("DATABASE_URL"), instance),
        # A failed statement is logged, and what people told us stands in its parameters.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "BASE_URL": base_url,
        "SMTP_URL": _smtp_url(given.get("SMTP_URL")),
        "MAIL_FROM": _mail_from(given.get("MAIL_FROM")),
        "MAILBOX": _mailbox(given.get("MAILBOX")),
        "TODAY": _today(given.get("TODAY")),
        "PROXIES": _proxies(given.get("PROXIES")),
        "REDIS_URL": _redis_url(given.get("REDIS_URL")),
        "SECOND_FACTOR_REQUIRED": _second_factor(given.get("SECOND_FACTOR")),
        "SECURITY_CONTACT": _security_contact(given.get("SECURITY_CONTACT")),
        "BACKUPS": Path(given.get("BACKUPS") or instance / "backups"),
        "METRICS_TOKEN": _metrics_token(given.get("METRICS_TOKEN")),
        "LOG": _log(given.get("LOG")),
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SECURE": secure,
        # With this prefix browsers take the cookie from this host by https and from nowhere else.
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "MAX_CONTENT_LENGTH": 1_000_000,
    }


def secret_key_file(instance: Path) -> Path:
    return instance / "secret-key"


def _from_environment() -> dict[str, str]:
    given = {name: os.environ.get(f"WEBAPP_{name}") for name in NAMES}
    return {name: value.strip() for name, value in given.items() if value is not None}


def _from_file(file: Path) -> dict[str, str]:
    """`WEBAPP_NAME=value` lines; blank lines and lines that begin with # are passed over.

    A value may stand in quotes, as in a file that a shell or systemd reads too.
    """
    if not file.exists():
        return {}
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{file} cannot be read as text in UTF-8: {error}.")
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name = name.strip().removeprefix("WEBAPP_")
        if not equals or name not in NAMES:
            sys.exit(f"{file}, line {number}: no setting is called {name!r}.")
        found[name] = re.sub(r"""^(["'])(.*)\1$""", r"\2", value.strip())
    return found


def _secret_key(instance: Path) -> str | None:
    file = secret_key_file(instance)
    return file.read_text("utf-8").strip() if file.exists() else None


def database_url(text: str | None, instance: Path) -> str:
    if not text:
        return f"sqlite:///{instance / 'training.db'}"
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text)
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        url = ""
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        sys.exit(
            "WEBAPP_DATABASE_URL should read sqlite:////folder/training.db or"
            " postgresql://user:password@host/name."
        )
    return url


def _base_url(url: str) -> str:
    parts = _parts(url, {"http", "https"})
    if parts is None or parts.query or parts.fragment or parts.username:
        sys.exit("WEBAPP_BASE_URL should be an address such as https://training.example.org.")
    return url.rstrip("/")


def _smtp_url(url: str | None) -> str | None:
    if url and _parts(url, {"smtp", "smtps"}) is None:
        sys.exit("WEBAPP_SMTP_URL should read smtp://user:password@host:587 or smtps://host:465.")
    return url or None


def _redis_url(url: str | None) -> str | None:
    if url and _parts(url, {"redis", "rediss"}) is None:
        sys.exit("WEBAPP_REDIS_URL should be an address such as redis://localhost:6379/0.")
    return url or None


def _second_factor(text: str | None) -> bool:
    if text and text != "required":
        sys.exit("WEBAPP_SECOND_FACTOR should be required, or left out.")
    return bool(text)


def _metrics_token(token: str | None) -> str | None:
    if token and len(token) < SHORTEST_TOKEN:
        sys.exit(f"WEBAPP_METRICS_TOKEN should have {SHORTEST_TOKEN} letters or more.")
    return token or None


def _log(kind: str | None) -> str | None:
    if kind and kind != "json":
        sys.exit("WEBAPP_LOG should be json, or left out for lines that people read.")
    return kind or None


def _parts(url: str, schemes: set[str]) -> SplitResult | None:
    """What the address is made of; None when it is not an address of these schemes."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return None
    return parts if sound and not re.search(r"\s", url) else None


def _mail_from(address: str | None) -> str | None:
    if address and not MAILBOX.fullmatch(address):
        sys.exit(f"WEBAPP_MAIL_FROM should be a bare email address, not {address!r}.")
    return address or None


def _security_contact(contact: str | None) -> str | None:
    """As security.txt names it (RFC 9116, 2.5.3): an address of mail or of a page by https."""
    if contact and MAILBOX.fullmatch(contact):
        return f"mailto:{contact}"
    if contact and _parts(contact, {"https"}) is None:
        sys.exit("WEBAPP_SECURITY_CONTACT should be an email address or begin with https://.")
    return contact or None


def _mailbox(source: str | None) -> str | None:
    """A path, or the address of a folder on an IMAP server: nothing like one is taken for a path,
    which messages may name."""
    if source and re.match(r"[\w.+-]{2,}:", source):
        parts = _parts(source, {"imap", "imaps"})
        if parts is None or not parts.username or not parts.password:
            sys.exit(
                "WEBAPP_MAILBOX should be a file, a Maildir or an address such as"
                " imaps://user:password@mail.example.org/INBOX."
            )
    return source or None


def _today(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        sys.exit(f"WEBAPP_TODAY should be a date such as 2025-04-17, not {text!r}.")


def _proxies(text: str | None) -> int:
    if text and not text.isdecimal():
        sys.exit(f"WEBAPP_PROXIES should be how many proxies stand in front, not {text!r}.")
    return int(text or 0)


def require_secret(settings: dict[str, Any]) -> None:
    """Stop a program that would serve people without a key of its own."""
    if not settings["SECRET_KEY"]:
        sys.exit("There is no secret key yet. Make one with: flask --app wsgi secrets")
