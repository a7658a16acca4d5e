"""One person leaves traces in every way there is. Later, no column and no file has any of them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import NOW, ON_POSTGRES
from tests.forget import FORGETS, forget
from tests.makers import make_course, make_date, make_organiser, make_venue, make_week
from tests.people import book, booking_of, details, settle_in
from webapp import clock
from webapp.db import Base, let_go_of_old_pages
from webapp.formats.periods import Period
from webapp.formats.school_terms import SchoolTerm
from webapp.models import (
    Attendance,
    Booking,
    BookingTerms,
    Cause,
    Origin,
    WrittenTo,
)
from webapp.services import (
    address_changes,
    attempts,
    audit,
    bookings,
    certificates,
    date_messages,
    erasures,
    evaluations,
    interests,
    moving,
    news,
    registers,
    reports,
    retention,
    seats,
    team_bookings,
    undoing,
    weeks,
)
from webapp.services.date_messages import Said
from webapp.services.evaluations import Answers
from webapp.services.team_bookings import Team

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ZERA, BEN, CAT = "zerubbabel@quixwood.example", "ben@agency.example", "cat@agency.example"
NEW_ADDRESS = "zq@elsewhere.example"
# Parts of what says who it is: address, name, manager, phone, and words nobody else would type.
NEEDLES = (
    "zerubbabel",
    "quixwood",
    "zq@elsewhere",
    "thornquill",
    "hepzibah",
    "960042",
    "wombatarium",
    "marzipanic",
    "besotted",
)
SAID = {
    "name": "Zerubbabel Quixwood",
    "job_role": "Besotted beekeeper",
    "organisation": "Quixwood and Daughters",
    "team": "Team Besotted",
    "phone": "01632 960042",
    "manager_name": "Hepzibah Thornquill",
    "manager_email": "hepzibah@thornquill.example",
    "access": "A ramp to the wombatarium",
    "dietary": "Nothing marzipanic",
}


@pytest.fixture(autouse=True)
def folder(app, db, monkeypatch, tmp_path):
    """Mail is written to files here, as where there is no mail server."""
    settle_in(
        managers_told_since=NOW - 400 * DAY,
        booking_years=1,
        evaluation_years=1,
        audit_years=1,
        interest_years=1,
        mail_words={},
    )
    monkeypatch.setattr(app, "instance_path", str(tmp_path))
    return tmp_path


@pytest.fixture
def at(app, db, monkeypatch):
    """The worker's round at a moment."""

    def at(moment):
        db.session.commit()
        monkeypatch.setattr(clock, "now", lambda: moment)
        result = app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output
        assert [needle for needle in NEEDLES if needle in result.output.lower()] == []
        db.session.expire_all()
        return result.output

    return at


def zera(**more):
    return details(**SAID, **more)


def traces(db, folder):
    """Where any of the needles is found: every column of every table, every file."""
    db.session.commit()
    let_go_of_old_pages()
    found = {
        f"{table.name}.{column.name}: {needle}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table)).mappings()
        for column in table.columns
        for needle in NEEDLES
        if needle in said(row[column.name])
    }
    db.session.rollback()
    files = [path for path in folder.rglob("*") if path.is_file()]
    if not ON_POSTGRES:
        files += Path(db.engine.url.database).parent.glob("test.db*")
    return found | {
        f"{path.name}: {needle}"
        for path in files
        for needle in NEEDLES
        if needle.encode() in path.read_bytes().lower()
    }


def said(value):
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").lower()
    return str(value).lower()


def tables_with(found):
    return {trace.partition(".")[0] for trace in found}


