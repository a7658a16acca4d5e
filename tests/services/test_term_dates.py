from datetime import timedelta

from tests.conftest import NOW
from tests.makers import make_date, make_held_back_date, make_many_dates, make_postponed_date
from webapp.formats.school_terms import SchoolTerm
from webapp.models import DateState
from webapp.services import term_dates

SPRING, SUMMER = SchoolTerm(2025, 0), SchoolTerm(2025, 1)


def test_a_term_holds_its_published_dates_in_their_order(db):
    later = make_date(starts_at=SUMMER.ends_at - timedelta(hours=1))
    first = make_date(starts_at=SUMMER.starts_at)
    make_date(starts_at=SUMMER.ends_at)
    make_date(starts_at=SUMMER.starts_at - timedelta(hours=1))
    make_date(state=DateState.CANCELLED)
    make_postponed_date()
    make_held_back_date()

    assert term_dates.of_term(SUMMER, None, NOW).rows == [first, later]


def test_the_term_shown_is_that_of_the_next_date_or_else_the_one_it_is(db):
    assert term_dates.of_next_date(NOW) == SPRING
    make_date(starts_at=NOW - timedelta(days=3))
    make_date(starts_at=NOW + timedelta(days=3), state=DateState.DRAFT)
    make_date(starts_at=SUMMER.starts_at)
    assert term_dates.of_next_date(NOW) == SUMMER


def test_of_a_long_term_one_gets_the_page_with_the_next_date_unless_another_is_asked_for(db):
    make_many_dates(110, first=SPRING.starts_at + timedelta(hours=9))

    def page(number):
        found = term_dates.of_term(SPRING, number, NOW)
        return found.number, found.rows[0].starts_at <= NOW <= found.rows[-1].starts_at

    assert page(None) == (3, True)
    assert page(1) == (1, False)
