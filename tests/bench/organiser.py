"""What the organisers' lists cost when ten times as much is in them, both measured in one run.

    python -m tests.bench.organiser

60 dates with 1,500 bookings, and then ten times as many of both; see `desk`. Asked through
werkzeug's test client in this one process, on SQLite in a temporary folder: no network, no server.
Times are those of the processor, the best of several. A ratio of 1 is a page that does not mind how
much there is; of 10, one that reads it all. The queries should be as many in both.
"""

import sys
import time
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from time import process_time

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from tests.bench.desk import Desk

SIZES = (1, 10)
ROW = "{:<34}{:>9}{:>9}{:>11}{:>11}{:>8}"
PAGES = {
    "first page": "/organiser/",
    "first page, a term": "/organiser/?term=2025-summer",
    "past dates": "/organiser/dates/past",
    "attendees": "/organiser/dates/{date}/attendees",
    "attendees, everybody by agency": "/organiser/dates/{date}/attendees?state=all&sort=agency",
    "attendees, searched": "/organiser/dates/{date}/attendees?q=example+2",
    "access needs": "/organiser/dates/{date}/access-needs",
    "register": "/organiser/dates/{date}/register",
    "the rest of a register": "/organiser/dates/{date}/register/rest",
    "certificates": "/organiser/dates/{date}/certificates",
    "evaluation": "/organiser/dates/{date}/evaluation",
    "messages": "/organiser/dates/{date}/messages",
    "details": "/organiser/dates/{date}/details",
    "a booking": "/organiser/bookings/{booking}",
    "registers to mark": "/organiser/registers",
    "registers": "/organiser/registers?show=all",
    "courses": "/organiser/courses",
    "a course": "/organiser/courses/{course}",
    "evaluation of a course": "/organiser/courses/{course}/evaluation",
    "interested in a course": "/organiser/courses/{course}/interests",
    "drafts": "/organiser/dates/drafts",
    "copy last year's programme": "/organiser/programme/copy",
    "venues": "/organiser/venues",
    "search, people": "/organiser/search?q=example+2&what=people",
    "search, dates": "/organiser/search?q=safeguarding&what=dates",
    "search, courses": "/organiser/search?q=course&what=courses",
    "outbox": "/organiser/outbox",
    "outbox, given up": "/organiser/outbox?standing=given-up",
    "outbox, searched": "/organiser/outbox?q=person2",
    "audit log": "/organiser/audit",
    "audit log, searched": "/organiser/audit?what=cancelled",
    "report": "/organiser/report",
    "how well seats are filled": "/organiser/seats",
    "requests to erase": "/organiser/erasures",
    "news": "/organiser/news",
    "people who sign in": "/organiser/people",
    "agencies": "/organiser/settings/agencies",
    "download bookings": "/organiser/bookings/export",
}


def main() -> None:
    found = {}
    with TemporaryDirectory() as folder:
        for size in SIZES:
            found[size] = measure(size, folder)
    less, more = (found[size] for size in SIZES)
    print(ROW.format("", "queries", "at 10x", "1x, ms", "10x, ms", "ratio"))
    for name in PAGES:
        (before, fast), (after, slow) = less[name], more[name]
        marked = str(after) if after == before else f"{after} !"
        print(ROW.format(name, before, marked, f"{fast:.1f}", f"{slow:.1f}", f"{slow / fast:.1f}"))


def measure(size: int, folder: str) -> Mapping[str, tuple[int, float]]:
    """The queries and the milliseconds of each page, by its name."""
    from webapp import clock, create_app
    from webapp.db import db, will_write

    app = create_app(
        {
            "SECRET_KEY": "the key of this measurement, and of nothing else",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/{size}.db",
        }
    )
    with app.app_context():
        upgrade()
        will_write()
        from tests.bench.desk import fill
        from tests.conftest import NOW, Client

        clock.now = lambda: NOW
        desk = fill(size)
        app.test_client_class = Client
        client = signed_in(app, desk)
        db.session.remove()
        will_write(False)
        found = {name: asked(client, path, desk) for name, path in PAGES.items()}
        db.engine.dispose()
    return found


def signed_in(app: Flask, desk: Desk) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = desk.organiser.fs_uniquifier
        session["_fresh"], session["fs_paa"] = True, time.time()
    return client


def asked(client: FlaskClient, path: str, desk: Desk) -> tuple[int, float]:
    from tests.queries import counted

    address = path.format(date=desk.date, course=desk.course, booking=desk.booking)
    with counted() as sent:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    times = []
    for _ in range(5):
        start = process_time()
        client.get(address)
        times.append(1000 * (process_time() - start))
    return len(sent), min(times)


if __name__ == "__main__":
    sys.exit(main())
