"""Pages on which small words decide: what heads a list, what is over, what another day replaced."""

from datetime import date, time

import pytest

from webapp.formats import news_page

PUBLISHED = date(2026, 3, 2)


def read(page, published=PUBLISHED):
    """Of each training its title, and the days and starts of its sessions."""
    return {
        item.title.text: [(session.day, session.starts) for session in item.sessions]
        for item in news_page.read(page, published).items
        if item.is_training
    }


def days(page, published=PUBLISHED):
    return {
        title: [day.isoformat() for day, _ in of] for title, of in read(page, published).items()
    }


def test_a_day_over_words_without_a_title_parts_the_news():
    page = (
        "News\n\n2 March 2026\n\nRegistration is open for our spring webinar with Dr Ada Lomas. "
        "The webinar takes place on Monday 23 March from 1pm until 2.30pm.\n\nRead more\n\n"
        "20 February 2026\n\nThank you to all 90 who came to the conference on 12 February.\n\n"
        "Read more\n\n9 February 2026\n\nPlaces are still left on the Level 3 Course. Dates are 17 "
        "and 18 March 2026 (two mornings, 09:30 – 13:00, on Zoom).\n"
    )

    assert days(page) == {
        "spring webinar": ["2026-03-23"],
        "Level 3 Course": ["2026-03-17", "2026-03-18"],
    }


def test_the_line_below_a_filed_day_is_the_title():
    page = (
        "NEWS | 2 Mar 2026\nFree suicide prevention training for all who work with teenagers\n"
        "Harbour are offering SEEK sessions (See, Enquire, Ensure, Keep).\n"
        "The half-day sessions run 9.30am - 1pm on 11 March and 6 May.\n\n"
        "NEWS | 19 Feb 2026\nChange of address for the front door\nFrom Monday 9 March it is at "
        "Kings House. It is open 8.45am – 5.15pm.\n"
    )

    assert days(page) == {
        "Free suicide prevention training for all who work with teenagers": [
            "2026-03-11",
            "2026-05-06",
        ]
    }


def test_a_name_is_not_cut_off_within_its_brackets():
    page = (
        "Dear all,\nHarbour are offering SEEK sessions (See, Enquire, Keep).\n"
        "The half-day sessions run 9.30am - 1pm on 11 March.\n"
    )

    assert days(page) == {"SEEK sessions": ["2026-03-11"]}


def test_a_body_that_meets_has_no_session():
    page = (
        "Curiosity Webinar Series\n\nThey are held on Teams on 11 March, 10am to 11am.\n\n"
        "The next meeting of the Learning and Development subgroup is on 14 April 2026.\n"
    )

    assert days(page) == {"Curiosity Webinar Series": ["2026-03-11"]}


def test_the_hours_of_what_was_told_before_begin_no_title():
    page = (
        "Virtual courses\n\nHoarding: Core Module: 10th March 2026 – 0900- 1300** Specialist "
        "Module: 11th March 2026 - 0930 – 1645**\n"
    )

    assert read(page) == {
        "Hoarding: Core Module": [(date(2026, 3, 10), time(9))],
        "Specialist Module": [(date(2026, 3, 11), time(9, 30))],
    }


def test_a_term_and_its_school_year_tell_the_year():
    page = (
        "Term 1 2026-27 Briefing for schools\n\nLeads’ networks\n\nAutumn: 22nd September "
        "1.30-3.30pm – Teams\nSpring: 19th January 1.30-3.30pm – City Hall\n"
    )

    assert days(page, None) == {"Leads’ networks": ["2026-09-22", "2027-01-19"]}


def test_a_shop_leaves_its_buttons_behind():
    page = (
        "Safer recruitment training\n\nCourse length: two sessions\nPrice: £180\n\n"
        "What you'll learn\n\nYou will be able to plan an interview.\n\nBook your place\n\n"
        "16 March 2026\n9:30am–12:30pm\nVirtual classroom\nAdd to basket\n\n"
        "13 April 2026\n1pm–4pm\nVirtual classroom\nAdd to basket\n"
    )

    assert days(page) == {"Safer recruitment training": ["2026-03-16", "2026-04-13"]}


@pytest.mark.parametrize("heading", ["Past events", "Past (46)"])
def test_what_stands_under_past_events_is_over(heading):
    page = (
        "Upcoming (1)\n\nCuriosity and Challenge\nThu, 12 Mar 2026, 10:00\nOnline event\nFree\n\n"
        f"{heading}\n\nAllegations: a lunchtime briefing\nThu, 15 Jan 2026, 09:00\nTrinity Park\n"
    )

    assert days(page) == {"Curiosity and Challenge": ["2026-03-12"]}


@pytest.mark.parametrize(
    "item",
    [
        "Christmas contacts\n24 December 2025: 9am to 3pm\n25 – 28 December 2025: closed",
        "Advice phone line: bank holidays\nFrom 7 April 2026 the line is open 8:45am to 5:15pm.",
        "Safer Sleep drop-in with your health visitor\nNext: 2 March 2026, 1.30pm to 3pm.",
        "Our AGM\nWhen: Thurs 23 April 2026, 4.30pm for tea, business from 5pm\nWhere: the Hall",
    ],
)
def test_other_things_with_hours_are_no_training(item):
    page = (
        "Bulletin\n\nNeglect training\n\nWednesday 18 March 2026, 9am to 1pm at Mill House\n\n"
        f"{item}\n"
    )

    assert days(page) == {"Neglect training": ["2026-03-18"]}


