"""The calendars of those who sign in: the addresses of their feeds, and a file of every date."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.services import audit, calendars, links, organisers
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.words import ours

NEW_ADDRESSES = (
    "Your calendar feeds have new addresses. The old ones have stopped: put in the new ones."
)


@bp.get("/calendars", endpoint="calendars")
def feeds() -> str:
    organiser = identity.me()
    tokens = {
        feed: links.staff_feed_token(feed, organiser) for feed in links.staff_feeds(organiser)
    }
    return render_template(
        "organiser/calendars.html",
        my_dates=tokens.get(links.MY_DATES),
        all_dates=tokens.get(links.ALL_DATES),
    )


@bp.post("/calendars/new-addresses")
def new_calendar_addresses() -> ResponseReturnValue:
    """Who has an old address sees nothing any more."""
    organiser = identity.me()
    organisers.renew_feeds(organiser)
    audit.record(organiser, "made new addresses for their calendar feeds", now=clock.now())
    db.session.commit()
    flash(NEW_ADDRESSES, "success")
    return redirect(url_for(".calendars"))


@bp.get("/dates.ics")
def all_dates_file() -> Response:
    """Every date there ever was, with nobody's name in it."""
    file = Response(calendars.export(ours(), now=clock.now()), mimetype="text/calendar")
    file.headers["Content-Disposition"] = 'attachment; filename="all-dates.ics"'
    return file
