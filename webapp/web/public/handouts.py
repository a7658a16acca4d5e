"""Slides and papers of a date, for whoever has a place on it, by the link of their booking."""

from flask import Response

from webapp.formats import handouts as files
from webapp.services import handouts, links
from webapp.web.files import attached
from webapp.web.public.blueprint import bp


@bp.get("/bookings/<token>/handouts/<int:handout_id>")
def handout(token: str, handout_id: int) -> Response:
    found = handouts.of_booking(links.open_booking(token), handout_id)
    return attached(found.content, files.mimetype(found.ending), found.name)
