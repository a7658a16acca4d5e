import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from webapp.formats import calendar_cache


@pytest.fixture(autouse=True)
def _nothing_kept():
    calendar_cache.forget()
    yield
    calendar_cache.forget()


def test_only_what_is_not_kept_is_written_and_the_order_is_that_of_the_keys():
    asked = []

    def write(keys):
        asked.append(keys)
        return [(key, key.encode()) for key in keys]

    assert calendar_cache.written(["a", "b"], write) == [b"a", b"b"]
    assert calendar_cache.written(["c", "b", "a"], write) == [b"c", b"b", b"a"]
    assert calendar_cache.written(["a", "b"], write) == [b"a", b"b"]
    assert asked == [["a", "b"], ["c"]]


def test_who_comes_while_entries_are_written_waits_and_finds_them_kept():
    asked = []

    def write(keys):
        asked.append(keys)
        started.set()
        time.sleep(0.05)
        return [(key, key.encode()) for key in keys]

    started = Event()
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(calendar_cache.written, ["a", "b"], write)
        started.wait(5)
        second = readers.submit(calendar_cache.written, ["b", "a"], write)
    assert (first.result(), second.result()) == ([b"a", b"b"], [b"b", b"a"])
    assert asked == [["a", "b"]]


def test_answers_with_next_to_nothing_in_them_fill_the_memory_no_sooner_than_they_are_dropped():
    for number in range(10_000):
        nothing = calendar_cache.Answer((number,), b"", "programme.ics", "")
        calendar_cache.answers.put(("programme", number), nothing)
        calendar_cache.entries.put(number, b"")
    assert len(calendar_cache.answers.keys()) < 4_000
    assert len(calendar_cache.entries.keys()) == 10_000
