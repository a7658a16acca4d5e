"""The form of a message to many people on a date."""

from collections.abc import Sequence

from wtforms import Field, SelectChoice
from wtforms.validators import StopValidation

from webapp.formats import placeholders
from webapp.formats.words import listed
from webapp.models import Booking, CourseDate, DateMessage, WrittenTo
from webapp.services import attendees, tallies
from webapp.services.date_messages import Said
from webapp.web import fields
from webapp.web.fields import Form

TO = {
    WrittenTo.CHOSEN: "The people you chose",
    WrittenTo.ALL: "Everybody on the date",
    WrittenTo.CONFIRMED: "People with a place",
    WrittenTo.WAITING: "People on the waiting list or with an offer",
    WrittenTo.ATTENDED: "People who came",
    WrittenTo.ABSENT: "People who were absent",
}
HINTS = {
    WrittenTo.CHOSEN: "Not those who cancelled.",
    WrittenTo.ABSENT: "Not those whose absence is excused.",
}


def _gaps(form: Form, field: Field) -> None:
    """A gap that nothing fills would go out as it stands."""
    unknown = placeholders.unknown(field.data or "")
    if unknown:
        raise StopValidation(
            f"{field.label.text} has {listed(unknown)}, which nothing fills."
            f" You can use {placeholders.braced(placeholders.KNOWN)}"
        )


class MessageForm(Form):
    written_to = fields.radios(
        "Who to write to",
        "Choose who to write to",
        [],
    )
    agency = fields.choice("Agency")
    subject = fields.line("Subject", "Enter a subject")
    body = fields.paragraphs(
        "Message",
        "Enter the message",
        most=5000,
        rows=12,
        hint="The link to their booking and our signature follow by themselves.",
    )

    validate_subject = validate_body = staticmethod(_gaps)

    def offer(self, date: CourseDate, chosen: Sequence[Booking]) -> None:
        self._chosen = [booking.id for booking in chosen]
        self.written_to.choices = [
            SelectChoice(who.value, said)
            for who, said in TO.items()
            if chosen or who is not WrittenTo.CHOSEN
        ]
        known = attendees.by_agency(tallies.parts(date), None)
        self.agency.choices = {one.id: one.name for one in sorted(known, key=lambda one: one.name)}

    def show(self, message: DateMessage) -> None:
        self.written_to.data, self.agency.data = message.written_to.value, message.agency_id
        self.subject.data, self.body.data = message.subject, message.body

    def said(self) -> Said:
        return Said(
            WrittenTo(self.written_to.data),
            self.agency.data,
            self.subject.data,
            self.body.data,
            self._chosen,
        )