@pytest.mark.parametrize(
    "title",
    [
        "Light Bite: Bruising in Babies and Non-Mobile Children",
        "Child Protection Conferences: Getting it Right for Families",
        "New course: Resistance and Disguised Compliance",
    ],
)
def test_a_title_may_speak_of_families_or_of_the_house(title):
    page = f"Newsletter\n\n{title}\n\nTuesday 17 March 2026, 12:30pm - 1:15pm, MS Teams\n"

    assert days(page) == {title: ["2026-03-17"]}


def test_a_name_with_a_question_begins_an_announcement():
    page = (
        "Summer picnic\n\nSat 25th July in Manor Park from 12.\n\n"
        "Safeguarding training – is yours out of date?\n\nPlease come to the next one: SATURDAY 11 "
        "JULY 9.30AM – 1.00PM at the Centre.\n\nWho is it for?\n\nEverybody.\n"
    )

    assert days(page) == {"Safeguarding training – is yours out of date?": ["2026-07-11"]}


def test_days_on_which_people_were_turned_away_or_nothing_takes_place_are_no_sessions():
    page = (
        "Prevent briefing for heads\n\nSo many had to be turned away on 12 January that it will be "
        "repeated on Monday 16 March, 4pm - 5.30pm.\n\nTrauma training\n\nBecause of the strike "
        "the course will not now take place on Monday 9 March. Our new date is Tuesday 24 March, "
        "same time (10am to 3pm).\n"
    )

    assert days(page) == {
        "Prevent briefing for heads": ["2026-03-16"],
        "Trauma training": ["2026-03-24"],
    }


def test_days_that_must_be_attended_are_to_come():
    page = (
        "Calendar 2026\n\nCourse: Referral Discussion\n\nWorkforce: intensive contact\n\n"
        "Dates: 14th and 15th May (both days must be attended)\n\nTime: 9.30am – 4.30pm\n"
    )

    assert days(page) == {"Referral Discussion": ["2026-05-14", "2026-05-15"]}


def test_a_welsh_weekday_beside_the_english_one_is_no_title():
    page = (
        "Safeguarding workshops\n\nLlun / Monday 16.03.26\nCounty Lines: what every worker should "
        "know\n10:00-12:30 Town Hall\n\nMawrth / Tuesday 17.03.26\nNo events\n\nIau / "
        "Thursday 19.03.26\nPractice Review: learning workshop\n09:30-12:00 Town Hall\n"
    )

    assert days(page) == {
        "County Lines: what every worker should know": ["2026-03-16"],
        "Practice Review: learning workshop": ["2026-03-19"],
    }


def test_a_training_that_has_been_rearranged_is_named_by_the_sentence():
    page = (
        "URGENT: changes because of the weather\n\nThe Graded Care Profile training has been "
        "rearranged for Tuesday 24 March 2026, 9.15am – 4.15pm, at Saxon Court.\n"
    )

    assert days(page) == {"Graded Care Profile training": ["2026-03-24"]}


def test_what_is_said_below_a_days_programme_is_not_of_its_last_session():
    page = (
        "Safeguarding week\n\nMonday 16 March\n10:00 - 11:30 Neglect in rural homes\n"
        "13:00 - 14:00 Private fostering\n\nTuesday 17 March\n11:00 - 12:00 Harm between peers\n\n"
        "To register: events@partnership.example\n\n"
        "Missed one? The recordings of 2025 are still on our channel.\n"
    )

    assert list(read(page)) == [
        "Neglect in rural homes",
        "Private fostering",
        "Harm between peers",
    ]


@pytest.mark.parametrize("said", ["No session", "Half term"])
def test_a_row_of_a_copied_table_may_lack_its_last_cell(said):
    page = (
        "Lunchtime learning\nEvery session is from 12.15pm to 1pm on Teams.\n"
        "Date\nTopic\nPresenter\n"
        "3 June\nSelf-neglect\nAsh Bevan, Practice Lead\n"
        "10 June\nCase review 'Rowan': what we learnt\nDr Kit Sole, Designated Doctor\n"
        f"17 June\n{said}\n"
        "24 June\nEscalation and resolution\nAsh Bevan, Practice Lead\n"
    )

    assert days(page) == {
        "Self-neglect": ["2026-06-03"],
        "Case review 'Rowan': what we learnt": ["2026-06-10"],
        "Escalation and resolution": ["2026-06-24"],
    }


