"""The worker as its operator runs it: where it matters a process of its own, killed as they are."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from tests import incoming, people
from tests.conftest import NOW
from tests.imap import Server
from tests.makers import make_booking, make_date, make_interest, make_organiser
from tests.people import book, kinds, mails, partnership, settle_in
from tests.ports import free_port
from webapp import clock
from webapp.cli.worker import PAUSE
from webapp.db import db as database
from webapp.errors import Unreachable
from webapp.gateways import mail
from webapp.models import AccessNeeds, Attendance, BookingState, Step, Undo
from webapp.services import audit, bookings, ladder, outbox, undoing

ROOT = Path(__file__).parent.parent.parent
ANN, BEN = "ann@agency.example", "ben@agency.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


@pytest.fixture(autouse=True)
def folder(app, monkeypatch, tmp_path):
    """Where mail is written when there is no server."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path / "mail"


class Office:
    """Keeps what it is given; `when_given` happens before it says that it has."""

    def __init__(self, when_given=lambda: None):
        self.letters, self.when_given = [], when_given

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        self.when_given()
        return "250 OK"

    @property
    def message_ids(self):
        lines = [line for letter in self.letters for line in letter.content.splitlines()]
        return [line for line in lines if line.startswith(b"Message-ID:")]


@pytest.fixture
def post_office():
    running = []

    def start(office):
        running.append(Controller(office, hostname="127.0.0.1", port=free_port()))
        running[-1].start()
        return f"smtp://127.0.0.1:{running[-1].port}"

    yield start
    for server in running:
        server.stop(no_assert=True)


def once(app):
    return app.test_cli_runner().invoke(args=["worker", "--once"])


@pytest.fixture
def start(app, db, tmp_path):
    """Start a worker of its own, whose clock starts `at` this moment."""
    running = []

    def start(*arguments, at=NOW, **settings):
        db.session.rollback()  # or we keep the worker from writing
        offset = (at - datetime.now(UTC)).total_seconds()
        kept = {"today": "2025-04-17", "seconds": str(offset)}
        (tmp_path / "clock.json").write_text(json.dumps(kept))
        environment = {
            **os.environ,
            "WEBAPP_INSTANCE": str(tmp_path),
            "WEBAPP_TODAY": "2025-04-17",
            "WEBAPP_DATABASE_URL": str(app.config["SQLALCHEMY_DATABASE_URI"]),
            "WEBAPP_SECRET_KEY": str(app.config["SECRET_KEY"]),
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "worker", *arguments],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return running[-1]

    yield start
    for worker in running:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def finish(worker):
    said, _ = worker.communicate(timeout=120)
    return worker.returncode, said


def test_everything_due_is_done_and_said_without_addresses_or_links(app, folder):
    date = make_date(capacity=1)
    ann, ben = book(date), book(date, BEN)
    bookings.cancel(ann, now=NOW - timedelta(hours=49))
    database.session.commit()
    assert ben.offered_until < NOW

    result = once(app)
    assert result.exit_code == 0
    assert ben.state is BookingState.CANCELLED
    assert kinds(BEN) == ["booking_waiting", "booking_offered", "offer_lapsed"]
    assert {email.sent_at for email in mails()} == {NOW}
    assert len(list(folder.iterdir())) == 5
    assert "1 offered place on date 1 lapsed" in result.output
    assert "Mail 5 (offer_lapsed) sent." in result.output
    assert "@" not in result.output
    assert "http" not in result.output
    assert once(app).output == ""


def test_people_are_told_how_to_join_some_days_before(app, monkeypatch):
    date = make_date()
    book(date)
    assert "told how to join" not in once(app).output

    monkeypatch.setattr(clock, "now", lambda: date.starts_at - timedelta(days=2))
    assert "1 person on date 1 told how to join." in once(app).output
    assert kinds(ANN) == ["booking_confirmed", "joining_instructions"]
    assert mails(ANN)[1].sent_at is not None
    assert "told how to join" not in once(app).output


def test_who_wanted_to_hear_of_a_date_is_told_once_booking_opens(app, monkeypatch):
    date = make_date(opens_at=NOW + timedelta(days=1), tell_interested_at=NOW)
    make_interest(date.course, ANN)
    assert once(app).output == ""

    monkeypatch.setattr(clock, "now", lambda: date.opens_at)
    assert "1 person told of date 1." in once(app).output
    assert kinds(ANN) == ["new_date"]
    assert once(app).output == ""


def test_a_dead_server_stops_the_round_and_burns_one_try_alone(app, monkeypatch):
    date = make_date()
    book(date)
    book(date, BEN)
    monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{free_port()}")

    result = once(app)
    assert result.exit_code == 1
    assert "The mail server cannot be used now" in result.output
    assert [email.tries for email in mails()] == [1, 0]


