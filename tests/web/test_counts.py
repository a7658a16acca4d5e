"""Counts in memory end with their time, and are forgotten then."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from limits import RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from webapp.web import counts
from webapp.web.security import COUNTED_HERE

TWICE = RateLimitItemPerMinute(2)


@pytest.fixture
def clock(monkeypatch):
    """The seconds that these counts read."""
    now = [1_000_000.0]
    monkeypatch.setattr(counts, "time", lambda: now[0])
    return now


@pytest.fixture
def storage():
    return storage_from_string(COUNTED_HERE)


def test_so_many_are_let_through_in_a_window_and_anew_in_the_next(storage, clock):
    limiter = FixedWindowRateLimiter(storage)

    assert [limiter.hit(TWICE, "ann") for _ in range(3)] == [True, True, False]
    assert limiter.hit(TWICE, "bob"), "everybody has a count of their own"
    assert storage.get_expiry(TWICE.key_for("ann")) == clock[0] + 60

    clock[0] += 59
    assert not limiter.hit(TWICE, "ann")
    clock[0] += 1
    assert storage.get(TWICE.key_for("ann")) == 0
    assert limiter.hit(TWICE, "ann")


def test_what_is_over_is_forgotten_and_what_is_not_stays(storage, clock):
    storage.incr("ann", 60)
    storage.incr("bob", 3600)
    clock[0] += 61
    storage.incr("cat", 60)

    assert storage.reset() == 2
    assert (storage.get("bob"), storage.get_expiry("bob")) == (0, clock[0])


def test_one_count_can_be_taken_back(storage):
    storage.incr("ann", 60, amount=2)
    storage.incr("bob", 60)
    storage.clear("ann")

    assert (storage.get("ann"), storage.get("bob")) == (0, 1)
    assert storage.check()


def test_no_count_is_lost_between_threads(storage):
    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(lambda _: storage.incr("ann", 60), range(400)))

    assert found == [*range(1, 401)]
