"""The whole house as it runs in earnest: gunicorn with two workers, mail worker, mail server."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import SMTP
from urllib.error import URLError

from aiosmtpd.controller import Controller

from tests.ports import free_port
from webapp import create_app
from webapp.config import ROOT
from webapp.db import db, will_write

PATIENCE = 60
TODAY = "2025-04-17"


class Letterbox:
    """Keeps what the mail server took, and waits for what is still on its way."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        for to in envelope.rcpt_tos:
            self.letters.append((to, envelope.content))
        return "250 Taken"

    def get(self, to, subject):
        """The one letter to this address whose subject begins so, as soon as it is there."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            found = [letter for letter in self.to(to) if subject_of(letter).startswith(subject)]
            if found:
                [letter] = found
                return letter
            time.sleep(0.2)
        subjects = [subject_of(letter) for letter in self.to(to)]
        raise AssertionError(f"no {subject!r} to {to}, but {subjects}")

    def to(self, address):
        return [message_from_bytes(raw, policy=SMTP) for to, raw in self.letters if to == address]


def subject_of(letter):
    """As a mail program shows it: a long one is folded right after the colon."""
    return letter["Subject"].strip()


class Stack:
    """The address, the letterbox and the organiser's password of a house that is running."""

    def __init__(self, instance):
        self.instance = instance
        self.letterbox = Letterbox()
        self.post_office = Controller(self.letterbox, hostname="127.0.0.1", port=free_port())
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WEBAPP_")},
            "WEBAPP_INSTANCE": str(instance),
            "WEBAPP_TODAY": TODAY,
            "WEBAPP_BASE_URL": self.address,
            "WEBAPP_SMTP_URL": f"smtp://127.0.0.1:{self.post_office.port}",
        }
        self.programs = []

    def start(self):
        self.flask("secrets")
        self.flask("db", "upgrade")
        self.flask("seed")
        told = self.flask("organisers", "demonstration")
        self.organiser, self.password = (
            line.partition(": ")[2] for line in told.strip().splitlines()[:2]
        )
        self.post_office.start()
        self.open()

    def open(self):
        self.run("gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--workers", "2",
                 "--threads", "4", "--no-control-socket")  # fmt: skip
        self.run("flask", "--app", "wsgi", "worker")
        self.wait_until_it_answers()

    def close(self):
        for program in self.programs:
            program.terminate()
        while self.programs:
            self.programs.pop().wait(timeout=PATIENCE)

    def go_on_to(self, day):
        """It is nine in the morning of a later day, in the same house."""
        self.close()
        self.environment["WEBAPP_TODAY"] = day.isoformat()
        self.open()

    def stop(self):
        self.close()
        self.post_office.stop()

    def flask(self, *command):
        """Run a command to its end and return what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, module, *arguments):
        with (self.instance / f"{module}.log").open("ab") as log:
            self.programs.append(
                subprocess.Popen(
                    [sys.executable, "-m", module, *arguments],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )

    def wait_until_it_answers(self):
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            try:
                with urllib.request.urlopen(self.address):
                    return
            except URLError:
                time.sleep(0.2)
        raise AssertionError((self.instance / "gunicorn.log").read_text())

    @contextmanager
    def rows(self):
        """Reach into the running house's database; what was changed is committed."""
        app = create_app(
            {
                "SECRET_KEY": (self.instance / "secret-key").read_text(),
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{self.instance / 'training.db'}",
            }
        )
        with app.app_context():
            will_write()
            yield db.session
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
