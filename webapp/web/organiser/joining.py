"""How to come to a date, as people will read it, and sending that before it goes by itself."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats import private_links
from webapp.formats.words import counted
from webapp.models import BookingState
from webapp.services import attendee_lists, audit, course_dates, joining, places
from webapp.services.attendee_lists import Search
from webapp.web.organiser import identity, watch
from webapp.web.organiser.blueprint import bp


@bp.get("/dates/<int:date_id>/joining-instructions")
def joining_instructions(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    why_not = joining.why_not_sent(date, now)
    first = attendee_lists.ids_of_date(date, Search(BookingState.CONFIRMED), 1)[:1]
    sure = attendee_lists.chosen(date, first)
    page = render_template(
        "organiser/joining_instructions.html",
        date=date,
        why_not=why_not,
        is_sent=joining.is_sent(date),
        sent_to=joining.sent_to(date),
        due=joining.due(date),
        how_many=places.of(date, now).confirmed,
        reader=sure[0] if sure else None,
        letter=joining.as_read_by(sure[0], now=now) if sure else None,
        masked=private_links.masked,
    )
    watch.saw("saw joining instructions", course_date=date)
    return page, 409 if why_not else 200


@bp.post("/dates/<int:date_id>/joining-instructions")
def send_joining_instructions(date_id: int) -> ResponseReturnValue:
    date, now = course_dates.get(date_id), clock.now()
    people = counted(joining.send(date, now=now), "person", "people")
    audit.record(
        identity.me(), "sent joining instructions", course_date=date, detail=people, now=now
    )
    db.session.commit()
    flash(f"The joining instructions are on their way to {people}.", "success")
    return redirect(url_for(".messages", date_id=date.id))
