"""`flask worker`: mail goes out and comes in, offers lapse, people are told of dates, how to join
and asked what it was like, what is due is forgotten; by itself."""

import signal
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import clock, config
from webapp.cli import tables
from webapp.cli.mail import hear
from webapp.cli.retention import forget_mails, forget_tonight
from webapp.db import UNAVAILABLE, db, fetch, is_up_to_date, will_write
from webapp.errors import NotFound, Unreachable
from webapp.formats import log_line
from webapp.formats.plain_text import one_line
from webapp.formats.words import counted
from webapp.models import CourseDate, Practitioner
from webapp.services import (
    address_changes,
    certificates,
    corrections,
    delivery,
    evaluations,
    health,
    joining,
    ladder,
    reminders,
    telling,
    undoing,
    waiting_list,
)
from webapp.services.delivery import Outcome, Parcel

# Between looks while all is well; and, growing, while the database or the mail server is away.
PAUSE = 2
PAUSES_IN_TROUBLE = (5, 15, 60, 300)
TIDY_EVERY = timedelta(hours=1)
LISTEN_EVERY = timedelta(minutes=5)
# A mailbox may be full or slow, and our own mail waits meanwhile; the rest is read next time.
LISTENS_FOR = timedelta(seconds=30)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@with_appcontext
def worker(once: bool) -> None:
    """Send mail, read answers, offer lapsed places on, forget what is due; until told to stop."""
    config.require_secret(current_app.config)
    will_write()
    stop = Event()
    if once:
        raise SystemExit(0 if go_round(stop, is_tidying=True, known=set()) else 1)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    say("The worker has started.")
    troubles, known = 0, set[str]()
    tidied_at = listened_at = datetime.min.replace(tzinfo=clock.LONDON)
    while not stop.is_set():
        is_tidying = clock.now() >= tidied_at + TIDY_EVERY
        is_listening = clock.now() >= listened_at + LISTEN_EVERY
        is_well = go_round(stop, is_tidying=is_tidying, known=known if is_listening else None)
        if is_listening:
            listened_at = clock.now()
        if is_well and is_tidying:
            tidied_at = clock.now()
        troubles = 0 if is_well else min(troubles + 1, len(PAUSES_IN_TROUBLE))
        stop.wait(PAUSES_IN_TROUBLE[troubles - 1] if troubles else PAUSE)
    say("The worker has stopped.")


def go_round(stop: Event, *, is_tidying: bool, known: set[str] | None) -> bool:
    """Everything that is due; False when something it needs is away.

    `known` are the mails that came in and were read before; None when it is too soon to look
    again.
    """
    health.mark_alive(Path(current_app.instance_path))
    try:
        if not is_up_to_date():
            say(tables.MISSING)
            return False
        lapse(stop)
        forget_what_was()
        now = clock.now()
        write_to(stop, telling.due_dates(now), telling.tell_if_due, "told of date {}")
        write_to(stop, joining.due_dates(now), joining.send_if_due, "on date {} told how to join")
        write_to(stop, reminders.due_dates(now), reminders.send_if_due, "on date {} reminded")
        if known is not None:
            listen(stop, known)
        if is_tidying:
            for follow_up in (certify, ask_what_it_was_like, follow_missed_places):
                follow_up(stop)
        is_well = deliver(stop)
        if is_tidying:
            tidy()
        forget(stop)
    except UNAVAILABLE as error:
        say(tables.away(error))
        return False
    except NotFound as error:
        say(str(error))
        return False
    finally:
        db.session.rollback()  # so that nothing is locked while we wait
    return is_well


def lapse(stop: Event) -> None:
    """Offers past their deadline end; their places, and what was held, go to the next in line."""
    for date_id in [date.id for date in waiting_list.lapsed_dates(clock.now())]:
        if stop.is_set():
            break
        ended = waiting_list.lapse_on(fetch(CourseDate, date_id), now=clock.now())
        db.session.commit()
        say(f"{counted(ended, 'offered place')} on date {date_id} lapsed; the free are offered.")
    db.session.commit()


def forget_what_was() -> None:
    """Of changes that can no longer be undone."""
    undoing.forget(now=clock.now())
    db.session.commit()


