"""What newsletters tell beside trainings, with days and hours too, is none of them."""

from datetime import date

import pytest

from webapp.formats import news_page

PAGE = (
    "Partnership newsletter\nMarch 2025\n\nWelcome\n\nHello from the team.\n\n{}\n\n{}\n\n"
    "Find out more\n\nContact us\n\nWrite to us at team@example.org.\n"
)

OTHER = [
    (
        "Night-time crisis line",
        "It is open to anyone who works with a young person in distress. Lines are open 6pm to "
        "2am, seven days a week, from 1 April 2025.",
    ),
    (
        "Haven domestic abuse service moves",
        "From 7 April 2025 we are at 12 Quay Street. The drop-in is open Tuesday 10am to 1pm.",
    ),
    (
        "Who is in charge at home?",
        "A nine-week programme for parents whose children are violent. The next group starts 1 May "
        "2025, 6pm-8pm on Zoom. Families can self-refer or be referred by a professional.",
    ),
    (
        "Stepping Free",
        "A course for women who have experienced abuse, from 24 April 2025, 10am to 12pm.",
    ),
    ("Dates of Board meetings", "11 March 2025, 10am to 12.30pm\n10 June 2025, 10am to 12.30pm"),
    ("Hospice 10k", "On Sunday 11 May 2025 at 10am for our charity run. Register online."),
    ("Information stall", "At the Market Place on Friday 14 March 2025 between 10am and 2pm."),
    (
        "Cost of living roadshow",
        "Debt and benefits advice for residents: 12 March 2025, 10am - 3pm, Leisure Centre.",
    ),
    ("Tender: advocacy service", "An event for providers: 18 March 2025, 10am - 12pm on Teams."),
    ("Sleep clinic", "At Ash Hub on 11 March 2025, 1pm-3pm. Ask your health visitor for a slot."),
    (
        "Suicide bereavement support",
        "The group meets at Minster Hall on 12 March 2025, 7pm-9pm.",
    ),
    (
        "Understanding your teenager",
        "A free online session for parents and carers on 20 March 2025 at 7pm. Book on Eventbrite.",
    ),
    ("Knife amnesty", "Bins stand at police stations between 10 and 23 March 2025."),
    ("Practice educators", "Come to an online recruitment event on 18 March 2025, 12pm-1pm."),
    (
        "Council warns of doorstep scams",
        "Officers visit from 10 March 2025. Ring 01632 960333 from 9am to 5pm.",
    ),
    (
        "Training team news",
        "Priya has left the training team and Oliver starts on 17 March 2025, from 9am to 3pm.",
    ),
    ("Learning portal down for maintenance", "You will not be able to book courses that day."),
    ("Training needs analysis", "A panel looks at your needs on 20 March 2025, 10am to 12pm."),
    (
        "Call for speakers",
        "We seek workshops for our day on 12 June 2025. Proposals by 31 March 2025.",
    ),
    ("Call for trainers", "Could you deliver training? Meet us on 20 March 2025, 10am, Teams."),
]
TRAININGS = [
    (
        "Parenting programme: facilitator training",
        "14 and 15 April 2025, 10am to 4pm, Civic Centre.",
    ),
    ("Baby massage and safe handling training", "For health visitors. 11 March 2025, 1pm to 4pm."),
    ("Parental conflict", "Our e-learning module is free to you. Access it through the portal."),
    ("Scams awareness", "A session for care workers on 14 March 2025, 10am - 11am, online."),
    (
        "Trauma in adulthood",
        "For those working with people who have experienced abuse. 3 April 2025, 10am to 1pm.",
    ),
    ("Referrals that work", "What makes a good referral. 2 April 2025, 3.30pm - 4.30pm, Teams."),
    ("Suicide bereavement", "Supporting those left behind. 12 March 2025, 9.30am - 12.30pm."),
    ("New thresholds: briefings", "On 2 April 2025 at 10am and 9 April 2025 at 2pm via Teams."),
]


def trainings(title, text):
    items = news_page.read(PAGE.format(title, text), date(2025, 3, 1)).items
    return [item.title.text for item in items if item.is_training]


@pytest.mark.parametrize(("title", "text"), OTHER)
def test_what_is_told_beside_trainings_is_none(title, text):
    assert trainings(title, text) == []


@pytest.mark.parametrize(("title", "text"), TRAININGS)
def test_a_training_in_the_same_words_stays_one(title, text):
    assert len(trainings(title, text)) == 1


@pytest.mark.parametrize(
    "page",
    [
        "Author: Ann Lee\n\nAudience: all staff, for level 1 training\n\nThe rules on training for "
        "staff have changed. From 1 April all staff must have training every three years.\n",
        "Dear colleagues,\nWelcome to our news. Our local offer of training and support is valued. "
        "There is a new offer, and our advice and training are available.\n",
        "Our new Hub\n\nOn 31 October one central Safeguarding Hub opens and is the one place to "
        "ask. Staff can pre-book a time that suits them for 1:1 sessions on single cases.\n",
        "Applying for a course\n\nPractitioners can apply for training by the online booking form."
        "\n",
        "Terms & Conditions\n\nAttending training\n\nBy coming to training, people are expected to"
        "\n\n• be on time\n• take part\n\nWhen a course is full there is a waiting list.\n",
    ],
)
def test_what_only_speaks_of_training_is_none(page):
    assert [item.title.text for item in news_page.read(page, None).items if item.is_training] == []


def test_what_one_has_to_know_before_booking_is_a_part_of_the_training():
    page = (
        "Refresher training for leads only 2024-25 (Option 2)\n\n"
        "Key Information to read before you book\n\n"
        "This course is only for professionals who lead on safeguarding in their school.\n\n"
        "Heads may attend, too.\n"
    )
    items = [item.title.text for item in news_page.read(page, None).items if item.is_training]
    assert items == ["Refresher training for leads only 2024-25 (Option 2)"]


def test_slots_for_one_at_a_time_are_no_training():
    page = (
        "Multi-agency drop in\n\nYou can book a 15 minute slot on Thursday 21 March 2024:\n"
        "- Health visitor: 9.30am - 11.30am\n- Psychologist: 9.30am - 4.00pm\n"
    )

    (item,) = news_page.read(page, date(2024, 3, 18)).items

    assert not item.is_training
