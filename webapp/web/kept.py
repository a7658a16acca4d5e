"""Answers that are the same for everybody, made once and sent until anything is committed.

What they say changes with a row, which somebody commits, or at a whole minute: when booking opens,
closes and a date is over. So nothing is ever sent that a new answer would not say, places included.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.db import db
from webapp.formats.kept import Kept
from webapp.services import commits
from webapp.web import logs
from webapp.web.security import csp_nonce, new_nonce

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LIMIT = 8_000_000
# What each takes besides its bytes: whoever asks for one filter after another leaves many.
BESIDE = 5_000
# A session with one of these shows on the page: somebody is signed in, or is to be told something.
SHOWN = ("_user_id", "_flashes")
# Whoever sends one of these may get another answer than everybody.
OF_SOMEBODY = ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH")
# The address that was asked for, in the words of PEP 3333.
ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
# Where a view leaves what is to be kept, for when all that guards it has been added; and where it
# finds what the database said already.
MADE, SINCE = "webapp.made", "webapp.since"


@dataclass(frozen=True)
class Made:
    """What a view answered while `since` held; `page` is its name in the code."""

    answer: Response
    since: Hashable
    page: str | None
    nonce: str


@dataclass(frozen=True)
class Answer:
    """The same as it went out; whoever else is sent it has a nonce of their own, which goes between
    the parts of the body."""

    since: Hashable
    page: str | None
    nonce: str
    headers: tuple[tuple[str, str], ...]
    parts: tuple[bytes, ...]

    def headers_with(self, nonce: str) -> list[tuple[str, str]]:
        return [(name, value.replace(self.nonce, nonce)) for name, value in self.headers]

    def body_with(self, nonce: str) -> bytes:
        return nonce.encode().join(self.parts)


answers: Kept[Hashable, Answer] = Kept(LIMIT, lambda kept: sum(map(len, kept.parts)) + BESIDE)


class Front:
    """Stands before the application and hands out what is kept. Whoever shows nothing of
    themselves is then looked at by nothing that reads sessions, forms or limits."""

    def __init__(self, app: Flask) -> None:
        self._app, self._inside = app, app.wsgi_app
        with app.app_context():
            self._engine = db.engine

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        began, key = monotonic(), _address(environ, self._app)
        kept = answers.get(key) if _is_anybody(environ) else None
        if kept is not None:
            environ[SINCE] = _since(commits.latest(self._engine))
        if kept is not None and kept.since == environ[SINCE]:
            nonce = new_nonce()
            start_response("200 OK", kept.headers_with(nonce))
            logs.tell(self._app, "GET", kept.page, 200, began)
            return [kept.body_with(nonce)]
        answer = self._inside(environ, start_response)
        if MADE in environ:
            _keep(key, environ[MADE])
        return answer


def for_everybody(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view, asked only when its answer is not kept. It may not tell one visitor from another
    but by the address; for who is signed in, or has a message waiting, it is asked every time."""

    @wraps(view)
    def answer(**arguments: object) -> ResponseReturnValue:
        if any(name in session for name in SHOWN):
            return view(**arguments)
        since = request.environ.get(SINCE) or _since(commits.latest(db.engine))
        if since is None:
            return view(**arguments)
        kept = answers.get(_address(request.environ, current_app))
        if kept is not None and kept.since == since:
            return Response(kept.body_with(csp_nonce()), headers=kept.headers)
        made = make_response(view(**arguments))
        request.environ[MADE] = Made(made, since, request.endpoint, csp_nonce())
        return made

    return answer


def init_app(app: Flask) -> None:
    app.wsgi_app = Front(app)  # type: ignore[method-assign]


def _is_anybody(environ: "WSGIEnvironment") -> bool:
    return environ["REQUEST_METHOD"] == "GET" and not any(one in environ for one in OF_SOMEBODY)


def _since(commit: Hashable | None) -> Hashable | None:
    """The same while an answer holds; None when nobody can say."""
    return commit and (commit, clock.now().replace(second=0, microsecond=0))


def _address(environ: "WSGIEnvironment", app: Flask) -> Hashable:
    return app.config["BASE_URL"], *(environ.get(part) for part in ADDRESS)


def _keep(key: Hashable, made: Made) -> None:
    """Of who was told that nothing has changed, too: the answer is whole, though it stayed here."""
    answer = made.answer
    if answer.status_code in {200, 304} and "Set-Cookie" not in answer.headers:
        headers = tuple((name, value) for name, value in answer.headers if name != "Date")
        parts = tuple(answer.get_data().split(made.nonce.encode()))
        answers.put(key, Answer(made.since, made.page, made.nonce, headers, parts))
