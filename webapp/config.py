"""Settings: read as text from WEBAPP_* in the environment, then `instance/settings.env`."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
NAMES = (
    "DATABASE_URL",
    "BASE_URL",
    "SECRET_KEY",
    "SMTP_URL",
    "MAIL_FROM",
    "TODAY",
    "PROXIES",
    "REDIS_URL",
)


def instance_path() -> Path:
    """Where this installation keeps what is its own: database, key, mail written to disk."""
    return Path(os.environ.get("WEBAPP_INSTANCE") or ROOT / "instance").resolve()


def read(instance: Path) -> dict[str, Any]:
    """The settings as Flask's configuration. A wrong one ends the program with a sentence."""
    given = {**_from_file(instance / "settings.env"), **_from_environment()}
    base_url = _base_url(given.get("BASE_URL") or "http://127.0.0.1:5000")
    secure = base_url.startswith("https://")
    return {
        "SECRET_KEY": given.get("SECRET_KEY") or _secret_key(instance),
        "SQLALCHEMY_DATABASE_URI": _database_url(given.get("DATABASE_URL"), instance),
        "BASE_URL": base_url,
        "SMTP_URL": _smtp_url(given.get("SMTP_URL")),
        "MAIL_FROM": given.get("MAIL_FROM") or None,
        "TODAY": _today(given.get("TODAY")),
        "PROXIES": _proxies(given.get("PROXIES")),
        "REDIS_URL": given.get("REDIS_URL") or None,
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "MAX_CONTENT_LENGTH": 1_000_000,
    }


def secret_key_file(instance: Path) -> Path:
    return instance / "secret-key"


def _from_environment() -> dict[str, str]:
    return {name: os.environ[f"WEBAPP_{name}"] for name in NAMES if f"WEBAPP_{name}" in os.environ}


def _from_file(file: Path) -> dict[str, str]:
    """`WEBAPP_NAME=value` lines; blank lines and lines that begin with # are passed over."""
    if not file.exists():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name = name.strip().removeprefix("WEBAPP_")
        if not equals or name not in NAMES:
            sys.exit(f"{file}, line {number}: no setting is called {name!r}.")
        found[name] = value.strip()
    return found


def _secret_key(instance: Path) -> str | None:
    file = secret_key_file(instance)
    return file.read_text().strip() if file.exists() else None


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'training.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        sys.exit("WEBAPP_DATABASE_URL should begin with sqlite:/// or postgresql://.")
    return url


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        sys.exit("WEBAPP_BASE_URL should be an address such as https://training.example.org.")
    return url.rstrip("/")


def _smtp_url(url: str | None) -> str | None:
    if url and (urlsplit(url).scheme not in {"smtp", "smtps"} or not urlsplit(url).hostname):
        sys.exit("WEBAPP_SMTP_URL should read smtp://user:password@host:587 or smtps://host:465.")
    return url or None


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