def test_mail_that_waited_for_a_dead_server_goes_out_when_it_is_back(app, monkeypatch, post_office):
    book(make_date())
    monkeypatch.setitem(app.config, "SMTP_URL", f"smtp://127.0.0.1:{free_port()}")
    once(app)
    office = Office()
    monkeypatch.setitem(app.config, "SMTP_URL", post_office(office))
    assert once(app).output == ""

    monkeypatch.setattr(clock, "now", lambda: NOW + MINUTE)
    assert once(app).exit_code == 0
    [letter] = office.letters
    assert (letter.mail_from, letter.rcpt_tos) == ("training@partnership.example", [ANN])
    [email] = mails()
    assert letter.content == email.message
    assert (email.tries, email.failure) == (2, None)


def test_a_message_put_off_does_not_hold_up_the_others(app, monkeypatch, post_office):
    class Choosy(Office):
        async def handle_RCPT(self, server, session, envelope, address, options):
            if address == ANN:
                return "450 Greylisted"
            envelope.rcpt_tos.append(address)
            return "250 OK"

    date, office = make_date(), Choosy()
    book(date)
    book(date, BEN)
    monkeypatch.setitem(app.config, "SMTP_URL", post_office(office))

    assert once(app).exit_code == 0
    assert [bool(email.sent_at) for email in mails()] == [False, True]
    assert mails(ANN)[0].failure == "The mail server said 450: Greylisted"


def test_what_was_kept_long_enough_is_forgotten(app, folder, monkeypatch):
    date = make_date()
    book(date, access="A ramp")
    once(app)
    assert len(list(folder.iterdir())) == 1

    monkeypatch.setattr(clock, "now", lambda: date.ends_at + timedelta(days=31))
    result = once(app)
    assert "Forgot the words of 1 old mail." in result.output
    assert "What people need: 1 forgotten." in result.output
    assert list(folder.iterdir()) == []
    assert database.session.scalar(select(func.count()).select_from(AccessNeeds)) == 0


def test_old_records_are_forgotten_once_a_night(app, monkeypatch):
    partnership().forgotten_at = NOW
    make_booking(make_date(starts_at=NOW - timedelta(days=400)))

    assert "Line managers" not in once(app).output
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=18))
    assert "Line managers: 1 forgotten." in once(app).output
    assert partnership().forgotten_at == NOW + timedelta(hours=18)


def test_what_a_change_put_aside_is_forgotten_when_it_can_no_longer_be_undone(app, monkeypatch):
    booking = make_booking(note="Called twice.")
    was = undoing.look(booking, now=NOW)
    booking.note = None
    line = audit.record(make_organiser(), "changed the note", now=NOW)
    undoing.remember(was, line, now=NOW)
    database.session.commit()
    for passed, left in ((timedelta(seconds=59), 1), (timedelta(minutes=1), 0)):
        monkeypatch.setattr(clock, "now", lambda passed=passed: NOW + passed)
        assert once(app).exit_code == 0
        assert database.session.scalar(select(func.count()).select_from(Undo)) == left


def test_trouble_with_the_disk_is_trouble_with_the_mail(app, monkeypatch):
    def full(*_, **__):
        raise Unreachable("The message could not be written: No space left on device")

    monkeypatch.setattr(mail, "write", full)
    book(make_date())
    assert once(app).exit_code == 1
    assert mails()[0].failure.endswith("No space left on device")


