"""What calendars cost, beside a bare Flask view that returns the same bytes in the same run.

    python -m tests.bench.feeds [NUMBER OF DATES ...]

Asked through werkzeug's test client in this one process, on SQLite in a temporary folder: no
network, no server. Times are those of the processor, the best of several, so that whatever else the
machine does counts little. A ratio of 5 is five times the time of the bare view. Nothing is kept
for "cold"; for "after one change" one date has changed since; "warm" and "304" come after that.
"""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from tempfile import TemporaryDirectory
from time import process_time

from flask import Flask, Response
from flask_migrate import upgrade

SIZES = (500, 5000)
ROW = "{:<34}{:>9}{:>12}{:>12}{:>10}"


def main(sizes: Sequence[int]) -> None:
    with TemporaryDirectory() as folder:
        os.environ["WEBAPP_INSTANCE"] = folder
        print(ROW.format("", "bytes", "bare, ms", "ours, ms", "ratio"))
        for size in sizes:
            measure(size, folder)


def measure(size: int, folder: str) -> None:
    from webapp import clock, create_app
    from webapp.db import db, will_write

    app = create_app(
        {
            "SECRET_KEY": "the key of this measurement, and of nothing else",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/{size}.db",
            "BASE_URL": "https://training.example",
        }
    )
    with app.app_context():
        upgrade()
        will_write()
        from tests.conftest import NOW
        from tests.makers import make_many_dates, make_organiser, make_partnership
        from webapp.services import calendars, links, partnership

        clock.now = lambda: NOW + timedelta(hours=1)
        make_partnership()
        # From six years back, as after some years of training, to as far ahead.
        first = NOW - timedelta(days=2200)
        dates = make_many_dates(size, first=first, apart=timedelta(days=4400) / size)
        coming = dates[size // 2 + 1].id
        organiser = make_organiser()
        db.session.commit()
        staff = f"/calendars/{links.staff_feed_token(links.ALL_DATES, organiser)}/all-dates.ics"

        def export() -> bytes:
            db.session.rollback()
            return calendars.export(partnership.get(), now=clock.now())

        print(f"\n{size} dates")
        asked(app, "programme feed", "/programme.ics", coming)
        asked(app, "organisers' feed", staff, coming)
        asked(app, "download of one date", f"/dates/{coming}.ics", coming)
        exported(app, export, coming)
        db.session.remove()
        db.engine.dispose()


def asked(app: Flask, name: str, path: str, changed: int) -> None:
    from webapp.formats import calendar_cache

    client = app.test_client()

    def ask(**headers: str) -> Response:
        return client.get(path, headers={key.replace("_", "-"): v for key, v in headers.items()})

    calendar_cache.forget()
    body = ask().data
    bare = bare_view(body)
    line(f"{name}, cold", body, bare, timed(ask, before=calendar_cache.forget, times=3))
    line(f"{name}, after one change", body, bare, timed(ask, before=change(changed), times=5))
    ask()
    line(f"{name}, warm", body, bare, timed(ask))
    etag = ask().headers["ETag"]
    assert ask(If_None_Match=etag).status_code == 304
    line(f"{name}, 304", b"", bare_view(b""), timed(lambda: ask(If_None_Match=etag)))


def exported(app: Flask, export: Callable[[], bytes], changed: int) -> None:
    from webapp.formats import calendar_cache

    calendar_cache.forget()
    body = export()
    bare = bare_view(body)
    cold = timed(export, before=calendar_cache.forget, times=2)
    line("all dates in one file, cold", body, bare, cold)
    export()
    after = timed(export, before=change(changed), times=5)
    line("all dates in one file, one change", body, bare, after)


def change(date_id: int) -> Callable[[], None]:
    """One date changes, each time later; two hours ago at first, so that it has settled."""
    from webapp import clock
    from webapp.db import db
    from webapp.models import CourseDate

    def once() -> None:
        date = db.session.get(CourseDate, date_id)
        latest = max(date.updated_at, clock.now() - timedelta(minutes=50))
        date.revise(now=latest + timedelta(seconds=1))
        db.session.commit()

    return once


def bare_view(body: bytes) -> float:
    """Milliseconds of a Flask application that knows nothing but these bytes."""
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: Response(body, mimetype="text/calendar"))
    client = bare.test_client()
    return timed(lambda: client.get("/"))


def timed(
    what: Callable[[], object], before: Callable[[], object] | None = None, times: int = 60
) -> float:
    """The best of so many measurements, in milliseconds."""
    found = []
    for _ in range(times):
        if before is not None:
            before()
        start = process_time()
        what()
        found.append(1000 * (process_time() - start))
    return min(found)


def line(name: str, body: bytes, bare: float, ours: float) -> None:
    print(ROW.format(name, len(body), f"{bare:.2f}", f"{ours:.2f}", f"{ours / bare:.1f}"))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
