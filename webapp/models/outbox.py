"""Messages on their way: written with the thing they announce, sent after it is certain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db import Base
from webapp.sealed import Sealed

PENDING = "sent_at IS NULL AND gave_up_at IS NULL"


class Email(Base):
    """A message as it was written, byte for byte, and what became of it."""

    __tablename__ = "email"
    __table_args__ = (
        Index(
            "ix_email_pending",
            "next_try_at",
            sqlite_where=text(PENDING),
            postgresql_where=text(PENDING),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The template it was made from, such as "booking_confirmed".
    kind: Mapped[str] = mapped_column(index=True)
    to: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    # RFC 5322 bytes with the private links in them; None once purged.
    message: Mapped[bytes | None] = mapped_column(Sealed)
    # The message to everybody on a date that this is one copy of.
    date_message_id: Mapped[int | None] = mapped_column(ForeignKey("date_message.id"), index=True)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    # The form it answers, so that a demonstration can show the mail to who filled the form in.
    submission: Mapped[str | None] = mapped_column(index=True)
    # The list of all messages begins with the latest.
    queued_at: Mapped[datetime] = mapped_column(index=True)
    next_try_at: Mapped[datetime]
    # Set and committed before the server is asked; still set with no outcome after a crash.
    taken_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    # How often the server had everything and its answer was lost. After the second we stop.
    answers_lost: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    # The server took it and some other one sent it back; and what that one said.
    bounced_at: Mapped[datetime | None]
    bounce: Mapped[str | None]
    purged_at: Mapped[datetime | None]
