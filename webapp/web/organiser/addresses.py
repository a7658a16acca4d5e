"""Another address for somebody who has lost the mailbox of the one we know."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.services import address_changes, attendees, audit
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, watch
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.bookings import WIDE

# Kept in the audit log, so in words of ours, which name nobody.
KNOWN_BY = {
    "rang": "I rang them on a number that we had before they asked",
    "manager": "Their line manager, whom we knew before they asked, vouches for them",
    "met": "I met them, and saw their work pass",
}
WRITTEN = "We have written to {}. The address changes once they press the button in that mail."


class LostAddressForm(Form):
    known_by = fields.radios(
        "How do you know that it is them?",
        "Choose how you know that it is them",
        [SelectChoice(how, said) for how, said in KNOWN_BY.items()],
    )
    email = fields.email(
        "Their new work email address",
        "Enter their new work email address",
        width=WIDE,
        autocomplete="off",
    )


@bp.route("/bookings/<int:booking_id>/address", methods=["GET", "POST"])
def change_address(booking_id: int) -> ResponseReturnValue:
    form, now = LostAddressForm(), clock.now()
    found = attendees.get_booking(booking_id)
    if form.validate_on_submit():
        try:
            address_changes.ask_for(found.practitioner, form.email.data, now=now)
        except Refused as refusal:
            db.session.rollback()
            form.email.errors = [str(refusal)]
        else:
            audit.record(
                identity.me(),
                "asked for another address of a person",
                course_date=found.course_date,
                booking=found,
                detail=KNOWN_BY[form.known_by.data],
                now=now,
            )
            db.session.commit()
            flash(WRITTEN.format(form.email.data), "success")
            return redirect(url_for(".booking", booking_id=booking_id))
    page = render_template(
        "organiser/change_address.html",
        booking=found,
        form=form,
        pending=address_changes.pending(found.practitioner, now),
    )
    if not form.is_submitted():
        watch.saw("saw a booking", course_date=found.course_date, booking=found)
    return page
