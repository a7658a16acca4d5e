"""How long something lasts, and the end that follows from it."""

from datetime import date, time

import pytest

from webapp.formats import news_page
from webapp.formats.announcements import Sure
from webapp.formats.news_lengths import lengths


def sessions(lines, published=date(2025, 4, 1)):
    page = f"Neglect training\nA course about neglect.\n{lines}\n"
    return [one for item in news_page.read(page, published).items for one in item.sessions]


def ends(lines):
    return [one.ends for one in sessions(lines)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("It lasts one hour.", 60),
        ("It will last an hour.", 60),
        ("takes an hour and a half", 90),
        ("one and a half hours", 90),
        ("2.5 hours", 150),
        ("2½ hours", 150),
        ("a half-hour webinar", 30),
        ("half an hour", 30),
        ("forty-five minutes", 45),
        ("(2hrs)", 120),
        ("90 mins", 90),
        ("1 hour 30 minutes", 90),
        ("a 3-hour workshop", 180),
    ],
)
def test_a_length_is_read_however_it_is_written(text, minutes):
    assert [one.minutes for one in lengths(text)] == [minutes]


@pytest.mark.parametrize(
    "text",
    [
        "Arrive 30 minutes before the start",
        "It counts as two hours of CPD",
        "a 7 minute briefing",
        "The survey takes 20 minutes",
        "a 40-minute e-learning module",
        "Please give 48 hours' notice",
        "It lasts about three hours",
        "Parking is for two hours",
    ],
)
def test_what_is_no_session_or_not_sure_has_no_length(text):
    assert not any(one.is_told or one.is_named for one in lengths(text))


@pytest.mark.parametrize(
    "lines",
    [
        "6 May 2025 at 2pm, for an hour and a half",
        "6 May 2025, 2pm (90 mins)",
        "6 May 2025, 2pm, 90 minutes, Teams",
        "6 May 2025 at 2pm\n\nIt lasts 90 minutes.",
        "Date: 6 May 2025\nTime: 2pm\nDuration: 1.5 hours",
        "A 90-minute workshop at 2pm on 6 May 2025.",
    ],
)
def test_the_end_follows_from_the_start_and_how_long_it_lasts(lines):
    assert ends(lines) == [time(15, 30)]


def test_an_end_that_was_reckoned_is_inferred_and_shows_from_what():
    [one] = sessions("Tuesday 6 May 2025, 2pm, Mill House. It lasts two hours.")
    assert one.sure is Sure.INFERRED
    assert one.why.endswith("The end is reckoned from how long it lasts.")
    page = "Neglect training\nA course about neglect.\n"
    page += "Tuesday 6 May 2025, 2pm, Mill House. It lasts two hours.\n"
    assert page[one.start : one.end].endswith("two hours")


def test_what_lasts_so_long_each_time_ends_so_each_time():
    found = ends("6 May 2025, 10am, Mill House\n8 May 2025, 2pm, Teams\n\nEach lasts 90 minutes.")
    assert found == [time(11, 30), time(15, 30)]


def test_each_start_has_the_length_beside_it():
    found = ends("6 May 2025, 10am (2 hours), 8 May 2025, 10am (3 hours)")
    assert found == [time(12), time(13)]


def test_an_end_that_is_written_stays():
    [one] = sessions("6 May 2025, 10am to 1pm. It lasts two hours.")
    assert (one.ends, one.sure) == (time(13), Sure.WRITTEN)


@pytest.mark.parametrize(
    "lines",
    [
        "6 May 2025, 10am\n\nDay one lasts two hours, day two lasts three hours.",
        "6 May 2025, 10am\n\nThe film takes 40 minutes.",
        "6 May 2025, 8pm\n\nIt lasts three hours.",
    ],
)
def test_no_end_is_reckoned_from_what_may_be_something_else(lines):
    assert ends(lines) == [None]
