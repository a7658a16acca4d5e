"""The bytes of a mail, back to what somebody reads in it."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from typing import cast


@dataclass(frozen=True)
class Attachment:
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    sender: str
    to: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]


def read(message: bytes) -> Letter:
    """What a mail program would show of the message."""
    mail = message_from_bytes(message, policy=SMTP)
    body = mail.get_body(("plain",))
    return Letter(
        sender=str(mail["From"]),
        to=str(mail["To"]),
        # A long one is folded right after the colon.
        subject=str(mail["Subject"]).strip(),
        text=body.get_content() if body else "",
        attachments=tuple(
            Attachment(
                part.get_filename() or "attachment",
                part.get_content_type(),
                cast(bytes, part.get_payload(decode=True)),
            )
            for part in mail.iter_attachments()
        ),
    )