def test_without_a_key_the_worker_does_not_start(app, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY", None)
    result = once(app)
    assert result.exit_code == 1
    assert "flask --app wsgi secrets" in result.output


def test_a_database_that_is_not_ready_gets_a_sentence(start, tmp_path):
    url = f"sqlite:///{tmp_path}/new.db"
    code, said = finish(start("--once", WEBAPP_DATABASE_URL=url))
    assert code == 1
    assert "Make them with: flask --app wsgi db upgrade\n" in said
    assert "Traceback" not in said


def test_a_database_that_is_away_gets_a_sentence(start, tmp_path):
    code, said = finish(start("--once", WEBAPP_DATABASE_URL=f"sqlite:///{tmp_path}/no/new.db"))
    assert code == 1
    assert "The database cannot be used now: unable to open database file" in said
    assert "Traceback" not in said


def test_the_worker_does_not_look_into_the_mailbox_at_every_round(start):
    server = Server()
    server.put(incoming.mail("out-of-office"))
    worker = start(WEBAPP_MAILBOX=f"imap://us:right%2Fone@127.0.0.1:{server.port}")
    assert "The worker has started." in worker.stdout.readline()
    assert server.left.wait(20)
    time.sleep(3 * PAUSE)
    worker.terminate()
    assert finish(worker)[0] == 0
    assert server.heard.count("uid_search") == 1
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_promptly_when_told(start, number):
    worker = start()
    assert "The worker has started." in worker.stdout.readline()
    worker.send_signal(number)
    code, said = finish(worker)
    assert code == 0
    assert said.endswith("The worker has stopped.\n")


def test_a_worker_killed_before_it_wrote_down_the_answer_repeats_the_message_once(
    db, start, post_office
):
    """The worst moment: the server has the message and said so, and nobody wrote it down."""
    book(make_date())
    engine, given, locked = db.engine, threading.Event(), []

    def lock_the_row():
        locked.append(engine.connect())
        locked[-1].exec_driver_sql("UPDATE email SET tries = tries")
        given.set()

    office = Office(lock_the_row)
    url = post_office(office)

    for attempt in (1, 2):
        given.clear()
        at = NOW + attempt * 11 * MINUTE
        worker = start(at=at, WEBAPP_SMTP_URL=url)
        assert given.wait(20)
        worker.kill()
        worker.communicate()
        locked[-1].rollback()
        locked[-1].close()
        assert len(office.letters) == attempt
        assert mails()[0].sent_at is None

    code, _ = finish(start("--once", at=NOW + 33 * MINUTE, WEBAPP_SMTP_URL=url))
    assert code == 0
    db.session.rollback()
    [email] = mails()
    assert "once, twice or not at all" in email.failure
    assert email.gave_up_at is not None
    first, second = office.message_ids
    assert first == second


def test_workers_side_by_side_send_each_message_once(db, start, post_office):
    for number in range(12):
        outbox.queue("my_link", to=f"{number}@a.example", now=NOW, token="1-2-3", days=7)
    db.session.commit()
    office = Office()
    url = post_office(office)

    workers = [start("--once", at=NOW, WEBAPP_SMTP_URL=url) for _ in range(3)]
    assert [finish(worker)[0] for worker in workers] == [0, 0, 0]
    assert len(office.letters) == len(set(office.message_ids)) == 12


def test_certificates_are_given_and_withdrawn_as_the_register_says(app):
    date = make_date(starts_at=NOW - timedelta(hours=3), ends_at=NOW)
    booking = make_booking(date, email=ANN, attendance=Attendance.ATTENDED, marked_at=NOW)

    result = once(app)
    assert result.exit_code == 0
    assert "1 certificate for date 1 given." in result.output
    assert kinds(ANN) == ["certificate", "evaluation"]
    assert mails(ANN)[0].sent_at == NOW
    assert booking.name not in result.output

    booking.attendance = Attendance.ABSENT
    database.session.commit()
    assert "1 certificate for date 1 withdrawn." in once(app).output
    assert kinds(ANN) == ["certificate", "evaluation", "certificate_withdrawn"]
    assert "certificate" not in once(app).output


def test_who_came_is_asked_what_it_was_like_and_reminded_once(app, monkeypatch):
    date = make_date(starts_at=NOW - timedelta(hours=3), ends_at=NOW)
    booking = make_booking(date, email=ANN, attendance=Attendance.ATTENDED, marked_at=NOW)

    result = once(app)
    assert "1 person on date 1 asked what it was like." in result.output
    assert booking.name not in result.output
    assert "asked what it was like" not in once(app).output

    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=5))
    assert "1 person on date 1 reminded to answer." in once(app).output
    assert "reminded" not in once(app).output
    assert kinds(ANN) == ["certificate", "evaluation", "evaluation_reminder"]


def test_who_missed_a_place_is_written_to_on_the_next_working_day(app, monkeypatch):
    ladder.change(people.partnership(), {Step.PERSON: (1, 12)}, now=NOW - timedelta(days=3))
    date = make_date(starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=21))
    missed = {"attendance": Attendance.ABSENT, "marked_at": NOW}
    booking = make_booking(date, email=ANN, **missed)
    assert "missed" not in once(app).output

    # After Easter.
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=5))
    result = once(app)
    assert "1 letter about what person 1 missed written." in result.output
    assert booking.name not in result.output
    assert "missed" not in once(app).output.replace("missed_note", "")
    assert kinds(ANN) == ["missed_note"]


@pytest.mark.slow
def test_workers_side_by_side_give_each_certificate_and_ask_each_person_once(app, start):
    date = make_date(starts_at=NOW - timedelta(hours=3), ends_at=NOW)
    for _ in range(8):
        make_booking(date, attendance=Attendance.ATTENDED, marked_at=NOW)

    workers = [start("--once", at=NOW) for _ in range(3)]
    ends = [finish(worker) for worker in workers]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    database.session.rollback()
    assert sorted(kinds()) == ["certificate"] * 8 + ["evaluation"] * 8
