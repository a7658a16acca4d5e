"""The venues: listed, added and put right with their address, rooms and how to get in."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.validators import StopValidation

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Venue
from webapp.models.venues import PARTS_SIZE
from webapp.services import audit, undoing, venues
from webapp.services.venues import Whereabouts
from webapp.web import fields
from webapp.web.fields import Form
from webapp.web.organiser import identity, undo
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.date_form import WIDE
from webapp.web.organiser.details import saved


class VenueForm(Form):
    name = fields.line("Name", "Enter the name of the venue", width=WIDE)
    address = fields.paragraphs("Address", "Enter the address", most=500, hint="One line each.")
    directions = fields.paragraphs("Getting there (optional)", most=2000)
    parking = fields.paragraphs("Parking (optional)", most=2000)
    access_notes = fields.paragraphs("Access to the building (optional)", most=2000)
    rooms = fields.paragraphs(
        "Rooms (optional)",
        most=2000,
        hint="A line for each and, after an upright stroke, how many people it holds."
        " Such as: Hudson Room | 40.",
    )

    def validate_rooms(self, field: Field) -> None:
        for number, room in enumerate(_lines(field.data), 1):
            name, stroke, size = (part.strip() for part in room.partition(PARTS_SIZE))
            fine = not stroke or (size.isascii() and size.isdecimal() and len(size) <= 5)
            if not name or not fine:
                raise StopValidation(f"Line {number} must be a room, such as Hudson Room | 40")

    def show(self, venue: Venue) -> None:
        for name in Whereabouts.__dataclass_fields__:
            self[name].data = getattr(venue, name)
        self.address.data = "\n".join(venue.address)
        self.rooms.data = "\n".join(venue.rooms)

    def whereabouts(self) -> Whereabouts:
        facts: dict[str, Any] = {name: self[name].data for name in Whereabouts.__dataclass_fields__}
        lists = {"address": _lines(self.address.data), "rooms": _lines(self.rooms.data)}
        return Whereabouts(**facts | lists)


def _lines(text: str | None) -> list[str]:
    lines = [" ".join(line.split()) for line in (text or "").splitlines()]
    return [line for line in lines if line]


@bp.get("/venues", endpoint="venues")
def list_venues() -> ResponseReturnValue:
    return render_template(
        "organiser/venues.html",
        venues=venues.everywhere(),
        coming=venues.coming_counts(clock.now()),
    )


@bp.route("/venues/new", methods=["GET", "POST"])
def new_venue() -> ResponseReturnValue:
    form = VenueForm()
    if form.validate_on_submit():
        now = clock.now()
        made = venues.new(form.whereabouts(), now=now)
        try:
            venues.add(made)
        except Refused as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
        else:
            audit.record(identity.me(), "added a venue", detail=made.name, now=now)
            db.session.commit()
            flash(f"{made.name} is in the list.", "success")
            return redirect(url_for(".venues"))
    return render_template("organiser/venue.html", venue=None, form=form, dates=[])


@bp.route("/venues/<int:venue_id>", methods=["GET", "POST"])
def venue(venue_id: int) -> ResponseReturnValue:
    now = clock.now()
    place = venues.get(venue_id)
    form = VenueForm()
    if form.validate_on_submit():
        was = undoing.look(place, *venues.coming_at(place, now), now=now)
        try:
            told = venues.move(place, form.whereabouts(), now=now)
        except Refused as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
        else:
            line = audit.record(identity.me(), "changed a venue", detail=place.name, now=now)
            undo.offer(was, line, now=now)
            db.session.commit()
            flash(saved(told), "success")
            return redirect(url_for(".venue", venue_id=place.id))
    elif not form.is_submitted():
        form.show(place)
    dates = venues.coming_at(place, now)
    return render_template("organiser/venue.html", venue=place, form=form, dates=dates)
