"""Those who run: threads of this process, or of processes that stay up from race to race.

A leg is what one runner does: ("book", date id, address), ("cancel", booking id) and so on;
("week", week id, address, date ids) is a form for several. All
start at once, each in a transaction of its own, as requests do.
"""

import multiprocessing
import threading
from queue import SimpleQueue

from sqlalchemy import select

from tests.conftest import NOW
from webapp import create_app
from webapp.db import db, fetch, will_write
from webapp.errors import Refused
from webapp.models import Agency, Booking, BookingTerms, CourseDate, TeamMember, Week
from webapp.services import bookings, moving, team_bookings, waiting_list, week_bookings
from webapp.services.team_bookings import Team

SECONDS = 60


def app_on(url):
    return create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "the key of the races",
            "BASE_URL": "http://localhost",
            "SQLALCHEMY_DATABASE_URI": url,
        }
    )


def run(app, leg):
    """One runner's leg; says "done", or in which words it was refused."""
    verb, key, *facts = leg
    will_write()
    with app.app_context():
        try:
            VERBS[verb](key, *facts)
            db.session.commit()
        except Refused as refusal:
            return str(refusal)
    return "done"


def _book(date_id, email, agency_id=None):
    agency = fetch(Agency, agency_id) if agency_id else db.session.scalars(select(Agency)).first()
    bookings.book(
        fetch(CourseDate, date_id),
        email=email,
        details=bookings.Details(name=email, agency=agency, job_role="Runner"),
        terms=db.session.scalars(select(BookingTerms)).one(),
        submission=email,
        now=NOW,
    )


def _book_team(date_id, booker, emails, all_or_nobody):
    agency = db.session.scalars(select(Agency)).first()
    said = {e: bookings.Details(name=e, agency=agency, job_role="Runner") for e in emails}
    team_bookings.book(
        fetch(CourseDate, date_id),
        Team(name=booker, email=booker, colleagues=said),
        all_or_nobody=all_or_nobody,
        terms=db.session.scalars(select(BookingTerms)).one(),
        submission=booker,
        now=NOW,
    )


def _book_several(week_id, email, date_ids):
    agency = db.session.scalars(select(Agency)).first()
    week_bookings.book(
        fetch(Week, week_id),
        [fetch(CourseDate, date_id) for date_id in date_ids],
        email=email,
        details=bookings.Details(name=email, agency=agency, job_role="Runner"),
        terms=db.session.scalars(select(BookingTerms)).one(),
        submission=email,
        now=NOW,
    )


def _take_back(member_id):
    member = fetch(TeamMember, member_id)
    team_bookings.cancel(member.team_booking.booker, [member_id], now=NOW)


def _move(booking_id, date_id):
    moving.move(
        fetch(Booking, booking_id),
        fetch(CourseDate, date_id),
        reason=None,
        over_capacity_reason=None,
        now=NOW,
    )


def _substitute(booking_id, email):
    agency = db.session.scalars(select(Agency)).first()
    details = bookings.Details(name=email, agency=agency, job_role="Runner")
    moving.substitute(fetch(Booking, booking_id), email=email, details=details, now=NOW)


def _of_booking(answer):
    return lambda key: answer(fetch(Booking, key), now=NOW)


VERBS = {
    "book": _book,
    "week": _book_several,
    "team": _book_team,
    "take back": _take_back,
    "move": _move,
    "substitute": _substitute,
    "lapse": lambda key, now: waiting_list.lapse_on(fetch(CourseDate, key), now=now),
    "cancel": _of_booking(bookings.cancel),
    "accept": _of_booking(waiting_list.accept),
    "decline": _of_booking(waiting_list.decline),
}


class Threads:
    """Every leg in a thread of its own, all of this process."""

    number = 8

    def __init__(self, url):
        self.app = app_on(url)

    def race(self, legs):
        barrier, results = threading.Barrier(len(legs)), SimpleQueue()
        _run_all(self.app, legs, barrier, results)
        return [results.get(timeout=SECONDS) for _ in legs]

    def stop(self):
        _close(self.app)


class Processes:
    """The legs dealt out to processes; who gets two has a thread for each."""

    number = 4

    def __init__(self, url):
        start = multiprocessing.get_context("spawn")
        self.pipes, self.running = [], []
        for _ in range(self.number):
            ours, theirs = start.Pipe()
            process = start.Process(target=_run_for_others, args=(url, theirs), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.running.append(process)
        for pipe in self.pipes:
            assert pipe.recv() == "ready"

    def race(self, legs):
        for number, pipe in enumerate(self.pipes):
            pipe.send(legs[number :: self.number])
        return [result for pipe in self.pipes for result in pipe.recv()]

    def stop(self):
        for pipe, process in zip(self.pipes, self.running, strict=True):
            pipe.send(None)
            process.join(SECONDS)
            pipe.close()
            process.close()


def _run_for_others(url, pipe):
    app = app_on(url)
    pipe.send("ready")
    while legs := pipe.recv():
        barrier, results = threading.Barrier(len(legs)), SimpleQueue()
        _run_all(app, legs, barrier, results)
        pipe.send([results.get(timeout=SECONDS) for _ in legs])
    _close(app)


def _run_all(app, legs, barrier, results):
    def go(leg):
        barrier.wait(SECONDS)
        try:
            results.put(run(app, leg))
        except Exception as error:  # whatever it is, the race must hear of it
            results.put(repr(error))

    threads = [threading.Thread(target=go, args=(leg,)) for leg in legs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)


def _close(app):
    with app.app_context():
        db.engine.dispose()
