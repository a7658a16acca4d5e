"""How a calendar is answered: written only when it is not kept, and as unchanged to who has it."""

from collections.abc import Callable, Hashable
from datetime import datetime
from hashlib import sha256

from flask import Flask, Response, current_app, request

from webapp.formats import calendar_cache
from webapp.formats.calendar_cache import Answer
from webapp.services.editions import Edition


def answered(
    what: Hashable,
    edition: Edition,
    write: Callable[[], tuple[bytes, str]],
    *,
    now: datetime,
    attachment: bool = False,
    is_private: bool = False,
) -> Response:
    """This calendar, whose bytes and file name `write` makes.

    An ETag alone says that a reader has these bytes. A date cannot: two changes may fall into one
    second, and what is withdrawn or moved elsewhere leaves no later one behind.
    """
    key = (current_app.config["BASE_URL"], what)
    kept = calendar_cache.answers.get(key)
    if kept is None or kept.edition != edition.stamps:
        body, filename = write()
        kept = Answer(edition.stamps, body, filename, sha256(body).hexdigest()[:32])
        if edition.is_settled(now):
            calendar_cache.answers.put(key, kept)
    return _sent(kept, edition.changed, attachment, is_private)


def _sent(kept: Answer, changed: datetime, attachment: bool, is_private: bool) -> Response:
    answer = Response(kept.body, mimetype="text/calendar")
    disposition = "attachment" if attachment else "inline"
    answer.headers["Content-Disposition"] = f'{disposition}; filename="{kept.filename}"'
    answer.set_etag(kept.etag)
    answer.last_modified = changed
    answer.cache_control.max_age = 0
    answer.cache_control.must_revalidate = True
    if not is_private:
        answer.cache_control.public = True
    else:
        answer.cache_control.private = True
        answer.headers["X-Robots-Tag"] = "noindex"
        answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def init_app(app: Flask) -> None:
    app.after_request(shorten)


def shorten(answer: Response) -> Response:
    """Only "unchanged" for who names the bytes they have; see RFC 9110 13.1.2."""
    if answer.mimetype == "text/calendar" and request.if_none_match:
        answer.make_conditional(request)
    return answer
