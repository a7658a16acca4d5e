"""How often somebody pressed a button, as limits count it where no other server has to know."""

from threading import Lock
from time import time

from limits.storage import Storage

SCHEME = "process"
# Seconds between two looks for what is over.
SWEPT_EVERY = 60.0


class Counts(Storage):
    """Counted in memory, for any number of threads. The library's own memory begins a thread at
    nearly every count, which looks through all of them."""

    STORAGE_SCHEME: list[str] | None = [SCHEME]  # noqa: RUF012  # as the library has it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: object) -> None:
        super().__init__(uri, wrap_exceptions)
        # How many there are, and when they begin anew.
        self._counts: dict[str, tuple[int, float]] = {}
        self._swept_at = 0.0
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time()
        with self._lock:
            if now >= self._swept_at + SWEPT_EVERY:
                self._counts = {name: one for name, one in self._counts.items() if one[1] > now}
                self._swept_at = now
            count, ends_at = self._counts.get(key, (0, 0.0))
            if ends_at <= now:
                count, ends_at = 0, now + expiry
            self._counts[key] = count + amount, ends_at
            return count + amount

    def get(self, key: str) -> int:
        count, ends_at = self._counts.get(key, (0, 0.0))
        return count if ends_at > time() else 0

    def get_expiry(self, key: str) -> float:
        _, ends_at = self._counts.get(key, (0, 0.0))
        return max(ends_at, time())

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._lock:
            number = len(self._counts)
            self._counts = {}
        return number

    def clear(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)
