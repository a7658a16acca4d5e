"""The window on the mail server, and on the folder that stands in for one on a single machine."""

import os
import re
import smtplib
import ssl
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from webapp.errors import AnswerLost, Postponed, Rejected, Unreachable

SECONDS = 20
# The last answer may take long: servers look at the whole message before they give it.
LAST_SECONDS = 120
PORTS = {"smtp": 25, "smtps": 465}
ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")


def send(message: bytes, *, sender: str, to: str, smtp_url: str) -> None:
    """Hand one message to the server.

    Raises Unreachable when no conversation comes about, so that any message would fare the same;
    Postponed when the server puts this one off; Rejected when it refuses it for good; AnswerLost
    when it had everything and its answer never came. RFC 5321 4.2.1: 4xx is for now, 5xx for good.
    """
    if not ADDRESS.fullmatch(to):
        raise Rejected("Our mail server cannot write to an address with such letters in it.")
    try:
        server = _open(urlsplit(smtp_url))
        try:
            _expect(server.mail(sender), Unreachable)
            _hand_over(server, message, to)
            _say_goodbye(server)
        finally:
            server.close()
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise Unreachable(f"The mail server could not be used: {_plain(error)}") from error


def try_out(smtp_url: str) -> None:
    """Get as far as a message would be, and send none. Raises Unreachable."""
    try:
        server = _open(urlsplit(smtp_url))
        try:
            _say_goodbye(server)
        finally:
            server.close()
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise Unreachable(f"The mail server could not be used: {_plain(error)}") from error


def write(message: bytes, *, folder: Path, name: str) -> None:
    """Put the message into a file only its owner reads; writing it again changes nothing."""
    draft = folder / f".{name}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(message)
        draft.replace(folder / name)
    except OSError as error:
        raise Unreachable(f"The message could not be written: {_plain(error)}") from error


def discard(*, folder: Path, name: str) -> None:
    """Forget a message that was written to a file, if it was."""
    (folder / name).unlink(missing_ok=True)


def _open(url: SplitResult) -> smtplib.SMTP:
    """A conversation, encrypted where the server offers it, signed in where the address says so."""
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    trusted = ssl.create_default_context
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted())
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=trusted())
            server.ehlo()
        if url.username:
            _sign_in(server, url)
    except BaseException:
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, url: SplitResult) -> None:
    if not isinstance(server.sock, ssl.SSLSocket) and not is_this_machine(url.hostname or ""):
        raise Unreachable("The mail server offers no encryption, so no password is sent to it.")
    server.login(unquote(url.username or ""), unquote(url.password or ""))


def is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _hand_over(server: smtplib.SMTP, message: bytes, to: str) -> None:
    _expect(server.rcpt(to), Postponed)
    _expect(server.docmd("DATA"), Postponed, good=354)
    # A line of one dot ends the message, so a dot that begins a line is doubled: RFC 5321 4.5.2.
    # Until that last line is out, nothing was delivered.
    server.send(re.sub(rb"(?m)^\.", b"..", message).removesuffix(b"\r\n") + b"\r\n.\r\n")
    try:
        assert server.sock is not None
        server.sock.settimeout(LAST_SECONDS)
        answer = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise AnswerLost(f"The mail server's answer was lost: {_plain(error)}") from error
    if answer[0] // 100 not in {2, 4, 5}:
        raise AnswerLost("The mail server's answer made no sense, so nobody knows what it did.")
    _expect(answer, Postponed)


def _expect(
    answer: tuple[int, bytes], otherwise: type[Unreachable | Postponed], *, good: int = 2
) -> None:
    """Go on when the answer's code begins with `good`; a 5xx is for good only to this message."""
    code, words = answer
    if str(code).startswith(str(good)):
        return
    said = f"The mail server said {code}: {words.decode(errors='replace')}"
    # A server that is closing down says so wherever the conversation is: RFC 5321 4.2.3.
    if code == 421:
        raise Unreachable(said)
    if 500 <= code < 600 and otherwise is Postponed:
        raise Rejected(said)
    raise otherwise(said)


def _say_goodbye(server: smtplib.SMTP) -> None:
    """What goes wrong here goes wrong after the message was taken."""
    assert server.sock is not None
    server.sock.settimeout(SECONDS)
    with suppress(OSError, smtplib.SMTPException):
        server.quit()


def _plain(error: Exception) -> str:
    """The error's own words, or at least its name."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        return f"{error.smtp_code} {said}"
    return str(error) or type(error).__name__
