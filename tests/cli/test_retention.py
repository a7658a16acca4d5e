from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.people import partnership, settle_in
from webapp.cli.retention import forget_tonight
from webapp.models import Booking

LONG_AGO = NOW - timedelta(days=7 * 366)


@pytest.fixture
def old(db):
    settle_in()
    return make_booking(make_date(starts_at=LONG_AGO), name="Ann Unusual")


def run(app, *arguments):
    result = app.test_cli_runner().invoke(args=["retention", *arguments])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def test_a_dry_run_says_how_many_of_each_kind_and_changes_nothing(app, db, old):
    said = run(app, "--dry-run")

    assert {"Mails: 0", "Bookings: 1", "Line managers: 1", "Counted tries: 0"} <= set(said)
    assert said == run(app, "--dry-run")
    db.session.expire_all()
    assert old.name == "Ann Unusual"
    assert partnership().forgotten_at is None


def test_without_it_what_is_due_is_forgotten_and_a_second_time_nothing(app, db, old):
    assert run(app) == ["Line managers: 1 forgotten", "Bookings: 1 forgotten"]

    assert db.session.get(Booking, old.id, populate_existing=True).name == "Erased"
    assert partnership().forgotten_at == NOW
    assert run(app) == []


def test_before_the_seeds_are_loaded_there_is_a_sentence(app, db):
    result = app.test_cli_runner().invoke(args=["retention", "--dry-run"])
    assert result.exit_code == 1
    assert "Nothing has been loaded yet" in result.output


def test_what_a_night_s_round_does_not_reach_is_left_for_the_next(app, db, old):
    assert [*forget_tonight(lambda: True)] == []
    assert partnership().forgotten_at is None

    assert [*forget_tonight(lambda: False)] == [("Line managers", 1), ("Bookings", 1)]
    assert partnership().forgotten_at == NOW
    assert [*forget_tonight(lambda: False)] == []
