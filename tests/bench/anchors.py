"""What pages are compared with: the least that Flask can do for the same answer.

Served beside the product by the same gunicorn command, `tests.bench.anchors:app`. Each page of
`BENCH_PAGES` is asked of the product once, at the start, and then there are of it

    /bytes/NUMBER   a view that returns the bytes it had
    /same/NUMBER    a view that renders its template from the values it had
    /constant       a view that renders a template of 10 kB of constants
    /wsgi           the same 10 kB without Flask
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, g, render_template
from flask.signals import template_rendered

from webapp import create_app
from webapp.db import db

CONSTANT = (
    "<p>" + "All of this is always the same, and nothing has to be looked up. " * 150 + "</p>"
)
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(CONSTANT)))]


def anchors(paths: Iterable[str]) -> Flask:
    product = create_app()
    bare = Flask("bare")
    bare.add_url_rule("/healthz", "alive", lambda: "ok")
    constant = product.jinja_env.from_string(CONSTANT)
    bare.add_url_rule("/constant", "constant", lambda: render_template(constant))
    found = [_asked(product, path) for path in paths]
    for rule in product.url_map.iter_rules():  # for the links on the pages
        if rule.endpoint != "static":
            bare.url_map.add(rule.empty())
    for number, (answer, template, values) in enumerate(found):
        bare.add_url_rule(f"/bytes/{number}", f"bytes {number}", _same_bytes(answer))
        if template:
            view = _same_template(template, values)
            bare.add_url_rule(f"/same/{number}", f"same {number}", view)
    bare.config.update(product.config)
    bare.jinja_env = product.jinja_env
    return bare


def _asked(product: Flask, path: str) -> tuple[Response, str | None, dict[str, Any]]:
    """A page of the product with the template it is made by, and the values put into it."""
    heard: list[tuple[str | None, dict[str, Any]]] = []

    def hear(_sender: Flask, template: Any, context: dict[str, Any], **_more: Any) -> None:
        heard.append((template.name, context))
        db.session.expunge_all()  # they are values now: nobody asks a database for them again

    with template_rendered.connected_to(hear, product):
        answer = product.test_client().get(path, buffered=True)
    assert answer.status_code == 200, f"{path}: {answer.status}"
    template, values = heard[0] if heard else (None, {})
    return answer, template, values


def _same_bytes(answer: Response) -> Callable[[], Response]:
    body, kind = answer.get_data(), answer.content_type
    return lambda: Response(body, content_type=kind)


def _same_template(template: str, values: dict[str, Any]) -> Callable[[], str]:
    ready = {k: v for k, v in values.items() if k not in {"g", "request", "session"}}

    def view() -> str:
        g.partnership = ready["partnership"]
        return render_template(template, **ready)

    return view


def served(bare: Flask) -> Callable[..., Iterable[bytes]]:
    body = CONSTANT.encode()

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/wsgi":
            return bare(environ, start_response)
        start_response("200 OK", HEADERS)
        return [body]

    return application


app = (
    served(anchors(json.loads(os.environ["BENCH_PAGES"]))) if "BENCH_PAGES" in os.environ else None
)
