"""Answers that are the same for everybody, made once and sent until anything is committed.

What they say changes with a row, which somebody commits, or at a whole minute: when booking opens,
closes and a date is over. So nothing is ever sent that a new answer would not say, places included.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps

from flask import Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue

from webapp import clock
from webapp.formats.kept import Kept
from webapp.services import commits
from webapp.web.security import csp_nonce

LIMIT = 8_000_000
# What each takes besides its bytes: whoever asks for one filter after another leaves many.
BESIDE = 5_000
# A session with one of these shows on the page: somebody is signed in, or is to be told something.
SHOWN = ("_user_id", "_flashes")


@dataclass(frozen=True)
class Answer:
    """What was answered while `since` held; the nonce of its scripts goes between its parts."""

    since: Hashable
    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]


answers: Kept[Hashable, Answer] = Kept(LIMIT, lambda kept: sum(map(len, kept.parts)) + BESIDE)


def for_everybody(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view, asked only when its answer is not kept. It may not tell one visitor from another
    but by the address; for who is signed in, or has a message waiting, it is asked every time."""

    @wraps(view)
    def answer(**arguments: object) -> ResponseReturnValue:
        since = None if any(name in session for name in SHOWN) else commits.latest()
        if since is None:
            return view(**arguments)
        key = (current_app.config["BASE_URL"], request.url)
        now = (since, clock.now().replace(second=0, microsecond=0))
        kept = answers.get(key)
        if kept is not None and kept.since == now:
            return _sent(kept)
        made = make_response(view(**arguments))
        if made.status_code == 200:
            answers.put(key, _taken(made, now))
        return made

    return answer


def _taken(made: Response, since: Hashable) -> Answer:
    parts = made.get_data().split(csp_nonce().encode())
    return Answer(since, tuple(parts), tuple(made.headers.items()))


def _sent(kept: Answer) -> Response:
    return Response(csp_nonce().encode().join(kept.parts), headers=dict(kept.headers))
