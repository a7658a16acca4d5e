"""What booking a place costs: the form, its answer, and the page after it.

    python -m tests.bench.booking

Asked through werkzeug's test client in this one process, on SQLite in a temporary folder: no
network, no server. Times are those of the processor, the best of many, beside a bare Flask view
that renders 10 kB of constants in the same run. Everybody who books is somebody new; then the same
people book once more, which has to take as long.
"""

import sys
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from time import process_time

from flask import Flask, Response, render_template
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import DictLoader

from tests.web.reading import TOKEN

TIMES = 40
STEPS = ("the form", "the answer", "the page after it")
ROW = "{:<34}{:>9}{:>9}{:>9}"

Cost = tuple[int, float]


def main() -> None:
    bare = bare_view()
    print(ROW.format("", "queries", "ms", "ratio"))
    line("a bare page of 10 kB", (0, bare), bare)
    with TemporaryDirectory() as folder:
        for who, costs in measure(folder).items():
            for name, cost in zip(STEPS, costs, strict=True):
                line(f"{who}: {name}", cost, bare)
            queries, times = zip(*costs, strict=True)
            line(f"{who}: all three", (sum(queries), sum(times)), bare)


def line(name: str, cost: Cost, bare: float) -> None:
    queries, took = cost
    print(ROW.format(name, queries, f"{took:.2f}", f"{took / bare:.1f}"))


def measure(folder: str) -> dict[str, list[Cost]]:
    """The queries and the milliseconds of each step, by who books."""
    from webapp import clock, create_app
    from webapp.db import db, will_write

    app = create_app(
        {
            "SECRET_KEY": "the key of this measurement, and of nothing else",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/booking.db",
        }
    )
    with app.app_context():
        upgrade()
        will_write()
        from tests.bench.desk import fill
        from tests.conftest import NOW, Client
        from tests.makers import make_agency, make_date

        clock.now = lambda: NOW
        fill(1)
        page, agency = f"/dates/{make_date(capacity=None).id}", make_agency().id
        db.session.remove()
        will_write(False)
        app.test_client_class = Client
        # The first fills what is kept of statements and templates.
        booked(app.test_client(), page, agency, TIMES)
        found = {}
        for who in ("new", "known"):
            runs = [booked(app.test_client(), page, agency, number) for number in range(TIMES)]
            found[who] = [best(costs) for costs in zip(*runs, strict=True)]
        db.engine.dispose()
    return found


def best(costs: Sequence[Cost]) -> Cost:
    """The most queries, and the least time."""
    return max(queries for queries, _ in costs), min(took for _, took in costs)


def booked(client: FlaskClient, page: str, agency: int, number: int) -> list[Cost]:
    """One whole booking of this person, at a computer of their own, by which limits are counted."""
    from tests.people import FORM

    client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
    form, opened = asked(lambda: client.get(f"{page}/book"), 200)
    token = TOKEN.search(form.text)
    assert token, form.text
    email = f"newcomer{number}@agency.example"
    typed = {**FORM, "csrf_token": token[1], "email": email, "agency": agency}
    _, answered = asked(lambda: client.post(f"{page}/book", data=typed), 302)
    _, told = asked(lambda: client.get(f"{page}/written"), 200)
    return [opened, answered, told]


def asked(ask: Callable[[], Response], status: int) -> tuple[Response, Cost]:
    from tests.queries import counted

    with counted() as sent:
        start = process_time()
        answer = ask()
        took = 1000 * (process_time() - start)
    assert answer.status_code == status, answer.text
    return answer, (len(sent), took)


def bare_view() -> float:
    """Milliseconds of a Flask application that knows one template of constants."""
    bare = Flask("bare")
    words = "<p>{{ 'Some words' }} of a page that stays as it is.</p>\n"
    bare.jinja_loader = DictLoader({"page.html": words * 200})
    bare.add_url_rule("/", view_func=lambda: render_template("page.html"))
    client = bare.test_client()
    times = []
    for _ in range(5 * TIMES):
        start = process_time()
        client.get("/")
        times.append(1000 * (process_time() - start))
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
