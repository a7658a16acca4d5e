"""What is shown of evaluations: sums without names, and nothing of a date with too few answers."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_evaluation, make_partnership
from tests.queries import counted
from webapp.models import Attendance, Results
from webapp.services import evaluation_results

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def make_over(course=None, days=1):
    start = NOW - days * DAY
    return make_date(course=course, starts_at=start, ends_at=start + HOUR, capacity=None)


def answered(date, *points, **facts):
    booking = make_booking(date, attendance=Attendance.ATTENDED, marked_at=NOW)
    return make_evaluation(booking, *points, **facts)


def test_the_results_of_a_date_count_each_answer_and_who_was_more_confident(db):
    date = make_over()
    answered(date, 5, 2, 4)
    answered(date, 5, 3, 3)
    answered(date, 2, 1, 5)
    make_booking(date, attendance=Attendance.PART)
    make_booking(date, attendance=Attendance.ABSENT)

    found = evaluation_results.of_date(date)
    assert (found.came, found.answered, found.shown) == (4, 3, 3)
    assert found.useful == {5: 2, 2: 1}
    assert found.before == {2: 1, 3: 1, 1: 1}
    assert found.after == {4: 1, 3: 1, 5: 1}
    assert found.more_confident == 2


def test_of_a_date_with_two_answers_nothing_is_shown_but_how_many(db):
    date = make_over()
    answered(date, will_do="Ask sooner.")
    answered(date, comment="Thank you.")

    found = evaluation_results.of_date(date)
    assert (found.came, found.answered, found.shown) == (2, 2, 0)
    assert found.useful == {}
    assert evaluation_results.words_of(date).rows == []
    assert list(evaluation_results.every_answer(date)) == []


def test_answers_of_whom_the_register_no_longer_has_there_count_for_nothing(db):
    date = make_over()
    for _ in range(3):
        answered(date, will_do="Ask sooner.")
    make_evaluation(make_booking(date, attendance=Attendance.ABSENT), 1, 1, 1, comment="Bad")

    assert evaluation_results.of_date(date).answered == 3
    assert evaluation_results.words_of(date).total == 3


def test_a_course_adds_up_its_dates_without_those_that_have_too_few_answers(db):
    course = make_course()
    first, second, third = (make_over(course, days) for days in (3, 2, 1))
    for _ in range(3):
        answered(first, 5, 1, 5, will_do="Ask sooner.")
        answered(second, 3, 2, 2)
    answered(third, 1, 5, 1, comment="Only I said this.")
    for _ in range(3):
        answered(make_over(), 1, 1, 1)
    make_over(course, 4)

    by_date = evaluation_results.by_date(course)
    assert set(by_date) == {first.id, second.id, third.id}
    whole = Results.together(by_date.values())
    assert (whole.came, whole.answered, whole.shown) == (7, 7, 6)
    assert whole.useful == {5: 3, 3: 3}
    assert whole.more_confident == 3
    assert {date.id for _, date in evaluation_results.every_answer(course)} == {first.id, second.id}
    assert [one.will_do for one in evaluation_results.words_of(course).rows] == ["Ask sooner."] * 3
    assert evaluation_results.dates(course).rows == [third, second, first]


def test_nobody_s_answers_add_up_to_nothing(db):
    assert evaluation_results.of_date(make_over()) == Results()
    assert Results.together([]).shown == 0


def test_words_stand_by_their_letters_and_not_by_who_was_first(db):
    date = make_over()
    answered(date, will_do="wait less")
    answered(date, comment="Better coffee")
    answered(date, will_do="Ask sooner", comment="Zzz")
    answered(date)

    found = evaluation_results.words_of(date)
    assert [one.will_do or one.comment for one in found.rows] == [
        "Ask sooner",
        "Better coffee",
        "wait less",
    ]


def test_rows_stand_by_day_and_points_and_not_by_who_was_first(db):
    date = make_over()
    for useful in (4, 1, 3):
        answered(date, useful)
    assert [one.useful for one, _ in evaluation_results.every_answer(date)] == [1, 3, 4]


def looking_asks(db, number):
    course = make_course()
    for n in range(number):
        date = make_over(course, n + 1)
        for _ in range(3):
            answered(date, will_do="Ask sooner.")
    db.session.expire_all()
    course.id  # noqa: B018
    with counted() as sent:
        evaluation_results.by_date(course)
        evaluation_results.dates(course)
        evaluation_results.words_of(course)
        list(evaluation_results.every_answer(course))
    return len(sent)


def test_a_course_with_many_dates_asks_the_database_as_often_as_one_with_few(db):
    assert looking_asks(db, 2) == looking_asks(db, 20)
