"""What the forms share that may put somebody on a date beyond its places: they are asked
for the reason, which the audit log keeps, too."""

from datetime import datetime
from typing import Any

from flask import request
from wtforms import Field

from webapp.errors import Full, Refused
from webapp.models import Booking
from webapp.services import audit
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity


class BeyondForm(Form):
    # Who opens the page of a full date is asked at once, and refused nothing.
    is_full = False

    over_capacity_reason = fields.paragraphs(
        "Why they come all the same",
        most=500,
        rows=2,
        hint="For organisers only. It stays in the history of the booking and in the audit log;"
        " the person may ask to see it.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if "anyway" in request.form and not self.over_capacity_reason.data:
            self.over_capacity_reason.errors = ["Enter why they come all the same"]
            return False
        return fine

    def refuse(self, refusal: Refused, field: Field) -> None:
        """What is said at this field, or where it is full, with the question why."""
        where = self.over_capacity_reason if isinstance(refusal, Full) else field
        where.errors = [str(refusal)]

    @property
    def asks_why(self) -> bool:
        why = self.over_capacity_reason
        return bool(self.is_full or why.errors or why.data)


def note(action: str, booking: Booking, now: datetime) -> None:
    """The audit line of somebody who was given a place, or one in line."""
    why = booking.over_capacity_reason
    audit.record(
        identity.me(),
        f"{action} beyond the number of places" if why else action,
        course_date=booking.course_date,
        booking=booking,
        detail=why,
        now=now,
    )
