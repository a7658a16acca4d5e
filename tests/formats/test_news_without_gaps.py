"""Pages that lost their empty lines on the way: what heads what there."""

from tests.formats.test_news_named_beside import trainings


def test_a_title_may_stand_right_below_a_day_that_heads_it():
    page = (
        "Safeguarding Week\nA full programme for practitioners.\n"
        "Monday 12 May 2025\nNeglect in the early years\n• Session Lead: the learning team\n"
        "• Session Times: 9.30am - 4.30pm\n• Location: MS Teams\nBook by our form.\n"
        "Tuesday 13 May 2025\nExploitation – what we see locally\n• Session Lead: the police\n"
        "• Session Times: 10am - 11.30am\n• Location: MS Teams\nBook by our form.\n"
    )

    assert trainings(page) == [
        ("Neglect in the early years", [12]),
        ("Exploitation – what we see locally", [13]),
    ]


def test_a_title_may_stand_right_below_the_dates_of_another_training():
    page = (
        "Training for the spring\nAll of it is free to practitioners in our area.\n"
        "Domestic Abuse Awareness (Level 1)\n"
        "Half a day, for anybody who is new to working with families.\n"
        "12/05/2025 9:30am – 12:30pm Online\n13/05/2025 9:30am – 12:30pm\n"
        "Risk Assessment and MARAC (Level 2)\n"
        "A full day, for those who have done Level 1 by then.\n"
        "14/05/2025 9:30am – 4:00pm\n15/05/2025 9:30am – 4:00pm\n"
    )

    assert trainings(page) == [
        ("Domestic Abuse Awareness (Level 1)", [12, 13]),
        ("Risk Assessment and MARAC (Level 2)", [14, 15]),
    ]


def test_half_a_title_before_a_colon_is_no_label_unless_it_is_said_again():
    page = (
        "Practice week\nAll sessions are open to anybody who works with children.\n"
        "Allegations against staff: the duty officer explains\n10am - 11am, 12 May 2025\n"
        "Session lead: Petra Lowell\n"
        "Words matter: writing about children\n1pm - 2pm, 13 May 2025\n"
        "Session lead: Kit Fanshawe\n"
    )

    assert trainings(page) == [
        ("Allegations against staff: the duty officer explains", [12]),
        ("Words matter: writing about children", [13]),
    ]


def test_the_theme_of_each_day_is_no_training():
    page = (
        "Safeguarding Adults Week 2024\nOur week runs from 18 to 22 November.\n"
        "Daily themes and resources\nMonday 18th November – Self-neglect and hoarding\n"
        "Tuesday 19th November – Professional curiosity\n"
        "Wednesday 20th November – Domestic abuse\n"
    )

    assert trainings(page) == []


def test_what_goes_on_in_the_next_line_and_what_bids_are_no_titles():
    page = (
        "Duty officer training\nIt is for those who answer the telephone at the front door.\n"
        "Monday 12 May 2025, 9am - 4pm\n"
        "To attend this training you must have done the refresher.\nAttendance: 20\n"
        "On completion of this course, participants will –\nKnow the law.\n"
        "You must attend both days. Book now\nThe room is on the first floor of the Town Hall.\n"
    )

    assert trainings(page) == [("Duty officer training", [12])]
