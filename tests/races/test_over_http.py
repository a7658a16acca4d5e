"""The last place over HTTP: browsers racing at gunicorn with two workers, fifty times over."""

import http.client
import multiprocessing
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import FORM, book, settle_in
from tests.ports import free_port
from tests.queries import by_state
from tests.web.reading import TOKEN
from webapp import create_app
from webapp.config import ROOT
from webapp.db import db, will_write
from webapp.models import Agency, BookingState
from webapp.services import links

pytestmark = pytest.mark.slow

ROUNDS = 50
KEY = "the key of this race, and of nothing else"


class Racer:
    """One browser: a session of its own, with the token that its first form carried."""

    def __init__(self, port, number):
        self.port, self.number = port, number
        answer, page = self.ask("GET", "/my")
        self.cookie = answer.getheader("Set-Cookie").partition(";")[0]
        self.token = TOKEN.search(page)[1]

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        return answer, page

    def press(self, round_number, path, fields):
        """Post a form; where the answer leads to, or its status. Each comes from its own network,
        since so many from one are refused for a while."""
        body = urlencode({**fields, "csrf_token": self.token})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookie,
            "X-Forwarded-For": f"10.{self.number}.{round_number % 250}.1",
        }
        answer, _ = self.ask("POST", path, body, headers)
        return answer.getheader("Location") or answer.status


def race(port, number, jobs, barrier):
    """All of this racer's rounds, each begun together with the others'."""
    racer = Racer(port, number)
    told = []
    for round_number, (path, fields) in enumerate(jobs):
        barrier.wait(60)
        told.append(racer.press(round_number, path, fields))
    return told


def with_threads(port, jobs):
    barrier = threading.Barrier(len(jobs))
    with ThreadPoolExecutor(len(jobs)) as pool:
        runs = [pool.submit(race, port, n, mine, barrier) for n, mine in enumerate(jobs)]
        return [run.result() for run in runs]


def with_processes(port, jobs):
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(len(jobs)) as pool:
        barrier = manager.Barrier(len(jobs))
        arguments = [(port, n, mine, barrier) for n, mine in enumerate(jobs)]
        return pool.starmap(race, arguments, chunksize=1)


FIELDS = {"8 threads": (8, with_threads), "4 processes": (4, with_processes)}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, tmp_path_factory):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('race')}/race.db"
    return request.getfixturevalue("postgres").replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="module")
def house(database, tmp_path_factory):
    """Gunicorn with two workers on this database; the port it listens on."""
    app = create_app({"SECRET_KEY": KEY, "SQLALCHEMY_DATABASE_URI": database})
    with app.app_context():
        will_write()
        upgrade()
        settle_in()
        port = free_port()
        environment = {
            "WEBAPP_INSTANCE": str(tmp_path_factory.mktemp("instance")),
            "WEBAPP_DATABASE_URL": database,
            "WEBAPP_SECRET_KEY": KEY,
            "WEBAPP_TODAY": "2025-04-17",
            "WEBAPP_PROXIES": "1",
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}",
             "--workers", "2", "--threads", "4", "--log-level", "error", "--no-control-socket"],
            cwd=ROOT, env=environment,
        )  # fmt: skip
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("field", FIELDS)
def test_the_last_place_goes_to_one_browser(house, field):
    size, run = FIELDS[field]
    dates = [_date(round_number) for round_number in range(ROUNDS)]
    jobs = [[_booking(date, f"racer{n}") for date in dates] for n in range(size)]

    db.session.rollback()  # the write lock is theirs now
    told = run(house, jobs)

    for n, date in enumerate(dates):
        assert {mine[n] for mine in told} == {f"/dates/{date.id}/written"}
        standing = by_state(date)
        assert len(standing[BookingState.CONFIRMED]) == 1
        assert len(standing[BookingState.WAITING]) == size - 1


@pytest.mark.parametrize("field", FIELDS)
def test_a_place_given_up_goes_to_who_waits_and_to_no_newcomer(house, field):
    size, run = FIELDS[field]
    dates, jobs = [], [[] for _ in range(size)]
    for round_number in range(ROUNDS):
        date = _date(round_number)
        holder = book(date, f"holder{date.id}@agency.example")
        book(date, f"first{date.id}@agency.example")
        book(date, f"second{date.id}@agency.example")
        dates.append(date)
        jobs[0].append((f"/bookings/{links.booking_token(holder)}/cancel", {}))
        for n in range(1, size):
            jobs[n].append(_booking(date, f"newcomer{n}"))

    db.session.rollback()
    run(house, jobs)

    for date in dates:
        standing = by_state(date)
        assert standing[BookingState.CONFIRMED] == []
        assert standing[BookingState.OFFERED] == [f"first{date.id}@agency.example"]
        assert standing[BookingState.CANCELLED] == [f"holder{date.id}@agency.example"]
        assert standing[BookingState.WAITING][0] == f"second{date.id}@agency.example"
        assert len(standing[BookingState.WAITING]) == size


def _date(round_number):
    return make_date(capacity=1, starts_at=NOW + timedelta(days=14 + round_number))


def _booking(date, name):
    fields = {**FORM, "email": f"{name}.{date.id}@agency.example", "agency": _agency()}
    return f"/dates/{date.id}/book", fields


def _agency():
    return db.session.scalars(select(Agency.id)).first()


def _wait_for(port):
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The web server did not start.")
