"""A folder on an IMAP server, as a mailbox: `imaps://user:password@host/FOLDER`.

By the standard library's imaplib: we need six commands of IMAP4rev1 (RFC 3501), and a library of
comforts would be one more thing to keep current.
"""

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from webapp import clock
from webapp.errors import Unreachable
from webapp.gateways.mail import is_this_machine

SECONDS = 20
PORTS = {"imap": 143, "imaps": 993}
# One byte more than the longest mail we read is fetched, so that a longer one is known as such.
LONGEST = 2_000_000
# In a mailbox that people use for all sorts of things, older mail is nobody's answer any more.
DAYS = 30


@dataclass(frozen=True)
class Letter:
    """One mail as it came, cut off where it is longer than anything we read."""

    key: str
    message: bytes


class Folder:
    def __init__(self, server: imaplib.IMAP4, validity: str) -> None:
        self.server, self.validity = server, validity

    def letters(self, known: Container[str]) -> Iterator[Letter]:
        """What is unread; looking at it leaves it so."""
        since = clock.real_now() - timedelta(days=DAYS)
        found = self._say("SEARCH", "UNSEEN", "SINCE", f"{since:%d-%b-%Y}")
        said = b" ".join(part for part in found if isinstance(part, bytes))
        for uid in re.findall(r"\d+", said.decode("ascii", "replace"), re.ASCII):
            key = f"{self.validity}-{uid}"
            if key in known:
                continue
            answer = self._say("FETCH", uid, f"(BODY.PEEK[]<0.{LONGEST + 1}>)")
            message = next((part[1] for part in answer if isinstance(part, tuple)), None)
            if message is not None:  # else somebody has just deleted it
                yield Letter(key, message)

    def mark_read(self, letter: Letter) -> None:
        self._say("STORE", letter.key.rpartition("-")[2], "+FLAGS.SILENT", r"(\Seen)")

    def _say(self, command: str, *words: str) -> list[Any]:
        """A command that counts mails by UID, which does not change when one is deleted."""
        with _as_unreachable():
            return _good(self.server.uid(command, *words))


@contextmanager
def opened(source: str) -> Iterator[Folder]:
    """The folder, for as long as the conversation lasts. Raises Unreachable."""
    with _as_unreachable():
        url = urlsplit(source)
        server = _connected(url)
    try:
        with _as_unreachable():
            _sign_in(server, url)
            name = unquote(url.path.lstrip("/")) or "INBOX"
            _good(server.select(_quoted(_in_utf7(name))))
            [validity] = server.response("UIDVALIDITY")[1] or [None]
        yield Folder(server, (validity or b"").decode("ascii", "replace"))
    finally:
        # Not CLOSE, which deletes for good what people have marked as deleted.
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        _hang_up(server)


@contextmanager
def _as_unreachable() -> Iterator[None]:
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        raise Unreachable(f"The mailbox could not be used: {_plain(error)}") from error


def _connected(url: SplitResult) -> imaplib.IMAP4:
    """A conversation, encrypted from the first byte or as soon as the server offers it."""
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    context = ssl.create_default_context()
    if url.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS)
    server = imaplib.IMAP4(host, port, timeout=SECONDS)
    try:
        if "STARTTLS" in server.capabilities:
            server.starttls(context)
        elif not is_this_machine(host):
            raise Unreachable("The mailbox offers no encryption, so no password is sent to it.")
    except BaseException:
        _hang_up(server)
        raise
    return server


def _hang_up(server: imaplib.IMAP4) -> None:
    with suppress(OSError):
        server.shutdown()


def _sign_in(server: imaplib.IMAP4, url: SplitResult) -> None:
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if "AUTH=PLAIN" in server.capabilities:  # which takes any sign, RFC 4616
        server.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
    else:
        _good(server.login(_quoted(user), password))


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    said, data = answer
    if said != "OK":
        words = b" ".join(part for part in data if isinstance(part, bytes))
        raise imaplib.IMAP4.error(words or said)
    return data


def _quoted(words: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", words)
    return f'"{escaped}"'


def _in_utf7(name: str) -> str:
    """A folder's name as RFC 3501 5.1.3 writes it: "Réponses" is "R&AOk-ponses"."""

    def coded(found: re.Match[str]) -> str:
        letters = b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{letters}-"

    return re.sub(r"[^\x20-\x7e]+", coded, name.replace("&", "&-"))


def _plain(error: Exception) -> str:
    """The server's own words, or at least the error's name."""
    said = error.args[0] if error.args else None
    return said.decode(errors="replace") if isinstance(said, bytes) else str(error) or repr(error)
