"""Limits that all web processes keep together, with a Redis server as an installation has it."""

import os
import shutil
import subprocess
from contextlib import closing
from http.client import HTTPConnection

import pytest

from tests.ports import free_port
from tests.servers import served
from tests.web.reading import TOKEN
from webapp.web.security import LIMITS

PATIENCE = 20
A_MINUTE = int(LIMITS[0].split()[0])


@pytest.fixture
def redis(tmp_path):
    """The address of a server of our own, and what ends it."""
    program = shutil.which("redis-server")
    if program is None:
        if os.environ.get("REQUIRE_REDIS"):
            pytest.fail("Redis is required here and is not installed.")
        pytest.skip("There is no Redis on this machine.")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path]
    with (tmp_path / "redis.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    yield f"redis://127.0.0.1:{port}/0", server
    server.kill()
    server.wait(PATIENCE)


class Form:
    """A form that was opened once and is sent over and over, each time over a line of its own, so
    that any of the processes may take it."""

    def __init__(self, port):
        self.port = port
        page, words = self.ask("GET")
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": page.headers["Set-Cookie"].partition(";")[0],
        }
        self.body = f"csrf_token={TOKEN.search(words)[1]}"

    def ask(self, method, **more):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as line:
            line.request(method, "/my", **more)
            answer = line.getresponse()
            return answer, answer.read().decode()

    def send(self):
        answer, _ = self.ask("POST", headers=self.headers, body=self.body)
        return answer.status


def test_all_processes_count_together_and_go_on_when_redis_is_gone(redis, installed):
    address, server = redis
    with served("wsgi:app", installed, WEBAPP_REDIS_URL=address) as web:
        form = Form(web.port)
        answers = [form.send() for _ in range(A_MINUTE + 20)]
        assert answers == [200] * A_MINUTE + [429] * 20
        server.kill()
        server.wait(PATIENCE)
        assert form.send() == 200  # each process counts for itself now
