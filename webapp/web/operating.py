"""For the machines that watch over this one: nothing here is about anybody."""

import hmac
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import UNAVAILABLE, db, is_up_to_date
from webapp.formats.metrics import MEDIA_TYPE, gauge
from webapp.services import health

bp = Blueprint("operating", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers, whatever the database does: restarting it would mend nothing else."""
    return _plain("ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """People can be sent here: the database answers, and has the tables of this version."""
    try:
        if is_up_to_date():
            return _plain("ok")
    except UNAVAILABLE:
        db.session.rollback()
        return _plain("The database cannot be used now.", 503)
    return _plain("The database does not have the tables of this version.", 503)


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Of the whole installation, not of one web process, so it does not matter which is asked."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        abort(404)
    mails = health.mail_queue(clock.now())
    waiting = {"waiting": mails.waiting, "overdue": mails.overdue, "given_up": mails.given_up}
    seen = health.worker_seen_at(Path(current_app.instance_path))
    backup = health.backed_up_at(current_app.config["BACKUPS"])
    states = health.bookings_by_state()
    gauges = [
        gauge("training_bookings", "Bookings by their state.", states),
        gauge("training_mails", "Mails not sent: waiting, overdue of those, given up.", waiting),
        gauge("training_worker_seen_seconds", "Since the worker went round.", _age(seen)),
        gauge("training_backup_age_seconds", "Since the newest backup.", _age(backup)),
    ]
    return Response("".join(gauges), content_type=MEDIA_TYPE)


def _age(moment: datetime | None) -> dict[str, float]:
    """No value where there is none: an alert asks for `absent`."""
    return {} if moment is None else {"": round((clock.real_now() - moment).total_seconds())}


def _plain(words: str, status: int = 200) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")
