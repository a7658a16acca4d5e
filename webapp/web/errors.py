"""A page of our own for whatever goes wrong; each says what happened and what to do now."""

import re
from logging import Formatter, LogRecord

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.db import UNAVAILABLE, db
from webapp.errors import Gone, NotFound, Refused, TooManyTries
from webapp.formats.private_links import masked
from webapp.web import logs

PAGES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "wrong_method",
    410: "gone",
    413: "too_large",
    429: "too_many",
    500: "fault",
    503: "unavailable",
}
TURNED_AWAY = {400: "a form that is none of ours", 429: "too many tries"}
# What could begin a line of its own in the log, or hide one.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# PostgreSQL adds the row it refused, or the key that was taken.
DETAIL = re.compile(r"^DETAIL: .*?(?=^CONTEXT:|^\[SQL:|^The above|\Z)", re.MULTILINE | re.DOTALL)


def init_app(app: Flask) -> None:
    app.logger.addFilter(discreet)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Gone, gone)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(TooManyTries, too_many)
    app.register_error_handler(CSRFError, open_too_long)
    app.register_error_handler(InternalServerError, fault)
    app.register_error_handler(HTTPException, plain)
    for trouble in UNAVAILABLE:
        app.register_error_handler(trouble, unavailable)


def discreet(record: LogRecord) -> bool:
    """The log says what failed and where, without private links and what people told us, and
    whatever somebody put into an address stays on the line it is on."""
    says = UNSEEN.sub(lambda unseen: repr(unseen[0])[1:-1], masked(record.getMessage()))
    record.msg, record.args = says, ()
    if record.exc_info:
        record.exc_text = masked(DETAIL.sub("", Formatter().formatException(record.exc_info)))
    return True


def not_found(error: NotFound) -> ResponseReturnValue:
    if "token" in (request.view_args or {}):
        logs.turned_away("a link that we never made")
    return page(404)


def gone(error: Gone) -> ResponseReturnValue:
    return page(410, reason=str(error))


def refused(error: Refused) -> ResponseReturnValue:
    return page(409, "refused", reason=str(error))


def too_many(error: TooManyTries) -> ResponseReturnValue:
    return page(429, reason=str(error))


def open_too_long(error: CSRFError) -> ResponseReturnValue:
    return page(400, "open_too_long", typed=typed())


def signed_out() -> ResponseReturnValue:
    """Somebody was at a form when their time was over."""
    return page(403, "signed_out", typed=typed())


def typed() -> list[tuple[str, str]]:
    """What was typed, to be handed back and sent again, but only to one of our own pages.

    A stranger's page could otherwise put words in somebody's mouth and leave them the button.
    """
    sent = list(request.form.items(multi=True)) if _came_from_us() else []
    if any("password" in name for name, _ in sent):
        return []
    return [(name, value) for name, value in sent if name != "csrf_token"]


def fault(error: InternalServerError) -> ResponseReturnValue:
    return page(500)


def unavailable(error: Exception) -> ResponseReturnValue:
    # Flask logs what nobody handles; this is handled, and the operator must still hear of it.
    current_app.logger.error("The database did not answer", exc_info=error)
    return page(503)


def plain(error: HTTPException) -> ResponseReturnValue:
    """Any other answer of the web itself, with its headers (Allow, Retry-After)."""
    code = error.code or 500
    answer = page(code, reason=None if code in PAGES else error.description)
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return *answer, headers


def page(code: int, name: str | None = None, **words: object) -> tuple[str, int]:
    """The page for `code`. Whatever the request had begun is undone before anything is read."""
    db.session.rollback()
    g.pop("partnership", None)
    if code in TURNED_AWAY:
        logs.turned_away(TURNED_AWAY[code])
    template = name or PAGES.get(code, "other")
    return render_template(f"errors/{template}.html", code=code, **words), code


def _came_from_us() -> bool:
    return request.headers.get("Origin") == request.host_url.rstrip("/")
