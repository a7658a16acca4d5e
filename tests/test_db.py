"""One database under two kinds of doors: those that read and those that write."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import sleep

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from tests.conftest import NOW, ON_POSTGRES
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_partnership,
    make_practitioner,
    make_terms,
    make_venue,
)
from webapp.db import fetch, is_up_to_date, let_go_of_old_pages, will_write
from webapp.errors import NotFound
from webapp.models import (
    Booking,
    BookingState,
    Course,
    Ending,
    Partnership,
    Practitioner,
    RepeatedTry,
    Venue,
)

on_sqlite = pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL locks rows, not the database")


@pytest.fixture
def neighbour(db):
    """Another process that writes into the same file, and does not wait."""
    connection = sqlite3.connect(db.engine.url.database, timeout=0, isolation_level=None)
    yield connection
    connection.close()


def test_a_naive_moment_is_refused(db):
    naive = datetime(2026, 7, 1, 9)  # noqa: DTZ001
    with pytest.raises(StatementError, match="naive"):
        make_date(starts_at=naive)


def test_a_moment_is_kept_as_utc_and_comes_back_aware(db):
    summer = timezone(timedelta(hours=1))
    date = make_date(starts_at=datetime(2025, 5, 29, 10, tzinfo=summer))
    db.session.expire_all()

    assert date.starts_at == datetime(2025, 5, 29, 9, tzinfo=UTC)
    assert date.starts_at.tzinfo is UTC
    assert str(db.session.scalar(text("SELECT starts_at FROM course_date"))).startswith(
        "2025-05-29 09:00:00"
    )


def test_moments_compare_in_the_database_whatever_their_zone(db):
    date = make_date(starts_at=datetime(2025, 5, 29, 9, tzinfo=UTC))
    an_hour_ahead = datetime(2025, 5, 29, 10, tzinfo=timezone(timedelta(hours=1)))

    assert db.session.scalar(select(type(date)).filter_by(starts_at=an_hour_ahead)) is date


def test_nul_in_a_text_is_dropped(db):
    course = make_course(title="Before\x00and after", level="\x00")
    db.session.expire_all()

    assert course.title == "Beforeand after"
    assert course.level == ""
    assert db.session.scalars(select(Course).where(Course.title == "Before\x00and after")).one()


def test_nul_is_dropped_from_texts_in_lists_and_answers_too(db):
    course = make_course(topics=["a\x00b", "\x00"], outcomes=["Zoë 😀"])
    answers = {"name": "Ann\x00", "agency": 7, "more": ["\x00a", {"b": "c\x00"}], "team": None}
    tried = RepeatedTry(course_date_id=make_date(course=course).id, submission="x", at=NOW)
    tried.terms_id, tried.answers = make_terms().id, answers
    db.session.add(tried)
    db.session.commit()
    db.session.expire_all()

    assert (course.topics, course.outcomes) == (["ab", ""], ["Zoë 😀"])
    assert tried.answers == {"name": "Ann", "agency": 7, "more": ["a", {"b": "c"}], "team": None}


@pytest.mark.parametrize(
    "words",
    ["Zoë 😀 👩🏽‍🏫", "مرحبا \u202e", "<script>alert(1)</script>", "'; DROP TABLE--", "x" * 4000],
)
def test_any_other_text_comes_back_as_it_was(db, words):
    course = make_course(title=words)
    db.session.expire_all()

    assert course.title == words


def test_a_row_that_is_not_there_is_not_found(db):
    venue = make_venue()

    assert fetch(Venue, venue.id) is venue
    for key in (venue.id + 1, 0, -1, 2**31, 2**63, 10**40, -(10**40)):
        with pytest.raises(NotFound):
            fetch(Venue, key)


def test_a_row_cannot_point_at_what_is_not_there(db):
    booking = make_booking()
    booking.agency_id = 999_999

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_database_knows_whether_its_migrations_were_run(db):
    assert is_up_to_date()
    db.session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert not is_up_to_date()
    db.session.rollback()
    db.session.execute(text("DELETE FROM alembic_version"))
    assert not is_up_to_date()
    db.session.rollback()


def test_an_installation_of_the_first_migration_goes_up_with_its_rows(db):
    booking_id = make_booking().id
    db.session.remove()
    downgrade(revision="0001")
    upgrade()

    booking = fetch(Booking, booking_id)
    assert (booking.replaces, booking.practitioner.is_discreet) == (None, False)
    with pytest.raises(IntegrityError):  # the table was copied, and its partial index with it
        make_booking(booking.course_date, practitioner=booking.practitioner)
    db.session.rollback()


def test_words_that_were_chosen_before_go_up_with_their_mails(db):
    make_partnership(mail_words={"certificate": {"first": "{course} – well done", "last": "Bye"}})
    db.session.remove()
    downgrade(revision="0004")
    older = db.session.scalar(text("SELECT CAST(mail_openings AS VARCHAR) FROM partnership"))
    assert json.loads(older) == {"certificate": "{course} – well done"}
    db.session.remove()
    upgrade()

    ours = db.session.scalars(select(Partnership)).one()
    assert ours.mail_words == {"certificate": {"first": "{course} – well done"}}


def test_what_reports_counted_as_late_before_is_noted_as_late(db):
    date = make_date()
    gone = {"state": BookingState.CANCELLED, "ending": Ending.BY_PRACTITIONER}
    hours = {"late": 47, "early": 49, "waited": 1}
    keys = {
        name: make_booking(
            date,
            cancelled_at=date.starts_at - timedelta(hours=before),
            waiting_since=NOW if name == "waited" else None,
            **gone,
        ).id
        for name, before in hours.items()
    }
    db.session.remove()
    downgrade(revision="0006")
    upgrade()

    assert [name for name, key in keys.items() if fetch(Booking, key).gave_up_late] == ["late"]


def test_what_was_not_committed_is_gone(db):
    make_practitioner("ann@agency.example")
    db.session.add(Practitioner(email="bob@agency.example", created_at=NOW))
    db.session.flush()
    db.session.rollback()

    assert db.session.scalars(select(Practitioner.email)).all() == ["ann@agency.example"]


@on_sqlite
def test_a_writing_door_takes_the_write_lock_as_it_begins(db, neighbour):
    will_write()
    db.session.execute(select(Venue))

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        neighbour.execute("BEGIN IMMEDIATE")

    db.session.rollback()
    neighbour.execute("BEGIN IMMEDIATE")


@on_sqlite
def test_a_reading_door_holds_nobody_up_and_sees_one_state(db, neighbour):
    will_write(False)
    assert db.session.scalars(select(Venue)).all() == []

    neighbour.execute(
        "INSERT INTO venue (name, address, demonstration_values, updated_at)"
        " VALUES ('Town Hall', '[]', '[]', '2025-04-17')"
    )

    assert db.session.scalars(select(Venue)).all() == []
    db.session.rollback()
    assert db.session.scalars(select(Venue.id)).all() == [1]


@on_sqlite
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
def test_every_connection_is_prepared(db, pragma, value):
    assert db.session.scalar(text(f"PRAGMA {pragma}")) == value


@on_sqlite
def test_who_reads_and_then_writes_is_not_held_up_while_old_pages_go(app, db, neighbour):
    make_venue()
    db.session.commit()
    reader, writer = (
        sqlite3.connect(db.engine.url.database, timeout=3, isolation_level=None) for _ in range(2)
    )
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM venue").fetchall()
    neighbour.execute("DELETE FROM venue")

    def let_go():
        with app.app_context():
            let_go_of_old_pages()

    with ThreadPoolExecutor() as pool:
        gone = pool.submit(let_go)
        sleep(0.5)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("COMMIT")
        reader.close()
        gone.result()

    assert Path(f"{db.engine.url.database}-wal").stat().st_size == 0
    writer.close()


def test_what_was_kept_with_bookings_is_kept_as_long_until_somebody_says_otherwise(db):
    make_partnership(booking_years=3)
    db.session.remove()
    downgrade(revision="0007")
    upgrade()

    ours = db.session.scalars(select(Partnership)).one()
    assert (ours.evaluation_years, ours.audit_years, ours.manager_days) == (3, 3, 90)
    assert ours.forgotten_at is not None, "nothing goes before the next night"
