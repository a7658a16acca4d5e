"""Trainings whose names stand elsewhere than above their days, and lines that look like names."""

from datetime import date

from webapp.formats import news_page


def trainings(page, published=date(2025, 4, 1)):
    """Each training with its days of the month."""
    items = news_page.read(page, published).items
    return [
        (item.title.text, [session.day.day for session in item.sessions])
        for item in items
        if item.is_training
    ]


def test_a_line_below_days_says_what_those_above_it_are_of():
    page = (
        "Training for clubs\n\nAll are on Zoom.\n\n"
        "Monday 12 May 2025, 7-9pm\nTuesday 3 June 2025, 7-9pm\n"
        "(For the above Sailing Safe courses, booking closes a week before)\n"
        "Wednesday 4 June 2025, 6-8pm\n"
        "(for the above SSX Refresher, booking closes the day before)\n"
    )

    assert trainings(page) == [("Sailing Safe courses", [12, 3]), ("SSX Refresher", [4])]


def test_words_that_only_say_that_days_follow_are_no_title():
    page = (
        "News for practices\n\nSafeguarding Update\n"
        "Forthcoming session dates in 2025: 12 May, 3 June and 8 July.\nBook by email.\n\n"
        "Leads’ Forums\n\nWe have fixed two forums for safeguarding leads. Book on Eventbrite.\n\n"
        "The dates are\n\n- Haleby (Mill House) - Thursday 15 May 2025 at 7pm\n"
        "- Upton (St Anne, Strand) - Thursday 22 May 2025 at 7pm\n"
    )

    assert trainings(page) == [("Safeguarding Update", [12, 3, 8]), ("Leads’ Forums", [15, 22])]


def test_the_number_of_a_course_above_its_title_is_none():
    page = (
        "Spring training programme\n\nCode HB25/1*\nThe Governors’ Role\nMon 12 May 2025\n"
        "6.00 – 8.00\nTown Hall\n\nCode HB25/2\nSafer Recruitment\nTues 13 May 2025\n9.00 – 4.00\n"
        "Town Hall\n"
    )

    assert trainings(page) == [("The Governors’ Role", [12]), ("Safer Recruitment", [13])]


def test_a_list_that_a_sentence_announces_has_no_titles():
    page = (
        "Capacity training\n\nFirst Steps in Capacity (half a day)\n\nThis course will cover:\n\n"
        "An overview of the principles\nAssessing capacity in practice\nThe court\n\n"
        "DATES\n12.05.25\n03.06.25\n"
    )

    assert trainings(page) == [("First Steps in Capacity (half a day)", [12, 3])]


def test_parts_of_one_training_s_page_are_no_trainings():
    page = (
        "<h1>Neglect: the home profile training</h1><p><b>When:</b></p>"
        "<p>Monday 12 May 2025 (1pm - 4pm)</p><p><a href='/n'>Notify me of this event</a></p>"
        "<p><b>Description:</b></p><p>Home Profile Training for Practitioners</p>"
        "<p>You will be licensed to use the tool.</p><h3>Target Group:</h3>"
        "<p>Staff of all agencies. Book now, it is free.</p>"
    )

    assert trainings(page) == [("Neglect: the home profile training", [12])]


def test_one_day_of_a_course_is_no_training_where_it_has_no_date():
    page = (
        "Duty officer training\n\nMonday 12 May 2025, 9am - 4pm, Town Hall\n\n"
        "Day 1 – Module 1 – The law\n\nWhat it says and asks.\n\n"
        "Days 2 to 3 – Modules 2 to 4 – Risk and consent\n\nTo book, write to the training team.\n"
    )

    assert trainings(page) == [("Duty officer training", [12])]


def test_what_stands_again_as_a_heading_further_down_only_leads_there():
    page = (
        "Bulletin 7\n\nSafeguarding training for autumn leads\nNew days for leads; book now.\n\n"
        "School meals\nThe new menu is out.\n\nSafeguarding training for autumn leads\n\n"
        "New Lead\nMonday 12 May 2025 – 9.30am to 3.30pm – Town Hall\n\n"
        "Refresher for Leads\nTuesday 13 May 2025 – 9.30am to 3.30pm – Town Hall\n"
    )

    assert trainings(page) == [("New Lead", [12]), ("Refresher for Leads", [13])]


def test_staying_online_until_a_day_is_no_session():
    page = (
        "Courses stay online\n\nWe had hoped to meet again but will now stay online until "
        "30 May 2025. All webinars are at 10am to 12 noon.\n"
    )

    assert trainings(page) == []


