"""What a web server takes: seconds to its first answer, and the memory of each of its workers.

    python -m tests.bench.footprint

The house of tests/bench/house.py, 2,000 dates and 100,000 bookings, served as docs/operating.md
says. Seconds go from the start of gunicorn to the first 200 of GET /, the best of five; they are
too many by a twentieth at most, since it is asked that often whether it is up. Megabytes are what
the kernel says of each worker (Linux): resident, and its share, where what several hold together
counts in part. They are taken after the first answer, after pages that eight people asked for at
once and a file of all bookings, and after two files whose libraries come with the first of them.
"""

from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple
from urllib.request import urlopen

from tests.bench.house import House, built
from tests.bench.newcomers import booking
from tests.bench.visitors import again_and_again, never_twice, speed
from tests.servers import Server, served

STARTS, AT_ONCE, SECONDS = 5, 8, 2.0
WANTED_SECONDS, WANTED_MEGABYTES = 1.5, 110
ROW = "{:<46}{:>14}{:>12}"


class Memory(NamedTuple):
    """Megabytes of a worker."""

    resident: float
    share: float


def memory(server: Server) -> list[Memory]:
    """What each worker holds now."""
    found = []
    for worker in server.workers():
        lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:]
        kilobytes = {line.split()[0]: int(line.split()[1]) for line in lines}
        found.append(Memory(kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024))
    return found


def first_answer(settings: Mapping[str, str]) -> float:
    """Seconds from the start of a server to its first page."""
    began = perf_counter()
    with served("wsgi:app", settings) as server, urlopen(f"http://127.0.0.1:{server.port}/"):
        return perf_counter() - began


def main() -> None:
    with TemporaryDirectory() as folder:
        house = built(Path(folder) / "large", 10)
        seconds = [first_answer(house.settings) for _ in range(STARTS)]
        print(f"First answer after {min(seconds):.2f} s, wanted {WANTED_SECONDS}\n")
        print(ROW.format(f"megabytes, wanted {WANTED_MEGABYTES}", "resident", "share"))
        with served("wsgi:app", house.settings) as server:
            urlopen(f"http://127.0.0.1:{server.port}/").close()
            _print("after the first answer", server)
            _visit(house, server)
            _print("after pages and a file of all bookings", server)
            for path in _seldom(house):
                _take(server, path, house)
            _print("after a spreadsheet and a PDF", server)


def _print(when: str, server: Server) -> None:
    for number, taken in enumerate(memory(server), 1):
        figures = (f"{megabytes:.0f}" for megabytes in taken)
        print(ROW.format(f"worker {number}, {when}", *figures))


def _visit(house: House, server: Server) -> None:
    for path in house.paths.values():
        speed(server.port, never_twice(path, Cookie=house.cookie), AT_ONCE, SECONDS)
    for path in ("/", "/programme.ics", f"{house.paths['date page']}.ics"):
        speed(server.port, again_and_again(path), AT_ONCE, SECONDS)
    speed(server.port, booking(house.roomy, house.agency), AT_ONCE, SECONDS)
    _take(server, house.csv, house)


def _seldom(house: House) -> list[str]:
    """The sheet is that of a date like most: nobody prints one of 10,000 people."""
    sign_in_sheet = f"/organiser{house.paths['date page']}/sign-in-sheet.pdf"
    return [f"{house.paths['attendees']}/export?state=all&as=xlsx&columns=name", sign_in_sheet]


def _take(server: Server, path: str, house: House) -> None:
    """Read a file as it comes, like a browser."""
    line = HTTPConnection("127.0.0.1", server.port)
    line.request("GET", path, headers={"Cookie": house.cookie})
    answer = line.getresponse()
    assert answer.status == 200, f"{path}: {answer.status}"
    while answer.read(1 << 18):
        pass
    line.close()


if __name__ == "__main__":
    main()
