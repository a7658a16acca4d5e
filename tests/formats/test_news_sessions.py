"""A day with its time and place as a session, and what is in doubt."""

from datetime import date, time

from webapp.formats import news_page
from webapp.formats.announcements import Status, Sure


def sessions(lines, published=date(2025, 4, 1)):
    page = f"Neglect training\nA course about neglect.\n{lines}\n"
    return [one for item in news_page.read(page, published).items for one in item.sessions]


def test_a_session_has_its_day_its_times_and_its_place():
    (one,) = sessions("Tuesday 6 May 2025, 10am to 1pm, Mill House")
    assert (one.day, one.starts, one.ends) == (date(2025, 5, 6), time(10), time(13))
    assert one.venue.text == "Mill House"
    assert (one.weekday_as_written, one.sure) == ("Tuesday", Sure.WRITTEN)


def test_a_day_that_is_told_again_is_one_session():
    (one,) = sessions("6 May 2025, 10am to 1pm\n6 May 2025")
    assert one.starts == time(10)


def test_a_session_told_again_with_its_end_is_one_session():
    (one,) = sessions("6 May 2025 at 4.30pm\nIt is from 4:30-6:00pm on 6 May 2025.")
    assert (one.starts, one.ends) == (time(16, 30), time(18))


def test_a_session_told_again_at_the_same_place_without_its_end_is_one_session():
    again = "10am on 6 May 2025, Mill House"
    (one,) = sessions(f"6 May 2025, 10am to 1pm, Mill House\n{again}")
    assert (one.starts, one.ends) == (time(10), time(13))


def test_a_day_at_two_places_is_two_sessions():
    found = sessions("6 May 2025, 10am to 1pm, Mill House\n6 May 2025, 10am to 1pm, Town Hall")
    assert [one.venue.text for one in found] == ["Mill House", "Town Hall"]


def test_the_days_between_two_that_are_named_are_sessions_too():
    found = sessions("12 to 15 May 2025, 10am to 4pm")
    assert [one.day.day for one in found] == [12, 13, 14, 15]
    assert [one.sure for one in found[1:3]] == [Sure.INFERRED] * 2


def test_a_long_range_is_no_row_of_sessions():
    found = sessions("12 to 25 May 2025, 10am to 4pm")
    assert [one.day.day for one in found] == [12, 25]


def test_a_time_that_ends_before_it_begins_is_in_doubt():
    for one in sessions("6 May 2025, 4pm to 1pm"):
        assert one.ends is None


def test_the_place_under_each_of_several_days_is_each_ones_own():
    found = sessions("6 May 2025, 10am\nVenue: Mill House\n8 May 2025, 10am\nVenue: Town Hall")
    assert [one.venue.text for one in found] == ["Mill House", "Town Hall"]


def test_a_day_that_is_full_says_so():
    full, free = sessions("6 May 2025, 10am to 1pm FULL\n8 May 2025, 10am to 1pm")
    assert (full.status, free.status) == (Status.FULL, None)


def test_a_day_without_a_year_keeps_its_day_and_month():
    (one,) = sessions("6 May, 10am to 1pm", published=None)
    assert (one.day, one.month_day) == (None, (5, 6))


def test_a_weekday_that_does_not_fit_is_a_question_and_no_correction():
    (one,) = sessions("Monday 6 May 2025, 10am to 1pm")
    assert one.is_in_conflict
    assert one.day == date(2025, 5, 6)


def test_as_many_places_as_days_are_theirs_in_turn():
    lines = "Dates: 6 May, 8 May. Venues: {}\nTime: 10am to 1pm"
    found = sessions(lines.format("Mill House; Library"))
    assert [one.venue.text for one in found] == ["Mill House", "Library"]
    found = sessions(lines.format("Mill House; Library; Town Hall"))
    assert {one.venue.text for one in found} == {"Mill House"}
