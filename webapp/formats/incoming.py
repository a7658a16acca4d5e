"""Mail that comes in, taken apart: whatever it pretends to be, it is read or left, and never fails.

Nothing a stranger wrote about lengths, types or character sets is believed further than needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import cast

# Far more than an answer or a report that a message came back; both bring no pictures.
LONGEST = 2_000_000
# The parser looks through every part around a line, and works its way into each by recursion.
MOST_PARTS = 30
# More than the longest mail has that is full of a picture; fewer than make the parser toil.
MOST_LINES = 50_000
# Left to itself the library makes a message of every paragraph of a report, and there may be
# a million of them.
REPORT = re.compile(rb"message/((?:global-)?delivery-status)", re.IGNORECASE)
METHOD = re.compile(r"\bmethod\s*=\s*\"?([a-z-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A piece of a mail as text. Of a message within, only what stands at its head."""

    kind: str
    # What the line above a calendar says of it.
    method: str
    text: str


@dataclass(frozen=True)
class Incoming:
    """A mail: its headers by name in lower case, and its pieces in order."""

    headers: dict[str, str]
    parts: tuple[Part, ...]


def read(message: bytes) -> Incoming | None:
    """The mail taken apart; None when it is too long, too deep or makes no sense."""
    if len(message) > LONGEST or message.lower().count(b"content-type") > MOST_PARTS:
        return None
    if max(message.count(b"\n"), message.count(b"\r")) > MOST_LINES:
        return None
    try:
        # The older policy takes headers as they are, so that few can upset it.
        mail = message_from_bytes(REPORT.sub(rb"text/\1", message), policy=compat32)
        return Incoming(_headers(mail), tuple(_parts(mail)))
    except (ValueError, LookupError, RecursionError):
        return None


def _headers(mail: Message) -> dict[str, str]:
    return {name.lower(): " ".join(str(value).split()) for name, value in reversed(mail.items())}


def _parts(mail: Message) -> Iterator[Part]:
    kind = mail.get_content_type()
    inside = cast("list[Message]", mail.get_payload()) if mail.is_multipart() else []
    if kind.startswith("message/") and inside:
        yield Part(kind, "", "\n\n".join(_head(head) for head in inside))
    elif inside:
        for part in inside:
            yield from _parts(part)
    else:
        method = METHOD.search(str(mail.get("Content-Type", "")))
        yield Part(kind, method[1].upper() if method else "", _text(mail))


def _head(mail: Message) -> str:
    """The headers, one a line; and the text below where that, too, is no more than headers."""
    lines = [f"{name}: {' '.join(str(value).split())}" for name, value in mail.items()]
    return "\n".join(lines if mail.is_multipart() else [*lines, "", _text(mail)])


def _text(mail: Message) -> str:
    """UTF-8, or else one sign a byte: what we look for is ASCII whatever the mail says it is."""
    raw = cast("bytes | None", mail.get_payload(decode=True)) or b""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
