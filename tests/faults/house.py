"""The house as it runs in earnest, made to be killed: a web server with two workers, and two mail
workers."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade

from tests.conftest import NOW
from tests.makers import make_date, make_organiser
from tests.people import book, settle_in
from tests.ports import free_port
from webapp import clock, create_app
from webapp.config import ROOT
from webapp.db import db, will_write

KEY = "the key of this house, which stands for a few minutes"
PASSWORD = "a password that nobody else has"
PATIENCE = 60
TODAY = NOW.date()
# So far ahead that no reminder goes out while the days pass in which mail is tried again.
FIRST_DATE = timedelta(days=200)
PLACES, DATES, ON_REGISTER = 4, 12, 16


class House:
    def __init__(self, folder: Path, database: str, smtp_url: str):
        self.folder, self.database, self.day = folder, database, TODAY
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WEBAPP_")},
            "WEBAPP_INSTANCE": str(folder),
            "WEBAPP_DATABASE_URL": database,
            "WEBAPP_SECRET_KEY": KEY,
            "WEBAPP_TODAY": TODAY.isoformat(),
            "WEBAPP_BASE_URL": f"http://127.0.0.1:{self.port}",
            "WEBAPP_SMTP_URL": smtp_url,
            # Everybody comes from a network of their own, since so many from one are refused.
            "WEBAPP_PROXIES": "1",
        }
        self.app = create_app(
            {
                "SECRET_KEY": KEY,
                "SQLALCHEMY_DATABASE_URI": database,
                "BASE_URL": self.environment["WEBAPP_BASE_URL"],
            }
        )
        self.web: subprocess.Popen | None = None
        self.mail_workers: list[subprocess.Popen] = []

    def fill(self) -> None:
        """A dozen small dates to come, an organiser, and a date that has begun, with its people."""
        with self.app.app_context():
            will_write()
            upgrade()
            settle_in()
            make_organiser("organiser@partnership.example", password=PASSWORD)
            dates = [
                make_date(capacity=PLACES, starts_at=NOW + FIRST_DATE + timedelta(days=n))
                for n in range(DATES)
            ]
            today = make_date(capacity=ON_REGISTER, starts_at=NOW + timedelta(minutes=5))
            here = [book(today, f"here{n}@agency.example") for n in range(ON_REGISTER)]
            self.dates, self.agency = [date.id for date in dates], here[0].agency_id
            self.register, self.here = today.id, [booking.id for booking in here]
            db.session.remove()
            db.engine.dispose()

    @property
    def opened_at(self) -> datetime:
        """When its day began, at nine; what was due by then was done since."""
        return datetime.combine(self.day, clock.START_OF_DAY, clock.LONDON)

    @contextmanager
    def opened(self):
        self.open()
        try:
            yield
        finally:
            self.close()

    def open(self) -> None:
        self.web = self._start_web()
        self.mail_workers = [self._start_mail_worker() for _ in range(2)]

    def close(self) -> None:
        for program in [self.web, *self.mail_workers]:
            self._kill_group(program)

    def go_on_to_the_next_day(self) -> None:
        self.close()
        self.day += timedelta(days=1)
        self.environment["WEBAPP_TODAY"] = self.day.isoformat()
        self.open()

    def kill_web_worker(self, chance) -> bool:
        """One of the two that answer; the server starts another. False when there is none now."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        found = children.read_text().split() if children.exists() else []
        if not found:
            return False
        with suppress(ProcessLookupError):
            os.kill(int(chance.choice(found)), signal.SIGKILL)
        return True

    def kill_web_server(self, _chance) -> bool:
        self._kill_group(self.web)
        self.web = self._start_web()
        return True

    def kill_mail_worker(self, chance) -> bool:
        which = chance.randrange(len(self.mail_workers))
        self._kill_group(self.mail_workers[which])
        self.mail_workers[which] = self._start_mail_worker()
        return True

    def _start_web(self):
        return self._start(
            "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--workers", "2",
            "--threads", "4", "--log-level", "error", "--no-control-socket",
        )  # fmt: skip

    def _start_mail_worker(self):
        return self._start("flask", "--app", "wsgi", "worker")

    def _start(self, module, *arguments):
        with (self.folder / f"{module}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _kill_group(self, program):
        """Its workers too: what a server leaves behind would keep its port."""
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait(PATIENCE)


def wait_until(is_so, what: str, patience: float = PATIENCE) -> None:
    ends = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > ends:
            raise TimeoutError(f"Waited {patience:.0f} seconds in vain until {what}.")
        time.sleep(0.05)
