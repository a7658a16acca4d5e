from datetime import UTC, datetime

import pytest

from webapp.clock import LONDON
from webapp.formats.school_terms import SchoolTerm


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, "Spring term 2025"),
        (4, "Spring term 2025"),
        (5, "Summer term 2025"),
        (8, "Summer term 2025"),
        (9, "Autumn term 2025"),
        (12, "Autumn term 2025"),
    ],
)
def test_every_month_is_in_a_term(month, words):
    assert SchoolTerm.of(datetime(2025, month, 28, 10, tzinfo=LONDON)).words == words


def test_terms_begin_and_end_at_midnight_in_london():
    term = SchoolTerm.of(datetime(2025, 4, 30, 23, 30, tzinfo=UTC))
    assert term.words == "Summer term 2025"
    assert term.starts_at == datetime(2025, 4, 30, 23, tzinfo=UTC)
    assert term.ends_at == datetime(2025, 8, 31, 23, tzinfo=UTC)


def test_a_year_after_another_follows_its_terms():
    autumn = SchoolTerm.read("2025-autumn")
    assert autumn is not None
    assert str(autumn.after) == "2026-spring"
    assert autumn.after.before == autumn
    assert autumn.before < autumn < autumn.after


@pytest.mark.parametrize("text", [None, "", "2025", "2025-monsoon", "1999-spring", "2025-Spring"])
def test_what_names_no_term_is_none(text):
    assert SchoolTerm.read(text) is None
