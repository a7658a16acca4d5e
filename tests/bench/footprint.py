"""What the web server takes: the time to its first answer, and the memory of each of its processes.

    python -m tests.bench.footprint

Gunicorn as docs/operating.md starts it, with the real clock of a day in April 2025, on SQLite in a
temporary folder: 600 dates and 15,000 bookings, a date with 3,000 among them. Seconds go from the
start of the program to the first 200 of GET /, the best of five; what Python compiled is kept from
one start to the next, as in an installation. Megabytes are what the kernel says of each process
(Linux): resident, and its share, where what several hold together counts in part. They are taken
after that first answer; after each of the pages was asked for many times, eight at once; and after
two files that most processes are never asked for, whose libraries come with the first of them.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import NamedTuple
from urllib.error import URLError

from flask_migrate import upgrade

from tests.ports import free_port

STARTS, AT_ONCE, ROUNDS, SIZE = 5, 8, 12, 10
PATIENCE = 60
NEVER_COMPILED = "PYTHONDONTWRITEBYTECODE"
KEY = "the key of this measurement, and of nothing else"
PAGES = (
    "/",
    "/dates/{date}",
    "/dates/{date}.ics",
    "/programme.ics",
    "/organiser/dates/{over}/attendees",
    "/organiser/dates/{over}/attendees/export?state=all&as=csv&columns=name&columns=email",
)
FILES = (
    "/organiser/dates/{over}/attendees/export?state=all&as=xlsx&columns=name&columns=email",
    "/organiser/dates/{date}/sign-in-sheet.pdf",
)
ROW = "{:<44}{:>12}{:>12}"


class Memory(NamedTuple):
    """Megabytes of a process."""

    resident: float
    share: float


def workers(server: int) -> list[int]:
    """The processes that answer, of the server with this number."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def memory(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
    return Memory(kilobytes["Rss:"] / 1000, kilobytes["Pss:"] / 1000)


@contextmanager
def started(environment: Mapping[str, str], port: int) -> Iterator[tuple[int, float]]:
    """Gunicorn with these settings: its number, and the seconds until GET / was answered."""
    # An installation compiles its code once, not at each start.
    kept = {name: value for name, value in environment.items() if name != NEVER_COMPILED}
    begins = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}",
         "--workers", "2", "--threads", "4", "--log-level", "warning", "--no-control-socket"],
        env=kept,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/", begins + PATIENCE)
        yield server.pid, time.monotonic() - begins
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(address: str, ends: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except URLError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.01)


def main() -> None:
    with TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WEBAPP_")},
            "WEBAPP_INSTANCE": folder,
            "WEBAPP_SECRET_KEY": KEY,
            "WEBAPP_BASE_URL": f"http://127.0.0.1:{port}",
            "WEBAPP_TODAY": "2025-04-17",
            # Everybody comes from a network of their own, since so many from one are refused.
            "WEBAPP_PROXIES": "1",
        }
        house = _filled(environment)
        seconds = []
        for _ in range(STARTS - 1):
            with started(environment, port) as (_, first_answer):
                seconds.append(first_answer)
        with started(environment, port) as (server, first_answer):
            seconds.append(first_answer)
            print(f"First answer {min(seconds):.2f} s after the start (each: {_listed(seconds)})")
            print(ROW.format("", "resident, MB", "share, MB"))
            _print(server, "after the first answer")
            _ask(house, [*PAGES, "book"] * ROUNDS)
            _print(server, f"after {ROUNDS * AT_ONCE} of each page")
            _ask(house, FILES)
            _print(server, "and after a spreadsheet and a PDF")


def _listed(seconds: list[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in seconds)


def _print(server: int, when: str) -> None:
    for number, pid in enumerate(workers(server), 1):
        taken = memory(pid)
        row = (f"process {number} {when}", f"{taken.resident:.0f}", f"{taken.share:.0f}")
        print(ROW.format(*row))


def _filled(environment: dict[str, str]) -> SimpleNamespace:
    """The desk, and what it takes to ask for its pages: addresses, a cookie, an agency."""
    os.environ["WEBAPP_INSTANCE"] = environment["WEBAPP_INSTANCE"]
    from tests.bench.desk import fill
    from tests.bench.organiser import signed_in
    from tests.conftest import NOW
    from tests.makers import make_date
    from webapp import clock, create_app
    from webapp.db import db, will_write

    app = create_app({"SECRET_KEY": KEY, "BASE_URL": environment["WEBAPP_BASE_URL"]})
    with app.app_context():
        upgrade()
        will_write()
        clock.now = lambda: NOW
        desk = fill(SIZE)
        date = make_date(capacity=ROUNDS * AT_ONCE // 2)
        cookie = signed_in(app, desk).get_cookie("session")
        found = SimpleNamespace(
            environment=environment, over=desk.date, date=date.id, agency=1, cookie=cookie.value
        )
        db.session.remove()
        db.engine.dispose()
    return found


def _ask(house: SimpleNamespace, pages: list[str]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as people:
        for one in [people.submit(_go_round, house, pages, n) for n in range(AT_ONCE)]:
            one.result()


def _go_round(house: SimpleNamespace, pages: list[str], person: int) -> None:
    from tests.faults.people import YES, Browser
    from tests.people import FORM

    for number, page in enumerate(pages):
        browser = Browser(house, f"10.9.{person}.{number % 250}")
        if page == "book":
            path, email = f"/dates/{house.date}/book", f"new{person}.{number}@agency.example"
            assert browser.look(path), path
            became, _ = browser.press(path, {**FORM, "email": email, "agency": house.agency})
            assert became == YES, became
        else:
            path = page.format(**vars(house))
            if path.startswith("/organiser/"):
                browser.opener.addheaders.append(("Cookie", f"session={house.cookie}"))
            with browser.opener.open(browser.address + path, timeout=PATIENCE) as answer:
                while answer.read(100_000):
                    pass


if __name__ == "__main__":
    main()
