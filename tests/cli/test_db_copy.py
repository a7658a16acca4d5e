"""An installation carried to PostgreSQL, as an operator does it, and looked at there."""

import pytest
from sqlalchemy import create_engine, inspect, select, text, update

from tests.conftest import NOW, ON_POSTGRES
from tests.makers import make_course, make_date, make_organiser
from tests.people import book, settle_in
from tests.races.conftest import another_database
from tests.races.runners import app_on
from tests.races.runners import run as in_the_new_one
from webapp.db import db as database
from webapp.db import is_up_to_date
from webapp.errors import Refused
from webapp.models import Booking, Course, Email, Organiser, RepeatedTry, Venue
from webapp.services import database_copy

pytestmark = pytest.mark.postgres


@pytest.fixture
def new(postgres):
    return another_database(postgres, "new_one")


def copy(app, url, *, fails=False):
    database.session.rollback()
    done = app.test_cli_runner().invoke(args=["db-copy", url])
    database.session.rollback()
    assert (done.exit_code != 0) is fails, done.output
    return done.output


@pytest.fixture
def world(db):
    """Rows of each kind that is kept in another way: JSON, bytes, moments, links in circles."""
    settle_in()
    make_organiser("olive@partnership.example", password="correct horse battery")
    date = make_date(course=make_course(title="Zoë 😀", topics=["a", "b"]), capacity=1)
    first, last = book(date), book(date, "ben@agency.example")
    first.replaces = last  # a later row
    tried = RepeatedTry(course_date_id=date.id, submission="x", at=NOW, terms_id=first.terms_id)
    tried.answers = {"name": "Ann", "more": [None, 1.5, {"é": "\\"}]}
    db.session.add(tried)
    db.session.commit()
    return date.id


def test_everything_is_there_afterwards_and_people_go_on_booking(app, db, world, new):
    messages = db.session.scalars(select(Email.message).order_by(Email.id)).all()
    people = db.session.execute(select(Booking.id, Booking.booked_at, Booking.replaces_id)).all()
    said = copy(app, new)

    assert "each the same on both sides" in said
    there = app_on(new)
    there.config["SECRET_KEY"] = app.config["SECRET_KEY"]
    with there.app_context():
        assert is_up_to_date()
        assert db.session.scalars(select(Course.title)).all() == ["Zoë 😀"]
        assert db.session.scalars(select(Course.topics)).all() == [["a", "b"]]
        assert db.session.scalars(select(Email.message).order_by(Email.id)).all() == messages
        found = select(Booking.id, Booking.booked_at, Booking.replaces_id)
        assert set(db.session.execute(found)) == set(people)
        answers = db.session.scalars(select(RepeatedTry.answers)).one()
        assert answers == {"name": "Ann", "more": [None, 1.5, {"é": "\\"}]}
        rules = inspect(db.engine).get_foreign_keys("booking")
        assert [rule["options"] for rule in rules] == [{}] * len(rules)  # as the migrations say
        db.session.remove()
    assert in_the_new_one(there, ("book", world, "cat@agency.example")) == "done"
    with there.app_context():
        db.engine.dispose()


def test_null_within_json_and_no_value_at_all_stay_apart(app, db, world, new):
    db.session.execute(text("UPDATE organiser SET mf_recovery_codes = 'null'"))
    make_organiser("oscar@partnership.example")
    db.session.execute(
        update(Organiser)
        .where(Organiser.email == "oscar@partnership.example")
        .values(mf_recovery_codes=text("NULL"))
    )
    db.session.commit()
    copy(app, new)

    engine = create_engine(new)
    with engine.connect() as there:
        kept = text("SELECT CAST(mf_recovery_codes AS TEXT) FROM organiser ORDER BY email")
        assert there.scalars(kept).all() == ["null", None]
    engine.dispose()


def test_a_database_with_tables_in_it_is_refused(app, db, world, new):
    engine = create_engine(new)
    with engine.begin() as there:
        there.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))

    assert "tables in that database already" in copy(app, new, fails=True)
    assert inspect(engine).get_table_names() == ["somebody_elses"]
    engine.dispose()


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL would not have such a row in the first place")
def test_what_postgresql_does_not_take_leaves_it_empty(app, db, world, new):
    db.session.execute(update(Venue).values(name="x"))
    db.session.execute(text("UPDATE course_date SET capacity = 99999999999"))
    db.session.commit()

    said = copy(app, new, fails=True)
    assert said.startswith("Error: PostgreSQL did not take the rows of course_date: ")
    assert "Nothing was copied" in said
    engine = create_engine(new)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_row_that_is_not_the_same_there_is_found_out(app, db, world, new):
    db.session.rollback()
    with database_copy.opened(new) as theirs:
        database_copy.copy(theirs)
        theirs.execute(text("UPDATE course SET title = 'Zoe'"))
        with (
            db.engine.connect() as ours,
            pytest.raises(Refused, match="The rows of course are not there as they were here"),
        ):
            database_copy.same("course", ours, theirs)


@pytest.mark.parametrize("url", ["sqlite:////tmp/other.db", "mysql://host/name", "nothing"])
def test_only_postgresql_can_be_copied_to(app, db, url):
    assert "postgresql://" in copy(app, url, fails=True)


def test_a_server_that_is_away_is_told_in_a_sentence(app, db):
    said = copy(app, "postgresql://nobody:secret@127.0.0.1:1/name", fails=True)
    assert said.startswith("Error: Nothing was copied. The database cannot be used now: ")
    assert "secret" not in said
