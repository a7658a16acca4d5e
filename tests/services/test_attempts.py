from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from webapp.errors import TooManyTries
from webapp.models import Attempt
from webapp.services import attempts

QUARTER = timedelta(minutes=15)


def one_try(kind="password", subject="ann@example.org", *, now=NOW, limit=3):
    return attempts.count_and_refuse(kind, subject, limit=limit, within=QUARTER, now=now)


def test_as_many_tries_as_the_limit_are_let_through_and_not_one_more(db):
    for _ in range(3):
        one_try()

    with pytest.raises(TooManyTries):
        one_try()


def test_the_refusal_says_when_to_try_again(db):
    for minute in range(3):
        one_try(now=NOW + timedelta(minutes=minute))

    with pytest.raises(TooManyTries, match=r"Try again in 11 minutes\."):
        one_try(now=NOW + timedelta(minutes=4, seconds=1))
    with pytest.raises(TooManyTries, match=r"Try again in 1 minute\."):
        one_try(now=NOW + timedelta(minutes=14, seconds=30))


def test_after_the_time_it_named_a_try_is_let_through(db):
    for minute in range(3):
        one_try(now=NOW + timedelta(minutes=minute))

    one_try(now=NOW + QUARTER)
    with pytest.raises(TooManyTries):
        one_try(now=NOW + QUARTER)


def test_a_refused_try_does_not_count(db):
    for _ in range(3):
        one_try()
    for _ in range(5):
        with pytest.raises(TooManyTries):
            one_try(now=NOW + timedelta(minutes=14))

    one_try(now=NOW + QUARTER)


def test_others_and_other_things_are_counted_apart(db):
    for _ in range(3):
        one_try()

    one_try(subject="bob@example.org")
    one_try(kind="code")


def test_an_address_is_the_same_in_capitals(db):
    for _ in range(3):
        one_try(subject="Ann@Example.org")

    with pytest.raises(TooManyTries):
        one_try()


def test_what_is_kept_does_not_say_who_tried(db):
    one_try()

    [subject] = db.session.scalars(select(Attempt.subject))
    assert "ann" not in subject
    assert len(subject) == 64


def test_tries_that_no_longer_count_are_not_kept(db):
    one_try(subject="bob@example.org")
    one_try(now=NOW + QUARTER)

    assert len(db.session.scalars(select(Attempt)).all()) == 1


def test_a_try_that_went_well_is_taken_back(db):
    for _ in range(9):
        attempts.take_back(one_try())

    assert db.session.scalars(select(Attempt)).all() == []


def test_failures_are_forgotten_for_the_one_and_kept_for_the_others(db):
    one_try()
    one_try()
    one_try(subject="bob@example.org")

    attempts.forget("password", "ANN@example.org")

    assert len(db.session.scalars(select(Attempt)).all()) == 1
