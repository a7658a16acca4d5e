"""Stalls, days that are kept, school dates and papers to come have days, and are no training."""

from datetime import date

import pytest

from webapp.formats import news_page

PUBLISHED = date(2025, 4, 1)

STALLS = [
    "In Marsham, teams will be at these venues\n\n- Tuesday 6 May, 10am-3pm \u2013 Market Hall\n"
    "- Wednesday 7 May, 10am-3pm \u2013 Library\n",
    "Where to find us this month\n\n6 May 2025, 10am to 12pm - Ash Library\n"
    "7 May 2025, 10am to 12pm - Elm Library\n8 May 2025, 2pm to 4pm - High Street\n",
    "Come and say hello\n\nPop in for a chat.\n\nMonday 12 May 9am-12noon Leisure Centre\n"
    "Tuesday 13 May 9am-12noon Library\n",
    "Meet the SEND team\n\nOur officers will be out and about in the town centre:\n\n"
    "- Tuesday 6 May, 10am-2pm, Market Square\n- Wednesday 7 May, 10am - 2pm, Corn Square\n",
    "Operation Lantern - Wednesday 7 May 2025\n\nPolicing teams and partners will be on main "
    "public transport routes to tell people how to report concerns.\n",
]
DAYS_KEPT = [
    "Stephen Lawrence Day: 22 April 2025",
    "Down\u2019s Syndrome Day: 21 March 2026",
    "Time to Talk Day, 5 February 2026",
    "Odd Socks Day - 12 November 2025",
    "A Level Results Day - 14 August 2025",
]
OF_SCHOOLS = [
    "Starting Reception, Junior or Year 7 in September 2025",
    "Term dates\n\nAutumn term begins 3 September 2025\n\nInset day\n\n4 September 2025\n",
    "National Offer Day\n\n16 April 2025\n",
]
TO_BE_PUBLISHED = [
    "Training programme\n\nOur training programme 2025/26 will be published on Monday 5 May 2025.",
    "Training programme\n\nThe new training programme is due to be published next Tuesday, 6 May.",
    "Training calendar\n\nThe training calendar goes out on 6 May 2025.",
    "Course brochure\n\nThe brochure of courses will be available online from next Friday, 9 May.",
]


@pytest.mark.parametrize("told", STALLS + DAYS_KEPT + OF_SCHOOLS + TO_BE_PUBLISHED)
def test_days_on_which_nobody_is_trained_are_no_training(told):
    page = f"News\n\nWelcome\n\nHello from us all.\n\n{told}\n\nContact us\n\nWrite to us.\n"
    taken = [item for item in news_page.read(page, PUBLISHED).items if item.sessions]
    assert taken == [], [item.why for item in taken]


@pytest.mark.parametrize(
    "told",
    [
        "Study Day on neglect - 14 May 2025",
        "Practitioner Day - 14 May 2025, 9.30am to 4pm",
        "Seeing Neglect - 14 May 2025, 9.30am to 4pm\n\nCome and meet our trainers at this course.",
        "Leads' Development Day: 14 May 2025",
        "Safeguarding Information Day - 14 May 2025, 9.30am to 4pm",
    ],
)
def test_days_that_only_sound_like_those_are_training(told):
    (item,) = news_page.read(told, PUBLISHED).items
    assert item.is_training, item.why
    assert [session.day for session in item.sessions] == [date(2025, 5, 14)]


def test_outreach_teams_are_no_call():
    page = "Visits\n\nOutreach teams will go to hotels on 6 May 2025, 10am to 2pm.\n"
    assert not any("online" in item.why for item in news_page.read(page, PUBLISHED).items)


@pytest.mark.parametrize(
    "told",
    [
        "More than 60 hoteliers went to a training conference on Thursday (27 March) and learned "
        "how to spot the signs.",
        "Around 120 foster carers attended a training day on 27 March at the Town Hall.",
        "On 27 March 45 nurses took part in a workshop about neglect.",
        "The partnership hosted the training event on 27 March, and it was our second event.",
    ],
)
def test_what_many_went_to_is_past(told):
    page = f"Hotels can be places of harm\n\n{told}\n"
    assert not any(item.is_training for item in news_page.read(page, None).items)


def test_the_annual_general_meeting_among_others_is_no_session():
    page = (
        "Gazette Summer 2025\n\nPlanning Workshop Wed 24 Sept 2025 4pm - 8pm Corn Hall Book your "
        "place with Di. Annual General Meeting and the report of the year "
        "Fri 5 Sept 2025 Insurance and Broadband\n"
    )
    days = [one.day for item in news_page.read(page, None).items for one in item.sessions]
    assert days == [date(2025, 9, 24)]
