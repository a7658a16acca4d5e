"""Where on a page the days, the titles and the heads of tables stand."""

import pytest

from webapp.formats import news_page
from webapp.formats.news_dates import days


def trainings(page):
    """Each session of each training: its title, day and hour."""
    return [
        (item.title.text, str(one.day), f"{one.starts:%H:%M}" if one.starts else None)
        for item in news_page.read(page, None).items
        if item.is_training
        for one in item.sessions
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Starting Reception, Junior or Year 7 in September 2024", []),
        ("For Years 5 and 6 in May 2025", []),
        ("Level 2 May 2025", []),
        ("Key Stage 2 July 2025", []),
        ("Children aged 5 June 2025", []),
        ("10 in May", []),
        ("Later this year 7 May", [(7, 5)]),
        ("the 7th in September", [(7, 9)]),
        ("Wednesdays 7, 14 and 21 in May", [(7, 5), (14, 5), (21, 5)]),
        ("Session 1 - 6 May 2025", [(6, 5)]),
        ("Locality 2 - 8 May, 9.30am", [(8, 5)]),
        ("Part 1 \u2013 2 June", [(2, 6)]),
        ("The course runs 1 - 6 May 2025", [(1, 5), (6, 5)]),
    ],
)
def test_a_figure_that_numbers_or_counts_something_is_no_day(text, found):
    assert [(mention.day, mention.month) for mention in days(text)] == found


def test_a_cell_a_line_with_places_available_above_the_day():
    page = (
        "Capacity Training (MCA)\nThis course is for all managers and practitioners.\nDates\n"
        "May 2025\nDate |\nTime |\nDuration |\nLocation |\nPlaces Available |\n|\n28/05/2025 |\n"
        "09:30-16:00 |\n1 Day |\nMarsham College |\n24 |\nBook |\n"
    )
    assert trainings(page) == [("Capacity Training (MCA)", "2025-05-28", "09:30")]


@pytest.mark.parametrize("label", ["Places available", "Seats available:", "Spaces available"])
def test_what_is_left_is_said_above_a_day_to_come_to(label):
    page = f"Seeing Neglect workshop\n\n{label}\n6 May 2025\n9.30am to 12pm\n"
    assert trainings(page) == [("Seeing Neglect workshop", "2025-05-06", "09:30")]


def test_the_head_of_a_table_without_strokes_heads_nothing():
    page = (
        "Seeing Neglect workshop\n\nMay 2025\n\nDate Time Duration Location Places Available\n\n"
        "6 May 2025 09:30-12:00 Half day Ash Hall 20\n"
    )
    assert [title for title, *_ in trainings(page)] == ["Seeing Neglect workshop"]


def test_a_day_with_hours_at_the_top_is_that_of_the_first_heading():
    page = (
        "9 July 2025\n09:30 \u2013 16:00\n\nA one-day course\n\nCounty lines is what it is called "
        "when gangs sell drugs in market towns.\n\nCourse aims:\n\n- The history of gangs\n"
    )
    assert trainings(page) == [("A one-day course", "2025-07-09", "09:30")]


def test_titles_that_say_online_in_brackets_stand_above_their_days():
    page = (
        "16 Days of Action in Marsham\nEvents are held throughout, and include:\n"
        "Advice Drop-In Meet the Service\n27 November 2025, 2 pm \u2013 4 pm\nAsh House\n"
        "Hear about the help on offer and meet staff and trustees\n"
        "Talking about misogyny (webinar)\n28 November 2025, 2.00pm \u2013 4.00pm (Online)\n"
        "Look at what can be done.\n"
    )
    assert trainings(page) == [("Talking about misogyny (webinar)", "2025-11-28", "14:00")]


def test_titles_in_a_list_may_have_a_verb():
    page = (
        "Free governor training webinars in May 2025\nVolunteers is offering two webinars:\n\n"
        "- Tuesday 6 May 2025 from 8 to 9am \u2013 What governors need to know now. This webinar "
        "looks at what is known of risks in schools, and you can sign up via the website.\n"
        "- Tuesday 20 May from 12-1pm \u2013 Why play is so important and how to begin.  The "
        "webinar is about what play does for mental health. You can sign up via the website.\n"
    )
    assert trainings(page) == [
        ("What governors need to know now", "2025-05-06", "08:00"),
        ("Why play is so important and how to begin", "2025-05-20", "12:00"),
    ]