def test_a_question_is_part_of_its_title():
    page = (
        "Adults Week\n\nTwo lunchtime sessions on Teams:\n\n"
        "Tuesday 13 May 2025, 12.30 – 1.15pm – Spotting financial abuse early\n"
        "Thursday 15 May 2025, 12.30 – 1.15pm – Self-neglect: when does choice become risk?\n"
    )

    assert trainings(page) == [
        ("Spotting financial abuse early", [13]),
        ("Self-neglect: when does choice become risk?", [15]),
    ]


def test_where_headings_were_lost_paragraphs_name_the_days_below_them():
    page = (
        "The police will answer in a new way when a child is missing. A briefing for partners will "
        "explain it.\nTuesday 13 May\n10am – 12 noon\nTown Hall\n"
        "To sign up, please email us.\n"
        "Here are the next dates for Working Together (formerly Level 3). It is for all staff.\n"
        "Dates and Venues:\nMonday 9 June, 9.30am – 4pm, Library\n"
        "Thursday 12 June, 9.30am – 4pm, Town Hall\n"
    )

    assert trainings(page) == [
        ("The police will answer in a new way when a child is missing", [13]),
        ("Working Together (formerly Level 3)", [9, 12]),
    ]


def test_a_list_of_those_for_whom_a_day_is_has_no_titles():
    page = (
        "Introducing the new duties\n\nBriefings are held as below. Book by email.\n\n"
        "Thursday 8 May (14:30) Education\nMonday 12 May (11:00) Police\n"
        "Tuesday 13 May (15:00) Health\nWednesday 14 May (14:00) Local Authorities\n"
        "Thursday 15 May (11:00) A common task\nFriday 16 May (14:00) Help for families\n"
        "Monday 19 May (11:00) Decisive child protection\n"
    )

    assert trainings(page) == [("Introducing the new duties", [8, 12, 13, 14, 15, 16, 19])]


def test_an_entry_is_named_before_the_day_it_was_due():
    page = (
        "TRAINING – CHANGES AND REMINDERS\n\nSafeguarding for Managers, due on 6 May 2025, will "
        "now be held on Tuesday 13 May 2025, 10am-1pm.\n"
    )

    assert trainings(page) == [("Safeguarding for Managers", [13])]


def test_a_church_is_named_after_its_saint():
    page = (
        "Drop-ins for churchwardens\n\nAbout the new rules.\n\n"
        "Mon 12 May 2025 2pm Lostwick Church Hall\nMon 19 May 2025 2pm St Elwyn's, Hale\n"
    )

    assert trainings(page) == [("Drop-ins for churchwardens", [12, 19])]


def test_what_stands_under_a_heading_of_something_else_is_no_training():
    clinics = "Flu clinics\n\nStaff clinics: 12 May 2025 8am - 4pm; 13 May 2025 8am - 4pm.\n"
    closed = "Protected Learning Time Dates for 2025/2026\n\nTuesday 13 May 2025 14:30 – 18:30\n"

    assert trainings(clinics) == []
    assert trainings(closed) == []


def test_in_a_list_of_events_the_title_stands_right_under_its_day():
    page = (
        "Upcoming events\n\nMonday 5 May 2025\nSafeguarding in Faith Settings\n"
        "A practical evening for leaders. 7pm - 9pm, Mill House.\n\n"
        "Friday 9 May 2025\nSeeing Neglect\nA webinar at noon about the new template.\n"
    )

    assert trainings(page) == [("Safeguarding in Faith Settings", [5]), ("Seeing Neglect", [9])]


def test_a_name_may_be_told_what_it_is_before_its_day():
    page = (
        "Partnership update - May\n\nOur next Voice of the Child workshop (6.5.25, 1pm-4pm, Zoom) "
        "has 8 places left. Contact the team.\n\n"
        "Working with Interpreters \u2013 a 2hr session \u2013 is back on Thurs 15th May at 2pm.\n"
    )

    assert trainings(page)[1] == ("Working with Interpreters", [15])


def test_a_day_that_is_kept_is_no_training_whatever_is_on():
    page = (
        "Carer's Rights Day 2025\n\nWednesday 14th May is Carers Rights Day. "
        "Carers can drop in to the Civic Centre between 10am and 1pm for advice.\n"
    )

    assert trainings(page) == []


def test_times_in_a_row_are_those_of_the_days_in_a_row():
    page = "Prevent sessions for nurseries\n\nDates: 14th May, 4th June\nTimes: 10am, 6.30pm\n"

    (item,) = news_page.read(page, date(2025, 4, 1)).items

    assert [session.starts.hour for session in item.sessions] == [10, 18]
