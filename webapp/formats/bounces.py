"""Messages that come back: RFC 3464 reports, and the letters that some mail servers write instead.

Which message it was is told by its Message-ID alone, which only those know who had it.
"""

import re
from dataclasses import dataclass

from webapp.formats.incoming import Incoming
from webapp.formats.plain_text import one_line
from webapp.formats.private_links import masked

# As much as an organiser reads; the rest is for programs.
LONGEST = 300
NO_REASON = "The server that sent it back gave no reason."
NAMED = re.compile(r"(?im)^(?:X-Original-)?Message-ID:\s*(<[^<>\s]{1,500}>)", re.ASCII)
ANSWERED = re.compile(r"<[^<>\s]{1,500}>", re.ASCII)
# Who writes such letters; people on holiday do not.
POSTMAN = re.compile(
    r"\b(?:mailer-?daemon|postmaster|mail\s+delivery\s+(?:sub)?system|mail-daemon)\b", re.IGNORECASE
)
# Letters that say: not yet, we go on trying.
DELAY = re.compile(r"\b(?:delay|warning)", re.IGNORECASE)
NOT_YET = re.compile(
    r"do not need to re-?send|still being retried|not yet been delivered"
    r"|will (?:continue|keep) (?:to try|trying)",
    re.IGNORECASE,
)
# "550 No such user", "5.1.1": what SMTP servers say of a refusal, RFC 5321 4.2 and RFC 3463.
CODE = re.compile(r"\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b|#5\.\d", re.ASCII)
# Where the copy of the message begins in a letter.
COPY = re.compile(r"(?im)^(?:Return-Path|Received|Message-ID|DKIM-Signature):|^---.*\bcopy\b")
ADDRESS = re.compile(r"[^\s<>\"'(),:;=]+@[\w-]*(?:\.[\w-]+)*")


@dataclass(frozen=True)
class Bounce:
    """A report that something did not arrive: which messages it may speak of, and why."""

    message_ids: frozenset[str]
    said: str

    def said_of(self, to: str) -> str:
        """The words with no address but the one we wrote to: somebody may have their mail sent on
        to a private one."""
        return ADDRESS.sub(lambda found: to if found[0].lower() == to.lower() else "…", self.said)


def read(mail: Incoming) -> Bounce | None:
    """What came back; None for any other mail, and where the servers go on trying."""
    said = _of_report(mail) if _is_report(mail) else _of_letter(mail)
    if said is None:
        return None
    words = masked(one_line(said)) or NO_REASON
    return Bounce(_named(mail), words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")


def _is_report(mail: Incoming) -> bool:
    return any(part.kind.endswith("delivery-status") for part in mail.parts)


def _of_report(mail: Incoming) -> str | None:
    """RFC 3464 2.3: fields about each recipient, parted by empty lines."""
    for part in mail.parts:
        if part.kind.endswith("delivery-status"):
            for block in re.split(r"\n\s*\n", re.sub(r"\r\n?", "\n", part.text)):
                fields = _fields(block)
                if fields.get("action", "").lower().startswith("failed"):
                    # "smtp; 550 5.1.1 No such user": the kind of the code first.
                    said = re.sub(r"^[\w.-]+\s*;", "", fields.get("diagnostic-code", ""))
                    return said or fields.get("status", "")
    return None


def _fields(block: str) -> dict[str, str]:
    lines = re.sub(r"\n[ \t]+", " ", block).split("\n")
    named = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in named}


def _of_letter(mail: Incoming) -> str | None:
    """A letter in words, as Exim, qmail and others write it."""
    is_from_server = POSTMAN.search(mail.headers.get("from", ""))
    if not is_from_server and "x-failed-recipients" not in mail.headers:
        return None
    text = "\n".join(part.text for part in mail.parts if part.kind == "text/plain")
    copy = COPY.search(text)
    letter = text[: copy.start()] if copy else text
    if DELAY.search(mail.headers.get("subject", "")) or NOT_YET.search(letter):
        return None
    return next((line for line in letter.split("\n") if CODE.search(line)), "")


def _named(mail: Incoming) -> frozenset[str]:
    """The messages it may speak of: named in what it brings back, or answered by it."""
    found = [name for part in mail.parts for name in NAMED.findall(part.text)]
    for header in ("in-reply-to", "references"):
        found += ANSWERED.findall(mail.headers.get(header, ""))
    return frozenset(found[:50])
