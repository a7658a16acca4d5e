"""What the log says besides faults: who was turned away, and by one setting every request as JSON:
which page, never whose."""

import logging
from time import monotonic
from typing import TextIO, cast

from flask import Flask, Response, current_app, g, request
from flask.logging import default_handler, wsgi_errors_stream

from webapp import clock
from webapp.formats import log_line

FOR_PEOPLE, WITH_ZONE = "[%(asctime)s] %(levelname)s: %(message)s", "%Y-%m-%d %H:%M:%S %z"


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """What went wrong was made discreet before, where the log takes it in."""
        facts = dict(getattr(record, "facts", {}))
        if record.exc_info:
            facts["trace"] = record.exc_text or self.formatException(record.exc_info)
        at, level = clock.real_now(), record.levelname.lower()
        return log_line.written(at, level, record.getMessage(), **facts)


def init_app(app: Flask) -> None:
    if app.config["LOG"] != "json":
        default_handler.setFormatter(logging.Formatter(FOR_PEOPLE, WITH_ZONE))
        return
    handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
    handler.setFormatter(Lines())
    app.logger.handlers[:] = [handler]
    app.logger.setLevel(logging.INFO)
    app.logger.propagate = False
    app.before_request(_begin)
    app.after_request(_tell)


def turned_away(why: str, account: int | None = None) -> None:
    """Somebody was refused: why, on which page, and the number of an account if it was about one.

    Where from is in no log of ours; tries are counted under a keyed digest of it.
    """
    facts = {"page": request.endpoint, "why": why, "account": account}
    whose = f", account {account}" if account else ""
    says = f"Turned away from {request.endpoint}: {why}{whose}"
    current_app.logger.warning(says, extra={"facts": facts})


def _begin() -> None:
    g.began = monotonic()


def _tell(response: Response) -> Response:
    """The page by its name in the code: its address could have a private link in it, or a name
    that an organiser looked for."""
    tell(current_app, request.method, request.endpoint, response.status_code, g.began)
    return response


def tell(app: Flask, method: str, page: str | None, status: int, began: float) -> None:
    """A line about a request, where the setting asks for one; `began` by the monotonic clock."""
    if app.config["LOG"] == "json":
        ms = round((monotonic() - began) * 1000)
        facts = {"method": method, "page": page, "status": status, "ms": ms}
        app.logger.info("request", extra={"facts": facts})
