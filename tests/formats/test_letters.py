"""The bytes of a mail, read back."""

from datetime import UTC, datetime

from webapp.formats import letters, messages
from webapp.formats.calendar import Invitation


def written(**facts):
    return messages.build(
        **{
            "sender": ("Training Team", "training@partnership.example"),
            "to": "ann@agency.example",
            "to_name": "Ann Šťastná",
            "subject": "You have a place: Basics, Thu 29 May, 10am, in a room with a long name",
            "text": "One — two\n\n" + "long " * 40 + "\nhttps://x.example/bookings/1-abc\n",
            "message_id": "<1@partnership.example>",
            "date": datetime(2025, 4, 17, tzinfo=UTC),
            **facts,
        }
    )


def test_what_was_written_is_read():
    letter = letters.read(written())

    assert letter.subject == (
        "You have a place: Basics, Thu 29 May, 10am, in a room with a long name"
    )
    assert letter.sender == "Training Team <training@partnership.example>"
    assert letter.to == "Ann Šťastná <ann@agency.example>"
    assert "One — two" in letter.text
    assert "long " * 39 + "long" in letter.text
    assert letter.attachments == ()


def test_the_invitation_is_attached_once_byte_for_byte():
    ics = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

    letter = letters.read(written(invitation=Invitation("REQUEST", ics, "basics.ics")))

    [attachment] = letter.attachments
    assert (attachment.name, attachment.kind) == ("basics.ics", "application/ics")
    assert attachment.content == ics
