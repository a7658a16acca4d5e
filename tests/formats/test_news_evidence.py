"""Which year a day is of where it has none: what its page says of years."""

from datetime import date

from webapp.formats import news_source
from webapp.formats.news_blocks import cut
from webapp.formats.news_evidence import Evidence, page_years
from webapp.formats.news_rows import rows


def days(page, published=None):
    """Every day of the page as it is settled."""
    source = news_source.read(page)
    found = []
    for block in cut(source, rows(source))[0]:
        evidence = Evidence(block, published, page_years(source, rows(source)))
        found += [evidence.settle(mention) for row in block.rows for mention in row.days]
    return found


def test_the_title_of_the_block_tells_the_year():
    (settled,) = days("Neglect training 2023\nCome to us:\n6 May, 10am\n")
    assert settled.day == date(2023, 5, 6)
    assert settled.why.startswith("The title says 2023.")


def test_the_heading_above_tells_the_year_of_the_days_under_it():
    found = days("Neglect\nAll dates:\nSpring 2023\n6 May, 10am\nSpring 2024\n8 May, 10am\n")
    assert [settled.day for settled in found] == [date(2023, 5, 6), date(2024, 5, 8)]


def test_a_year_on_the_same_line_is_the_surest():
    found = days("Dates for 2023\n6 May, 10am and 8 May 2024, 10am\n")
    assert found[0].day == date(2024, 5, 6)


def test_a_school_year_tells_the_year_of_each_of_its_months():
    autumn, spring = days("Neglect training 2023/24\n6 October, 10am\n6 May, 10am\n")
    assert (autumn.day, spring.day) == (date(2023, 10, 6), date(2024, 5, 6))
    assert "2023-24" in spring.why


def test_of_a_council_s_year_the_next_april_is_meant():
    (settled,) = days("Neglect training 2023/24\n18 April, 10am\n", date(2023, 3, 1))
    assert settled.day == date(2023, 4, 18)
    # A school's year that has begun goes on to summer.
    (settled,) = days("Neglect training 2023/24\n18 April, 10am\n", date(2023, 9, 8))
    assert settled.day == date(2024, 4, 18)


def test_the_year_of_the_next_day_that_has_one_is_carried_back():
    first, _ = days("Neglect\n30 November, 10am\n\n5 January 2024, 10am\n")
    assert first.day == date(2023, 11, 30)


def test_the_year_of_a_law_is_no_evidence():
    (settled,) = days("The Care Act 2014\n6 May, 10am\n")
    assert settled.day is None


def test_a_newsletter_of_a_month_is_from_about_its_first_day():
    (settled,) = days("Bulletin of July 2022\n\nNeglect\nCome on 6 September, 10am.\n")
    assert settled.day == date(2022, 9, 6)


def test_prose_tells_the_year_only_where_nobody_knows_when_the_page_is_from():
    page = "Neglect\nWe run this in 2019.\n6 May, 10am\n"
    assert days(page)[0].day == date(2019, 5, 6)
    assert days(page, date(2025, 4, 1))[0].day == date(2025, 5, 6)


def test_nothing_tells_the_year():
    (settled,) = days("Neglect\n6 May, 10am\n")
    assert settled.day is None


def test_a_day_between_two_of_one_year_is_of_that_year():
    page = "Neglect\n3 December 2026\n13 October, 10am\n10 September 2026\n"
    assert [settled.day for settled in days(page)] == [
        date(2026, 12, 3),
        date(2026, 10, 13),
        date(2026, 9, 10),
    ]


def test_a_list_in_no_order_is_of_one_year():
    assert [one.day.year for one in days("4 December 2025, 10am\n14 October, 10am\n")] == [2025] * 2


def test_a_list_in_order_goes_over_new_year():
    found = days("4 December 2025, 10am\n14 January, 10am\n")
    assert [one.day.year for one in found] == [2025, 2026]


def test_a_day_elsewhere_tells_the_year_if_the_weekday_bears_it_out():
    page = "The week of 24 June 2024\n\nNeglect\nIt came into force in 2022.\n{} 25 June, 10am"
    assert days(page.format("Tuesday"))[-1].day == date(2024, 6, 25)
    assert days(page.format("Friday"))[-1].day is None
    assert days(page.format("On"))[-1].day is None
