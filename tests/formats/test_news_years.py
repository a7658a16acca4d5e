"""A year comes from the page or stays open; day and weekday that disagree become a question."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from webapp.formats.announcements import Sure
from webapp.formats.news_dates import days
from webapp.formats.news_years import Stated, settle

PAGES = st.dates(date(2015, 1, 1), date(2039, 12, 31))
SAYS_2026 = Stated(2026, None, "The heading says 2026.")


def read(text, published=None, *stated):
    (mention,) = days(text)
    return settle(mention, published, stated)


def test_a_year_that_is_written_is_kept():
    settled = read("Tuesday 6 May 2025", date(2030, 1, 1))
    assert (settled.day, settled.readings, settled.sure) == (date(2025, 5, 6), (), Sure.WRITTEN)


@pytest.mark.parametrize(
    ("text", "which", "year"),
    [("30 December to 2 January 2025", 0, 2024), ("1/2/2024, 30 Dec and 2 Jan", 2, 2025)],
)
def test_a_year_over_new_year_is_counted_and_says_so(text, which, year):
    settled = settle(days(text)[which], None)
    assert (settled.sure, settled.day.year) == (Sure.INFERRED, year)
    assert settled.why.startswith("The year is counted over New Year")


@given(PAGES, st.integers(-60, 304), st.booleans())
def test_a_day_near_publication_gets_its_year(published, away, has_weekday):
    day = published + timedelta(days=away)
    settled = read(
        f"{day:%A} {day.day} {day:%B}" if has_weekday else f"{day.day} {day:%B}", published
    )
    if has_weekday or away >= -7:
        assert settled.day == day
    assert settled.sure is Sure.INFERRED
    assert "published on" in settled.why


@given(PAGES)
def test_a_weekday_alone_gives_no_year(day):
    settled = read(f"{day:%A} {day.day} {day:%B}")
    assert (settled.day, settled.readings) == (None, ())
    assert settled.why == "No year is written, and nothing on the page says which."


def test_the_sentence_says_where_the_year_is_from():
    assert read("Tuesday 6 May", date(2025, 4, 1)).why == (
        "No year is written; the page was published on 1 April 2025. 6 May 2025 is a Tuesday."
    )
    assert read("Thursday 14 May", None, SAYS_2026).why == (
        "The heading says 2026. 14 May 2026 is a Thursday."
    )


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Tuesday 16 December", date(2025, 12, 10), date(2025, 12, 16)),
        ("Tuesday 13 January", date(2025, 12, 10), date(2026, 1, 13)),
        ("5 February", date(2025, 12, 10), date(2026, 2, 5)),
        ("5 March", date(2025, 3, 20), date(2025, 3, 5)),
        # It was no Tuesday in 2025 and lies behind: the next one is meant.
        ("Tuesday 3 March", date(2025, 3, 20), date(2026, 3, 3)),
        ("29 February", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_years_from_the_publication(text, published, day):
    settled = read(text, published)
    assert (settled.day, settled.sure) == (day, Sure.INFERRED)


@pytest.mark.parametrize(
    ("text", "published", "stated", "day"),
    [
        ("14 May", None, [SAYS_2026], date(2026, 5, 14)),
        # The one that its weekday fits, of two.
        ("Thursday 14 May", None, [Stated(2025, None, "x"), SAYS_2026], date(2026, 5, 14)),
        # A newsletter of October tells of January.
        ("13 January", None, [Stated(2025, 10, "The title says October 2025.")], date(2026, 1, 13)),
        # What it says of long ago is no year of its dates.
        ("5 March", date(2025, 6, 20), [Stated(2019, None, "x")], date(2026, 3, 5)),
        ("5 March", date(2025, 6, 20), [SAYS_2026], date(2026, 3, 5)),
        ("1 August", date(2025, 6, 20), [SAYS_2026], date(2026, 8, 1)),
    ],
)
def test_years_from_what_the_page_states(text, published, stated, day):
    assert read(text, published, *stated).day == day


def test_a_weekday_that_does_not_fit_is_a_question_with_every_reading():
    settled = read("Wednesday 21 March", date(2025, 3, 20))
    assert settled.day == date(2025, 3, 21)
    assert settled.sure is Sure.GUESSED
    assert settled.why.startswith("The page says Wednesday, but 21 March 2025 is a Friday.")
    assert [(one.day, one.why) for one in settled.readings] == [
        (date(2025, 3, 21), "21 March 2025 is a Friday."),
        (date(2025, 5, 21), "21 May 2025 is a Wednesday."),
    ]


@pytest.mark.parametrize(
    ("text", "published", "reading"),
    [
        ("Wednesday 14 January 2025", date(2025, 12, 10), date(2026, 1, 14)),
        ("Tuesday 7 May 2025", date(2025, 4, 1), date(2025, 5, 6)),
        ("Saturday 13 May 2025", date(2025, 4, 1), date(2025, 5, 31)),
        ("Monday 3 June 2025", date(2025, 4, 1), date(2025, 6, 2)),
        ("Monday 3 June 2025", None, date(2024, 6, 3)),
    ],
)
def test_the_slips_that_people_make_are_among_the_readings(text, published, reading):
    assert reading in [one.day for one in read(text, published).readings]


@given(PAGES, st.integers(-7, 290), st.integers(1, 6), st.booleans())
def test_nothing_is_put_right_in_silence(published, away, wrong, has_year):
    # A day of last week without a year may as well be next year's, where its weekday fits.
    assume(has_year or away >= 0)
    day = published + timedelta(days=away)
    said = day + timedelta(days=wrong)
    settled = read(
        f"{said:%A} {day.day} {day:%B}{day: %Y}" if has_year else f"{said:%A} {day.day} {day:%B}",
        published,
    )
    assert settled.day == day
    assert settled.readings[0].day == day
    assert settled.sure is Sure.GUESSED
    others = [one.day for one in settled.readings[1:]]
    assert len(others) <= 5
    assert len(set(others)) == len(others)
    assert all(other.weekday() == said.weekday() for other in others)
    assert all(other >= published - timedelta(days=7) for other in others)


def test_a_day_that_no_month_has_is_a_question():
    settled = read("Tuesday 31 June 2025")
    assert settled.day is None
    assert settled.why == "June 2025 has only 30 days."
    assert [one.day for one in settled.readings] == [date(2025, 7, 1), date(2025, 6, 30)]
    assert read("31 June").readings == ()


@given(
    st.dates(),
    st.lists(
        st.builds(Stated, st.integers(1900, 2099), st.none() | st.integers(1, 12), st.just("x"))
    ),
    st.dates() | st.none(),
    st.sampled_from(["{0:%A} {0.day} {0:%B}", "{0.day} {0:%B}", "31 April", "29 February"]),
)
def test_no_page_is_too_old_or_too_new(day, stated, published, form):
    settled = read(form.format(day), published, *stated)
    assert settled.why
