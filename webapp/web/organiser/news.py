"""The partnership's news: what waits for an organiser, and a page pasted, uploaded or fetched."""

from datetime import date
from enum import StrEnum
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound, Refused, Rejected, Unreachable
from webapp.formats.words import counted
from webapp.models import Origin
from webapp.services import audit, partnership
from webapp.services import news as verbs
from webapp.services.news import Taken
from webapp.web.organiser import identity
from webapp.web.organiser.asked import page_number, same_list, word
from webapp.web.organiser.blueprint import allows, bp
from webapp.web.organiser.news_beside import ON_NO_PAGE
from webapp.web.organiser.news_forms import LONGEST_PAGE, PageForm

# Four bytes for a character, and room for the form around them.
LARGEST_FORM = 4 * LONGEST_PAGE + 100_000


class Others(StrEnum):
    """The lists beside what waits."""

    SETTLED = "settled"
    READINGS = "readings"


@bp.url_value_preprocessor
def make_room_for_a_page(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Before anything reads the form, as looking for its token does; but for nobody else."""
    if endpoint != "organiser.news" or request.method != "POST":
        return
    organiser = identity.signed_in()
    if organiser and allows(organiser, endpoint):
        request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    db.session.rollback()  # so that nobody waits for the database while a long page arrives


@bp.route("/news", methods=["GET", "POST"])
def news() -> ResponseReturnValue:
    form = PageForm()
    if form.validate_on_submit():
        try:
            return _take(form.page, form.origin, form.name, form.published.data)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(str(refusal))
    others = word(Others, "list")
    lists = {Others.SETTLED: verbs.settled, Others.READINGS: verbs.readings}
    return render_template(
        "organiser/news.html",
        form=form,
        others=others,
        waiting=[] if others else verbs.waiting(),
        how_many_wait=verbs.how_many_wait(),
        found=lists[others](page_number()) if others else None,
        again=same_list("list"),
    )


@bp.post("/news/fetch")
def fetch_news() -> ResponseReturnValue:
    """Read the page at the address that is set, as it is now."""
    # It brings a web client with it, which nothing else here needs.
    from webapp.gateways import news_site

    address = partnership.get().news_url
    db.session.rollback()  # so that nobody waits for the database while we wait for the site
    try:
        page = news_site.fetch(address)
        return _take(page.content, Origin.FETCHED, page.address, None)
    except (Unreachable, Rejected, Refused) as error:
        db.session.rollback()
        flash(str(error), "important")
        return redirect(url_for(".news"))


def _take(
    page: bytes | str, origin: Origin, name: str | None, published: date | None
) -> ResponseReturnValue:
    db.session.rollback()  # so that nobody waits for the database while a long page is read
    now = clock.now()
    taken = verbs.take(
        page, origin=origin, name=name, published=published, organiser=identity.me(), now=now
    )
    audit.record(identity.me(), "read a news page", detail=f"Reading {taken.reading.id}", now=now)
    db.session.commit()
    flash(_said(taken), "success")
    return redirect(url_for(".news_reading", reading_id=taken.reading.id))


def _said(taken: Taken) -> str:
    if not taken.is_new:
        return "This page says nothing that it did not say when it was read before."
    if not (taken.new or taken.changed):
        return "The page is read. Nothing on it is new."
    said = [counted(taken.new, "new announcement")] if taken.new else []
    said += [counted(taken.changed, "changed announcement")] if taken.changed else []
    return f"The page is read: {' and '.join(said)}."


@bp.get("/news/announcements/<int:announcement_id>")
def news_announcement(announcement_id: int) -> ResponseReturnValue:
    """On to where it stood when it was last read."""
    found = verbs.announcement(announcement_id)
    if not found.passages:
        raise NotFound(ON_NO_PAGE)
    return redirect(
        url_for(
            ".news_reading",
            reading_id=found.passages[0].reading_id,
            _anchor=f"announcement-{found.id}",
        )
    )