@pytest.mark.parametrize(
    "due",
    [
        "Essay due: 12 noon, Monday 1 June 2026",
        "Portfolios to be returned by 17:00, Friday 5 June 2026",
        "Closing date: midday, Tuesday 2 June 2026",
    ],
)
def test_hours_of_a_deadline_are_no_sessions(due):
    page = (
        "Best Interests Assessor course\n20 and 21 April 2026\n"
        f"9.30am to 4.30pm each day, Brunel Building\n{due}\n"
    )

    assert read(page) == {
        "Best Interests Assessor course": [
            (date(2026, 4, 20), time(9, 30)),
            (date(2026, 4, 21), time(9, 30)),
        ]
    }


def test_full_is_a_word_of_a_title_where_a_course_is_called_so():
    page = (
        "Training for leads this spring\n\n"
        "Full DSL course (new to role) - Tuesday 17th & Wednesday 18th March, 9.15am - 12.15pm\n\n"
        "DSL refresher - Thursday 26th March, 9.15am - 12.15pm\n"
    )

    assert days(page) == {
        "Full DSL course (new to role)": ["2026-03-17", "2026-03-18"],
        "DSL refresher": ["2026-03-26"],
    }


def test_the_next_issue_of_a_letter_called_briefing_is_nothing_to_come_to():
    page = (
        "Safeguarding briefing - 2 March 2026\n\nOnline searches\n\n"
        "A template is attached for those who shortlist.\n\nNext briefing: Monday 16th March\n"
    )

    assert days(page) == {}


def test_the_next_briefing_at_an_hour_is_one_to_come_to():
    page = "Safeguarding briefings for schools\n\nNext briefing: Monday 16th March, 4pm - 5pm\n"

    assert list(days(page).values()) == [["2026-03-16"]]


def test_a_weekday_alone_and_a_rule_for_coming_are_no_titles():
    page = (
        "Training 2026\n\nLed by the diocesan team.\n\nLeadership course (Zoom)\n\n"
        "Both sessions must be attended\n\nCourse 61\n\nTuesday\n\n7pm – 8.30pm\n\n24 March\n\n"
        "7 April\n\nCourse 62\n\nSaturday\n\n10am – 11.30am\n\n9 May\n\n16 May\n"
    )

    assert days(page) == {
        "Leadership course (Zoom)": ["2026-03-24", "2026-04-07", "2026-05-09", "2026-05-16"]
    }


def test_a_title_may_follow_the_price_of_the_one_before():
    page = (
        "Safeguarding for charities\n"
        "Our two workshops are back.\n"
        "Safeguarding: an introduction\n"
        "For staff and trustees. The workshop covers types of abuse.\n"
        "Online – Weds 11 March, 10.00am-12.30pm\n"
        "£30 members, £45 others\n"
        "The safeguarding lead in a small charity\n"
        "What the lead does, with case studies.\n"
        "Online – Thurs 16 April, 9.30am-1.00pm\n"
        "£45 members, £60 others\n"
    )

    assert days(page) == {
        "Safeguarding: an introduction": ["2026-03-11"],
        "The safeguarding lead in a small charity": ["2026-04-16"],
    }


def test_what_has_been_arranged_in_a_letter_is_named_by_its_sentence():
    page = (
        "Partnership newsletter\n\nHello and welcome.\n\n"
        "The annual report can be read on our website. Thank you to everyone who wrote.\n\n"
        "As part of the work on neglect, short sessions on the new Neglect Toolkit have been "
        "arranged for front line staff. You only need to come to one:\n"
        "• Tues 10 Mar 2 - 3.30pm Woolpack Centre\n"
        "• Wed 25 Mar 10 - 11.30am Elm Library\n"
    )

    assert days(page) == {"short sessions on the new Neglect Toolkit": ["2026-03-10", "2026-03-25"]}


def where(page):
    """Of each training its title, where it is held, and whether that is online."""
    return {
        item.title.text: (item.venue.text if item.venue else None, item.is_online)
        for item in news_page.read(page, PUBLISHED).items
        if item.is_training
    }


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("10:00 - 11:30 Cuckooing of adults at risk (Teams)", "Teams"),
        ("10:00 - 11:30 Self-neglect on-line workshop", "on-line"),
    ],
)
def test_a_platform_in_the_title_of_one_of_several_is_where_it_is(line, place):
    page = f"Safeguarding week\n\nMonday 16 March\n{line}\n14:00 - 15:30 Neglect, Mill House\n"

    assert list(where(page).values()) == [(place, True), ("Mill House", False)]


def test_a_heading_that_ends_with_online_says_it_of_all_below():
    page = (
        "DSL training this term - Online\n\n"
        "DSL refresher - Thursday 26th March, 9.15am - 12.15pm\n\n"
        "Safer recruitment - Friday 27th March, 9.15am - 3.15pm\n"
    )

    assert set(where(page).values()) == {("Online", True)}


def test_a_bracket_that_closes_behind_a_place_is_none_of_its_name():
    page = (
        "Training dates\n\nPrivate fostering (Wednesday 7th October, 1pm – 4.30pm, Elm Library)\n"
        "Hoarding and self-neglect (Thursday 8th October, 1pm – 4.30pm, Mill House)\n"
    )

    assert where(page) == {
        "Private fostering": ("Elm Library", False),
        "Hoarding and self-neglect": ("Mill House", False),
    }
