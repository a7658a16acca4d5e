"""One box that looks across everything: people, dates and courses."""

from flask import render_template

from webapp import clock
from webapp.formats import attendee_list
from webapp.services import places
from webapp.services import search as looking
from webapp.services.search import What
from webapp.web.organiser import watch
from webapp.web.organiser.asked import page_number, same_list, text, word
from webapp.web.organiser.blueprint import bp


@bp.get("/search")
def search() -> str:
    asked = text("q")
    if asked is None:
        return render_template("organiser/search.html", text=None, found=None)
    found = looking.everything(asked, word(What, "what"), page_number())
    page = render_template(
        "organiser/search.html",
        text=asked,
        found=found,
        places=places.places_of(found.page.rows, clock.now()) if found.what is What.DATES else {},
        again=same_list("q", "what"),
        state_of=attendee_list.state,
    )
    if found.what in {What.PEOPLE, What.INTERESTED} and found.page.rows:
        watch.saw("searched for people")
    return page
