"""A change that nobody was told of, undone by the button beside the words that it is done."""

from datetime import datetime

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.errors import Refused
from webapp.models import AuditLine
from webapp.services import undoing
from webapp.services.row_states import States
from webapp.web.organiser import identity
from webapp.web.organiser.blueprint import bp
from webapp.web.organiser.sign_in import destination

UNDONE = "Undone: all is as it was before."


def offer(was: States, *lines: AuditLine, now: datetime) -> None:
    """A button beside the words that this is done, where there is a way back. Before the commit."""
    undo_id = undoing.remember(was, *lines, now=now)
    if undo_id is not None:
        flash(str(undo_id), "undo")


@bp.post("/undo/<int:undo_id>")
def undo(undo_id: int) -> ResponseReturnValue:
    try:
        undoing.undo(undo_id, identity.me(), now=clock.now())
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        db.session.commit()
        flash(UNDONE, "success")
    return redirect(destination(identity.me(), request.form.get("next")))
