"""People who ask for one page after another, each on a connection that stays open.

All of them live in this one process: next to a server on the same two cores it takes as little as
it can, and it takes the same from whatever is measured.
"""

import selectors
import socket
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from statistics import median
from urllib.request import urlopen

END_OF_HEAD = b"\r\n\r\n"
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes

    def header(self, name: str) -> str:
        """Its value, or nothing."""
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(": ")
            if key.lower() == name:
                return value
        return ""


# Says what is asked next, and is sent the answer.
Script = Generator[bytes, Answer, None]


@dataclass(frozen=True)
class Speed:
    """Answers a second, and how many milliseconds the middle one took."""

    per_second: float
    middle: float


class Visitor:
    def __init__(self, port: int, script: Script) -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.script, self.heard = script, b""
        self._ask(next(script))

    def _ask(self, request: bytes) -> None:
        self.heard, self.asked_at = b"", time.perf_counter()
        self.line.sendall(request)

    def listen(self) -> float | None:
        """Take what has come; once it is a whole answer, ask on, and say how long it took."""
        piece = self.line.recv(1 << 18)
        if not piece:
            raise ConnectionError(f"The line was closed after {self.heard[:200]!r}.")
        self.heard += piece
        head, found, body = self.heard.partition(END_OF_HEAD)
        if not found or len(body) < _length(head):
            return None
        took = time.perf_counter() - self.asked_at
        words = head.decode("latin-1")
        self._ask(self.script.send(Answer(int(words.split(" ", 2)[1]), words, body)))
        return took


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    return 0 if at < 0 else int(lower[at + 17 :].split(b"\r\n", 1)[0])


def speed(
    port: int, script: Callable[[int], Script], connections: int, seconds: float, warm: float = 0.5
) -> Speed:
    """So many visitors at once, for so long or until one has an answer; `script` makes that of each
    by its number."""
    visitors = [Visitor(port, script(number)) for number in range(connections)]
    with selectors.DefaultSelector() as chosen:
        for visitor in visitors:
            chosen.register(visitor.line, selectors.EVENT_READ, visitor)
        _watch(chosen, warm)
        began = time.perf_counter()
        times = _watch(chosen, seconds)
        lasted = time.perf_counter() - began
    for visitor in visitors:
        visitor.line.close()
    return Speed(len(times) / lasted, 1000 * median(times))


def _watch(chosen: selectors.BaseSelector, seconds: float) -> list[float]:
    times: list[float] = []
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends or not times:
        for key, _ in chosen.select(timeout=1):
            took = key.data.listen()
            if took is not None:
                times.append(took)
    return times


def asking(path: str, **headers: str) -> bytes:
    """A GET as a browser would send it."""
    named = {"Host": "127.0.0.1", "User-Agent": "bench", "Accept": "*/*", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode()


def again_and_again(path: str, wanted: int = 200, **headers: str) -> Callable[[int], Script]:
    """The same page over and over. Raises AssertionError at any other answer than `wanted`."""
    request = asking(path, **headers)

    def script(_number: int) -> Script:
        while True:
            answer = yield request
            assert answer.status == wanted, f"{path}: {answer.head}"

    return script


def never_twice(path: str, **headers: str) -> Callable[[int], Script]:
    """The same page, under another address each time, so that nothing kept of it is of use."""

    def script(number: int) -> Script:
        times = 0
        while True:
            times += 1
            sign = "&" if "?" in path else "?"
            answer = yield asking(f"{path}{sign}visit={number}.{times}", **headers)
            assert answer.status == 200, f"{path}: {answer.head}"

    return script


def etag_of(port: int, path: str) -> str:
    """Under which mark an answer is kept by whoever has it."""
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return str(answer.headers["ETag"])
