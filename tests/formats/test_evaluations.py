import csv
import io
from collections import Counter
from datetime import datetime

import pytest

from webapp.clock import LONDON
from webapp.formats import evaluations
from webapp.models import CourseDate, Evaluation


def rows(pairs):
    text = evaluations.to_csv(pairs).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def date():
    return CourseDate(id=7, starts_at=datetime(2025, 3, 31, 0, 30, tzinfo=LONDON))


def answered(**facts):
    points = {"useful": 5, "confident_before": 2, "confident_after": 4}
    return Evaluation(**points, will_do=None, comment=None, **facts)


def test_an_average_has_one_decimal():
    assert evaluations.mean(Counter({5: 2, 4: 1})) == "4.7"
    assert evaluations.mean(Counter({3: 1})) == "3.0"


def test_a_row_says_the_day_the_points_and_the_words_and_nothing_of_whose_they_are(date):
    one = answered(booking_id=123456)
    one.will_do, one.comment = "Ask sooner.", "Siân’s part was good."

    assert rows([(one, date)]) == [
        list(evaluations.HEAD),
        ["Mon 31 Mar 2025", "5", "2", "4", "Ask sooner.", "Siân’s part was good."],
    ]


def test_words_that_look_like_a_formula_are_not_run(date):
    one = answered()
    one.comment = "=1+1"
    assert rows([(one, date)])[1][-1] == "'=1+1"


def test_a_file_is_called_after_its_course_and_day(date):
    assert evaluations.file_name("neglect", date) == "evaluation-neglect-31-mar-2025.csv"
    assert evaluations.file_name("neglect") == "evaluation-neglect.csv"


def test_each_of_the_five_points_has_words():
    assert list(evaluations.USEFUL) == list(evaluations.CONFIDENT) == [5, 4, 3, 2, 1]
