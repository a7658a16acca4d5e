"""A venue put right: its name, its address and how to get in."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Venue
from webapp.services import audit, venues
from webapp.services.venues import Whereabouts
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import WIDE
from webapp.web.organiser.details import saved


class VenueForm(Form):
    name = fields.line("Name", "Enter the name of the venue", width=WIDE)
    address = fields.paragraphs("Address", "Enter the address", most=500, hint="One line each.")
    directions = fields.paragraphs("Getting there (optional)", most=2000)
    parking = fields.paragraphs("Parking (optional)", most=2000)
    access_notes = fields.paragraphs("Access to the building (optional)", most=2000)

    def show(self, venue: Venue) -> None:
        for name in Whereabouts.__dataclass_fields__:
            self[name].data = getattr(venue, name)
        self.address.data = "\n".join(venue.address)

    def whereabouts(self) -> Whereabouts:
        facts: dict[str, Any] = {name: self[name].data for name in Whereabouts.__dataclass_fields__}
        lines = [line.strip() for line in self.address.data.splitlines() if line.strip()]
        return Whereabouts(**facts | {"address": lines})


@bp.route("/venues/<int:venue_id>", methods=["GET", "POST"])
def venue(venue_id: int) -> ResponseReturnValue:
    now = clock.now()
    place = venues.get(venue_id)
    form = VenueForm()
    if form.validate_on_submit():
        try:
            told = venues.move(place, form.whereabouts(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
        else:
            audit.record(identity.me(), "changed a venue", detail=place.name, now=now)
            db.session.commit()
            flash(saved(told), "success")
            return redirect(url_for(".venue", venue_id=place.id))
    elif not form.is_submitted():
        form.show(place)
    dates = venues.coming_at(place, now)
    return render_template("organiser/venue.html", venue=place, form=form, dates=dates)