def test_each_day_of_a_week_that_is_kept_is_of_something_else():
    page = (
        "Exploitation Awareness Week 23-27 June 2025\n\nThere is much going on:\n\n"
        "Safeguarding in sport - networking event Tuesday 24 June 2025\nPartners are holding it "
        "for those who provide sport, with guest speakers.\n\n"
        "Operation Lantern - Wednesday 25 June\nPolicing teams will be on trains.\n"
    )
    assert [(title, day) for title, day, _ in trainings(page)] == [
        ("Safeguarding in sport - networking event", "2025-06-24")
    ]


def test_areas_before_days_are_no_titles():
    page = (
        "Safer Recruitment training\n\nLocality 1 - 6 May 2025, 9.30am to 12pm, Ash Hall\n"
        "North East - 14 May 2025, 9.30am to 12pm, Elm Centre\n"
        "South & Mid (schools only) - 20 May 2025, 1pm to 4pm\n"
    )
    assert trainings(page) == [
        ("Safer Recruitment training", "2025-05-06", "09:30"),
        ("Safer Recruitment training", "2025-05-14", "09:30"),
        ("Safer Recruitment training", "2025-05-20", "13:00"),
    ]


def test_areas_under_a_heading_of_meetings_are_meetings():
    page = (
        "Management sheet\n\nDear all\n\nHeadteacher meetings - May 2025\n\nHere are the dates.\n\n"
        "West - Tuesday 6 May 2025 9.00am start - Ash Hall\n"
        "South - Wednesday 14 May 2025 9.00am start - Elm Hall\n"
    )
    assert trainings(page) == []


def test_a_letter_with_its_sender_and_day_at_its_head_is_parted_by_its_headings():
    page = (
        "Marsham Local Safeguarding Children Board\n\nNews:      17 August 2025\n\n"
        "New! Free webinars for safeguarding professionals\n\nThere are five free webinars "
        "commencing on 17 September. Registration for the webinars is open.\n\n"
        "Updated resource directory\n\nWe have gone through it.\n\n"
        "Message from the centre\n\nIt has a short survey. Please answer it.\n"
    )
    assert trainings(page) == [
        ("New! Free webinars for safeguarding professionals", "2025-09-17", None)
    ]


def test_a_form_whose_answers_were_lost_is_of_what_is_told_below():
    page = (
        "View Details\n\nCourse Code\nCourse Types\n\nThe Mental Capacity Act Briefing gives an "
        "outline of the Act and is meant for all staff who support adults.\n\nStart Date\n"
        "Wednesday 4 June 2025\nEnd Date\nWednesday 4 June 2025\n13:00 - 16:30\n"
        "Number of Sessions\n"
    )
    assert trainings(page) == [("The Mental Capacity Act Briefing", "2025-06-04", "13:00")]


def test_what_stands_under_the_first_of_a_day_with_hours_of_its_own_is_on_that_day_too():
    page = (
        "Spring courses\n\nTuesday 6 May 2025: Seeing Neglect course, 10-11am\n"
        "Chairing Well workshop, 2-3pm\nWednesday 7 May 2025: Safer Sleep briefing, 9-10am\n"
    )
    assert trainings(page) == [
        ("Seeing Neglect course", "2025-05-06", "10:00"),
        ("Chairing Well workshop", "2025-05-06", "14:00"),
        ("Safer Sleep briefing", "2025-05-07", "09:00"),
    ]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_day_called_that_of_the_event_stands_above_its_title(gap):
    page = (
        f"Upcoming events\n\nEvent date: 6 May 2025\nSeeing Neglect\n{gap}10am to 1pm, Mill House\n"
        f"\nEvent date: 7 May 2025\nWorking with Fathers\n{gap}2pm to 4pm, Teams\n"
    )
    assert trainings(page) == [
        ("Seeing Neglect", "2025-05-06", "10:00"),
        ("Working with Fathers", "2025-05-07", "14:00"),
    ]
