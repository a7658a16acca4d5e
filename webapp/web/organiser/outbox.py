"""The outbox as organisers see it: what was sent, what waits, what failed and in which words."""

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import NotFound
from webapp.formats import letters, private_links
from webapp.models import Email
from webapp.services import audit, correspondence
from webapp.services import outbox as messages
from webapp.services.correspondence import Standing
from webapp.web.files import attached
from webapp.web.organiser import identity, watch
from webapp.web.organiser.asked import page_number, same_list, text, word
from webapp.web.organiser.blueprint import bp

# Who opens these becomes the organiser they were written to; not for colleagues, in no setting.
OPEN_AN_ACCOUNT = {"organiser_invited", "password_forgotten"}


@bp.get("/outbox")
def outbox() -> ResponseReturnValue:
    which, said = word(Standing, "standing"), text("q")
    page = render_template(
        "organiser/outbox.html",
        found=correspondence.messages(which, said, page_number()),
        which=which,
        text=said,
        again=same_list("standing", "q"),
        standing=correspondence.standing,
    )
    watch.saw("saw the outbox")
    return page


@bp.get("/outbox/<int:email_id>")
def email(email_id: int) -> ResponseReturnValue:
    """The message. Its private links are hidden, unless mail never leaves this machine anyway."""
    found = correspondence.get(email_id)
    letter = letters.read(found.message) if found.message else None
    live = _shows_links(found)
    page = render_template(
        "organiser/email.html",
        email=found,
        standing=correspondence.standing(found),
        letter=letter,
        live=live,
        masked=private_links.masked,
    )
    watch.saw("read a message", detail=f"Message {found.id}")
    return page


@bp.get("/outbox/<int:email_id>.eml")
def email_file(email_id: int) -> Response:
    """The message byte for byte, only where mail is written to this machine's disk."""
    found = correspondence.get(email_id)
    if found.message is None or not _shows_links(found):
        raise NotFound("There is no such file.")
    answer = attached(found.message, "message/rfc822", f"message-{found.id}.eml")
    watch.saw("downloaded a message", detail=f"Message {found.id}")
    return answer


@bp.post("/outbox/<int:email_id>/try-again")
def try_again(email_id: int) -> ResponseReturnValue:
    now = clock.now()
    found = correspondence.get(email_id)
    messages.try_again(found, now=now)
    audit.record(identity.me(), "had a message tried again", detail=f"Message {found.id}", now=now)
    db.session.commit()
    flash("The message is in the queue again.", "success")
    return redirect(url_for(".email", email_id=found.id))


def _shows_links(email: Email) -> bool:
    return not current_app.config["SMTP_URL"] and email.kind not in OPEN_AN_ACCOUNT
