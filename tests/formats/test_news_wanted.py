"""Which days are to come to, which are off, and which are only the paper's."""

from datetime import date

from webapp.formats import news_page
from webapp.formats.announcements import Status


def read(page):
    items = news_page.read(page, date(2025, 4, 1)).items
    wanted = [one.day.day for item in items for one in item.sessions if one.day]
    off = [(one.day.day, one.status) for item in items for one in item.called_off if one.day]
    return wanted, off


def test_a_cancelled_day_is_kept_apart_so_that_nobody_goes_to_it():
    page = "Neglect training\n6 May 2025, 10am to 1pm\n8 May 2025, 10am to 1pm - CANCELLED\n"
    assert read(page) == ([6], [(8, Status.CANCELLED)])


def test_a_title_that_says_cancelled_speaks_of_all_its_days():
    page = "CANCELLED: Neglect training\n6 May 2025, 10am to 1pm\n8 May 2025, 10am to 1pm\n"
    assert read(page) == ([], [(6, Status.CANCELLED), (8, Status.CANCELLED)])


def test_a_line_below_says_that_the_day_above_is_off():
    page = "Neglect training\n6 May 2025, 10am to 1pm\n{}\n8 May 2025, 10am to 1pm\n"
    assert read(page.format("Please note this session has been CANCELLED.")) == (
        [8],
        [(6, Status.CANCELLED)],
    )
    assert read(page.format("POSTPONED TO 9 May 2025, 10am to 1pm")) == (
        [9, 8],
        [(6, Status.MOVED)],
    )


def test_the_day_of_the_paper_is_no_session_where_another_is_called_date():
    page = "Neglect training\n5 May 2025\nCome and learn.\nDate: 6 May 2025\nTime: 10am to 1pm\n"
    assert read(page) == ([6], [])


def test_a_day_that_does_not_exist_is_none_unless_it_has_a_time():
    assert read("Neglect training\nBulletin No. 31 September 2025\n6 May 2025, 10am\n") == ([6], [])
    (item,) = news_page.read("Neglect training\n31 June 2025, 10am to 1pm\n", None).items
    assert [one.readings != () for one in item.sessions] == [True]


def test_the_head_of_a_column_says_what_its_days_are():
    page = (
        "Neglect training\n\n| Date | Time | Closing date |\n|---|---|---|\n"
        "| 6 May 2025 | 10am to 1pm | 2 May 2025 |\n| 8 May 2025 | 10am to 1pm | 4 May 2025 |\n"
    )
    assert read(page)[0] == [6, 8]


def test_a_day_in_the_title_that_stands_in_full_below_is_said_once():
    page = "Neglect training 6 May 2025\n\nTuesday 6 May 2025, 10am to 1pm\n"
    assert read(page) == ([6], [])


def test_the_themes_of_a_week_are_no_sessions_unless_they_have_hours():
    days = "Monday 5 May 2025 - Listening\nTuesday 6 May 2025 - Neglect workshop, 10am to 11am\n"
    assert read(f"Safeguarding Week\n\nEach day has a theme:\n{days}") == ([6], [])


def test_a_week_in_a_list_is_none_at_either_end():
    page = "Neglect training\n8 May 2025, 10am to 1pm\nWalk to School Week: 19 - 23 May 2025\n"
    assert read(page) == ([8], [])


def test_days_with_themes_end_where_a_list_of_trainings_begins():
    themed = "Safeguarding week\nEach day has a theme:\n- 6 May: Neglect\n- 7 May: Harm\n"
    assert read(f"{themed}Learning events\n- 8 May: Working with fathers workshop\n")[0] == [8]


def test_the_day_of_what_people_must_have_been_at_is_not_to_come():
    page = (
        "Neglect training\nYou must have been at the induction held on 28 May.\n6 May, 10am-1pm\n"
    )
    assert read(page)[0] == [6]


def test_an_office_that_closes_holds_no_session():
    page = "Neglect training\n6 May, 10am to 1pm\nOur offices close at 12 noon on 24 December.\n"
    assert read(page)[0] == [6]


def test_a_day_that_gave_way_to_another_is_not_to_come_to_wherever_it_was_told():
    said = "{} 6 May session will now take place on 20 May, 10am to 1pm"
    assert read(f"Neglect training: {said.format('the')}") == ([20], [(6, Status.MOVED)])
    listed = "Neglect training\n6 May and 8 May, 10am to 1pm\n"
    assert read(f"{listed}The 6 May session is now on 20 May.") == ([8, 20], [(6, Status.MOVED)])
    assert read(f"{listed}The 6 May session is now on Teams.") == ([6, 8], [])
