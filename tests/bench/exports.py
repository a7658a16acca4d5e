"""The memory that a file of bookings takes while it goes out, at ten times the bookings.

    python -m tests.bench.exports

1,500 bookings and then ten times as many, on SQLite in a temporary folder, read to the end through
werkzeug's test client in this process. Counted is what Python holds at most beyond what it held
before (tracemalloc). A ratio of 1 is a file that is never whole in memory; of 10, one that is.
"""

import tracemalloc
from collections.abc import Mapping
from datetime import timedelta
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from flask_migrate import upgrade

from tests.bench.desk import REACH, Desk
from tests.bench.organiser import signed_in

SIZES = (1, 10)
ROW = "{:<28}{:>12}{:>12}{:>13}{:>13}{:>8}"


def main() -> None:
    with TemporaryDirectory() as folder:
        less, more = (measure(size, folder) for size in SIZES)
    print(ROW.format("", "bytes", "at 10x", "1x, kB", "10x, kB", "ratio"))
    for name in less:
        (few, before), (many, after) = less[name], more[name]
        print(ROW.format(name, few, many, before, after, f"{after / before:.1f}"))


def measure(size: int, folder: str) -> Mapping[str, tuple[int, int]]:
    """The bytes of each file, and the kilobytes held for it, by its name."""
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
        from tests.conftest import NOW

        clock.now = lambda: NOW
        desk = fill(size)
        client = signed_in(app, desk)
        db.session.remove()
        will_write(False)
        found = {name: held(client, path) for name, path in files(desk).items()}
        db.engine.dispose()
    return found


def files(desk: Desk) -> Mapping[str, str]:
    from tests.conftest import NOW
    from webapp.formats import bookings_list

    first, last = (NOW + sign * timedelta(days=REACH + 1) for sign in (-1, 1))
    days = f"{first:first=%d&first=%m&first=%Y}&{last:last=%d&last=%m&last=%Y}"
    lists = {
        "bookings of a period": (f"/organiser/bookings/export?{days}", bookings_list.BOOKINGS),
        "attendees of a date": (
            f"/organiser/dates/{desk.date}/attendees/export?q=example",
            bookings_list.ATTENDEES,
        ),
        "register of a date": (
            f"/organiser/dates/{desk.date}/register/export?",
            bookings_list.REGISTER,
        ),
    }
    return {
        f"{name}, {ending}": f"{path}&state=all&as={ending}"
        + "".join(f"&columns={column}" for column in columns.offered)
        for name, (path, columns) in lists.items()
        for ending in ("csv", "xlsx")
    }


def held(client: FlaskClient, path: str) -> tuple[int, int]:
    client.get(path).close()  # what is kept for the next time is no part of it
    tracemalloc.start()
    answer = client.get(path)
    assert "attachment" in answer.headers["Content-Disposition"], path
    length = sum(len(piece) for piece in answer.iter_encoded())
    answer.close()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return length, most // 1024


if __name__ == "__main__":
    main()