def live(db, at):
    """What somebody does in some weeks who does everything, and what is done about them."""
    olive = make_organiser("olive@partnership.example")
    course, venue = make_course(), make_venue()
    first = make_date(course=course, venue=venue, capacity=5, starts_at=NOW + 14 * DAY)
    second = make_date(course=course, venue=venue, capacity=5, starts_at=NOW + 15 * DAY)
    third = make_date(course=course, venue=venue, capacity=5, starts_at=NOW + 16 * DAY)
    terms = db.session.scalars(select(BookingTerms)).one()
    for date in (first, second):
        book(date, ZERA, **SAID)
        book(date, CAT, submission=f"cat {date.id}")
    book(first, ZERA, submission="again", **SAID)
    book(first, BEN, submission="ben", manager_name=SAID["name"], manager_email=ZERA)
    for name, whom, of in ((SAID["name"], BEN, details), ("Ben Example", ZERA, zera)):
        team_bookings.book(
            third,
            Team(name=name, email=ZERA if whom == BEN else BEN, colleagues={whom: of()}),
            all_or_nobody=False,
            terms=terms,
            submission=f"team {len(whom)}",
            now=NOW,
        )
    interests.register(course, name=SAID["name"], email=ZERA, now=NOW)
    interests.register(make_course(), name=SAID["name"], email=NEW_ADDRESS, now=NOW)
    hers = booking_of(first, ZERA)
    address_changes.ask(hers.practitioner, NEW_ADDRESS, submission="change", now=NOW)
    attempts.count_and_refuse("mail", ZERA, limit=5, within=HOUR, now=NOW)
    was = undoing.look(hers, now=NOW)
    bookings.change_details(hers, details=zera(), now=NOW)
    hers.note = "Besotted, says Zerubbabel."
    line = audit.record(olive, "changed it", booking=hers, detail="Zerubbabel asked", now=NOW)
    audit.record(olive, "opened the register again", course_date=first, detail=ZERA, now=NOW)
    db.session.flush()
    undoing.remember(was, line, now=NOW)
    written = Said(WrittenTo.ALL, None, "About {course}", "Thank Zerubbabel Quixwood.")
    date_messages.send(date_messages.draft(first, written, olive), olive, now=NOW)
    news.take(
        "<h2>Training</h2><p>With Zerubbabel Quixwood, 3 March 2025, 10am to 1pm.</p>",
        origin=Origin.PASTED,
        name="quixwood.html",
        published=None,
        organiser=olive,
        now=NOW,
    )
    at(NOW)
    # Some days on: a place is passed on, another given up late, booked anew and lost again.
    moving.substitute(
        booking_of(third, BEN), email=CAT, details=details(name="Cat"), now=NOW + 2 * DAY
    )
    late = second.starts_at - HOUR
    bookings.cancel(booking_of(second, ZERA), cause=Cause.ILLNESS, reason="Marzipanic", now=late)
    book(second, ZERA, now=late, submission="back", **SAID)
    at(late)
    over = third.ends_at + HOUR
    for date in (first, second):
        registers.mark(booking_of(date, ZERA), Attendance.ATTENDED, olive, now=over)
        registers.mark(booking_of(date, CAT), Attendance.ABSENT, olive, now=over)
        certificates.follow_register(date, now=over)
        words = Answers(5, 1, 4, will_do="Wombatarium", comment="I am besotted")
        evaluations.answer(booking_of(date, ZERA), words, now=over)
    at(over)
    return over


def counted(now):
    """What reports say of that spring."""
    period, term = Period(2025), SchoolTerm.of(NOW + 14 * DAY)
    return (
        reports.of(period, None, now=now),
        seats.of(term, ["Cancelling"], now=now).terms[0].seats,
        weeks.figures([date.course_date for date in every_booking()]),
    )


def every_booking():
    from webapp.db import db

    return db.session.scalars(select(Booking).order_by(Booking.id)).all()


def test_a_year_after_their_last_training_nothing_says_who_somebody_was(db, folder, at):
    make_week(days=((NOW + 10 * DAY).date(), (NOW + 20 * DAY).date()))
    over = live(db, at)
    there = tables_with(traces(db, folder))
    assert there >= {
        "access_needs", "audit_line", "booking", "certificate", "date_message", "email",
        "evaluation", "interest", "news_reading", "practitioner", "team_booking", "team_member",
    }  # fmt: skip
    before, rows = counted(over), len(every_booking())

    at(over + 400 * DAY)
    at(over + 401 * DAY)

    assert traces(db, folder) == set()
    assert (counted(over), len(every_booking())) == (before, rows)
    assert [one.number for one in retention.due(now=over + 401 * DAY)] == [0] * (FORGETS + 1)
    assert forget(over + 401 * DAY) == {}


def test_of_somebody_erased_at_once_only_the_words_of_others_are_left_and_those_for_a_while(
    db, folder, at
):
    over = live(db, at)
    before, rows = counted(over), len(every_booking())

    for address in (ZERA, NEW_ADDRESS):
        erasures.erase_at(address, now=over)
    at(over)
    at(over + HOUR)

    left = tables_with(traces(db, folder))
    # What organisers wrote to many, and what a news page said.
    assert {table for table in left if table != "test"} == {
        "announcement", "date_message", "email", "news_passage", "news_reading",
        *(path.stem for path in folder.rglob("*-date_message.eml")),
    }  # fmt: skip
    assert (counted(over), len(every_booking())) == (before, rows)
