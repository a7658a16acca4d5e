"""A reload, as `systemctl reload` asks for it, while people come and go."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.request import urlopen

from tests.servers import served

PATIENCE = 60


def visits(port, has_ended):
    """What each visit was answered until the day has ended; somebody who is refused raises."""
    answers = []
    while not has_ended.is_set():
        with urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            answers.append(answer.status)
    return answers


def new_processes(web, old):
    """Once none of the old ones is left, and others answer."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        now = web.workers()
        if len(now) == len(old) and not set(now) & set(old):
            return True
        time.sleep(0.05)
    return False


def test_nobody_is_refused_while_new_processes_take_the_place_of_the_old(installed):
    has_ended = Event()
    with served("wsgi:app", installed) as web, ThreadPoolExecutor() as street:
        old = web.workers()
        visitors = [street.submit(visits, web.port, has_ended) for _ in range(4)]
        try:
            os.kill(web.process, signal.SIGHUP)
            assert new_processes(web, old)
            time.sleep(1)  # some visits to them
        finally:
            has_ended.set()
        for visitor in visitors:
            assert set(visitor.result(PATIENCE)) == {200}
