"""How fast the product answers, beside the least that Flask and the machine can do in the same run.

    python -m tests.bench [SECONDS FOR EACH FIGURE, 3 unless told]

200 courses, 2,000 dates and 100,000 bookings on SQLite in a temporary folder, served by gunicorn
with two workers; asked over 1, 8 and 32 connections by a program on the same machine, which takes
its part of the processor from all alike. `anchors` says what stands beside it. A share of 1.0 is as
fast as the anchor. Where a page has to be made anew for each visitor ("made anew"), each asks for
it under an address nobody asked for before.
"""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench.house import House, built
from tests.bench.newcomers import REQUESTS, booking
from tests.bench.visitors import Script, again_and_again, etag_of, never_twice, speed
from tests.servers import Server, served

CONNECTIONS = (1, 8, 32)
GROWTH = 1.3
ROWS_A_SECOND = 20_000
LINE = "{:<34}" + "{:>9}" * 3 + "  {}"
COMMITS = 500


@dataclass(frozen=True)
class Asked:
    """Something the product is asked for, and the least share of each anchor it is to reach."""

    name: str
    script: Callable[[int], Script]
    wanted: Mapping[str, float] = field(default_factory=dict)
    requests: int = 1


# By what is said of them: what the bare server is asked for.
TEN = "10 kB of constants"
ANCHORS = {
    "bare WSGI, the same 10 kB": "/wsgi",
    TEN: "/constant",
    "programme's template": "/same/0",
    "date page's template": "/same/1",
    "the programme's bytes": "/bytes/0",
    "the file's bytes": "/bytes/2",
    "the feed's bytes": "/bytes/3",
}


def main(seconds: float) -> None:
    print(machine())
    with TemporaryDirectory() as name:
        folder = Path(name)
        small, large = built(folder / "small", 1), built(folder / "large", 10)
        date = large.paths["date page"]
        pages = ["/", date, f"{date}.ics", "/programme.ics"]
        with (
            served("wsgi:app", large.settings) as ours,
            served(
                "tests.bench.anchors:app", large.settings, BENCH_PAGES=json.dumps(pages)
            ) as bare,
        ):
            compared(large, ours, bare, seconds)
            streamed(large, ours)
            with served("wsgi:app", small.settings) as less:
                grown((small, less), (large, ours), seconds)
        print(f"\nSingle rows that the database commits: {commits(folder):,.0f} a second")


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [one.partition(": ")[2] for one in lines if one.startswith("model name")]
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    return f"{os.cpu_count()} cores of {names[0]}, Python {python}, SQLite {sqlite}\n"


def compared(house: House, ours: Server, bare: Server, seconds: float) -> None:
    print(LINE.format("a second, over connections", *CONNECTIONS, ""))
    rates = {}
    for name, path in ANCHORS.items():
        rates[name] = _rates(bare, again_and_again(path), seconds)
        print(LINE.format(name, *(f"{rate:,.0f}" for rate in rates[name]), ""))
    for one in asked(house, ours):
        found = [rate / one.requests for rate in _rates(ours, one.script, seconds)]
        print(LINE.format(f"\n{one.name}", *(f"{rate:,.0f}" for rate in found), ""))
        for anchor, least in one.wanted.items():
            shares = [rate / base for rate, base in zip(found, rates[anchor], strict=True)]
            told = f"wanted {least:.2g}{'' if min(shares) >= least else ', MISSED'}"
            print(LINE.format(f"    of {anchor}", *(f"{share:.2f}" for share in shares), told))


def _rates(server: Server, script: Callable[[int], Script], seconds: float) -> list[float]:
    return [speed(server.port, script, number, seconds).per_second for number in CONNECTIONS]


def asked(house: House, ours: Server) -> list[Asked]:
    date, feed = house.paths["date page"], "/programme.ics"
    as_programme, as_date = {"programme's template": 0.5}, {"date page's template": 0.5}
    attendees = again_and_again(house.paths["attendees"], Cookie=house.cookie)
    unchanged = again_and_again(feed, 304, If_None_Match=etag_of(ours.port, feed))
    form = booking(house.roomy, house.agency)
    return [
        Asked("programme", again_and_again("/"), {**as_programme, TEN: 0.25}),
        Asked("programme, made anew", never_twice("/"), as_programme),
        Asked("date page", again_and_again(date), {**as_date, TEN: 0.25}),
        Asked("date page, made anew", never_twice(date), as_date),
        Asked("file of a date", again_and_again(f"{date}.ics"), {"the file's bytes": 0.5}),
        Asked("feed", again_and_again(feed), {"the feed's bytes": 0.5}),
        Asked("feed, unchanged (304)", unchanged, {"the feed's bytes": 0.5}),
        Asked("a booking: form, button, page", form, {TEN: 1 / 25}, REQUESTS),
        Asked("attendees, a page of 10,000", attendees, {TEN: 0.1}),
    ]


def streamed(house: House, ours: Server) -> None:
    """The file of all bookings, as a browser takes it."""
    line = HTTPConnection("127.0.0.1", ours.port)
    began = perf_counter()
    line.request("GET", house.csv, headers={"Cookie": house.cookie})
    answer, rows = line.getresponse(), 0
    assert answer.status == 200, answer.status
    while piece := answer.read(1 << 18):
        rows += piece.count(b"\r\n")
    rate = rows / (perf_counter() - began)
    line.close()
    assert rows > house.bookings, f"{rows} lines"
    slow = "" if rate >= ROWS_A_SECOND else ", MISSED"
    print(f"\nCSV of {rows - 1:,} bookings: {rate:,.0f} rows a second, wanted 20,000{slow}")
    for worker, megabytes in enumerate(ours.most_megabytes(), 1):
        print(f"    worker {worker} never held more than {megabytes:.0f} MB")


def grown(less: tuple[House, Server], more: tuple[House, Server], seconds: float) -> None:
    """What a page takes at ten times the rows, over one connection, each made anew."""
    print("\n" + LINE.format("milliseconds at ten times the rows", "before", "after", "ratio", ""))
    for name in less[0].paths:
        best = []
        for house, server in (less, more):
            script = never_twice(house.paths[name], Cookie=house.cookie)
            times = [speed(server.port, script, 1, seconds / 3).middle for _ in range(3)]
            best.append(min(times))
        ratio = best[1] / best[0]
        figures = (f"{best[0]:.1f}", f"{best[1]:.1f}", f"{ratio:.2f}")
        missed = "" if ratio <= GROWTH else ", MISSED"
        print(LINE.format(name, *figures, f"wanted {GROWTH}{missed}"))


def commits(folder: Path) -> float:
    """Rows a second, each committed by itself, with the settings that the product has."""
    connection = sqlite3.connect(folder / "commits.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE row (word TEXT)")
    began = perf_counter()
    for number in range(COMMITS):
        connection.execute("INSERT INTO row VALUES (?)", (f"word {number}",))
    lasted = perf_counter() - began
    connection.close()
    return COMMITS / lasted


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