def write_to(
    stop: Event, dates: Sequence[CourseDate], verb: Callable[..., int | None], what: str
) -> None:
    """Of each of these dates, to those whom the verb is for."""
    for date_id in [date.id for date in dates]:
        if stop.is_set():
            break
        told = verb(fetch(CourseDate, date_id), now=clock.now())
        db.session.commit()
        if told:
            say(f"{counted(told, 'person', 'people')} {what.format(date_id)}.")
    db.session.commit()


def certify(stop: Event) -> None:
    """Certificates of the dates whose registers are complete, or were put right."""
    for date_id in [date.id for date in certificates.due_dates(clock.now())]:
        if stop.is_set():
            break
        given, withdrawn = certificates.follow_register(fetch(CourseDate, date_id), now=clock.now())
        db.session.commit()
        if given:
            say(f"{counted(given, 'certificate')} for date {date_id} given.")
        if withdrawn:
            say(f"{counted(withdrawn, 'certificate')} for date {date_id} withdrawn.")
    db.session.commit()


def ask_what_it_was_like(stop: Event) -> None:
    """Those who came are asked, and those who have not answered reminded."""
    for date_id in [date.id for date in evaluations.due_dates(clock.now())]:
        if stop.is_set():
            break
        asked, reminded = evaluations.ask(fetch(CourseDate, date_id), now=clock.now())
        db.session.commit()
        if asked:
            say(f"{counted(asked, 'person', 'people')} on date {date_id} asked what it was like.")
        if reminded:
            say(f"{counted(reminded, 'person', 'people')} on date {date_id} reminded to answer.")
    db.session.commit()


def follow_missed_places(stop: Event) -> None:
    """Who missed a place lately is written to, and whoever else is to know."""
    for person_id in ladder.due(clock.now()):
        if stop.is_set():
            break
        written = ladder.write(fetch(Practitioner, person_id), now=clock.now())
        db.session.commit()
        if written:
            say(f"{counted(written, 'letter')} about what person {person_id} missed written.")


def listen(stop: Event, known: set[str], *, lasts: timedelta = LISTENS_FOR) -> None:
    """Read what came back by mail; a mailbox that cannot be used holds nothing else up."""
    source = current_app.config["MAILBOX"]
    if not source:
        return
    until = clock.real_now() + lasts
    try:
        for heard in hear(source, known):
            if heard.is_done:
                say(f"Mail came in: {heard.words}.")
            if stop.is_set() or clock.real_now() >= until:
                break
    except Unreachable as error:
        say(f"{one_line(str(error)).rstrip('.')}. What came back is read later.")


def deliver(stop: Event) -> bool:
    """Send what is due, until there is no more or the server cannot be reached."""
    folder = Path(current_app.instance_path) / "mail"
    while not stop.is_set():
        parcel = delivery.take(now=clock.now())
        db.session.commit()
        if parcel is None:
            break
        outcome = delivery.hand_over(parcel, smtp_url=current_app.config["SMTP_URL"], folder=folder)
        settle(parcel, outcome, stop)
        if outcome.is_server_down:
            say("The mail server cannot be used now; the other mails wait.")
            return False
    return True


def settle(parcel: Parcel, outcome: Outcome, stop: Event) -> None:
    """Write down what became of the message; tried until it works, since it cannot be unsent."""
    while True:
        try:
            became = delivery.settle(parcel, outcome, now=clock.now())
            db.session.commit()
        except UNAVAILABLE:
            db.session.rollback()
            if stop.wait(PAUSES_IN_TROUBLE[0]):
                raise
        else:
            return say(f"Mail {parcel.email_id} ({parcel.kind}) {became}.")


def tidy() -> None:
    """Forget what was kept long enough."""
    now = clock.now()
    if purged := forget_mails():
        say(f"Forgot the words of {counted(purged, 'old mail')}.")
    for room in (corrections, address_changes):
        room.forget(now=now)
    db.session.commit()


def forget(stop: Event) -> None:
    """Records that have been kept for as long as the partnership chose."""
    for name, number in forget_tonight(stop.is_set):
        say(f"{name}: {number} forgotten.")


def say(words: str) -> None:
    """One line per event, without addresses, names or links; the time is the real one."""
    at, is_json = clock.real_now(), current_app.config["LOG"] == "json"
    plain = f"{at:%Y-%m-%d %H:%M:%SZ} {words}"
    click.echo(log_line.written(at, "info", words) if is_json else plain)
