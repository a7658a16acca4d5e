"""Trainings that a paragraph offers without a name are each their own."""

from datetime import date

import pytest

from tests.formats.test_news_laid_out import trainings
from webapp.formats import news_page
from webapp.formats.news_offered import apart

TOLD = [
    (
        "There is a workshop on neglect on 6 May 2025 at 10am and a webinar about hoarding and "
        "fire on Thursday 8 May 2025 at 2pm. Book on Eventbrite.",
        [
            ("workshop on neglect", "2025-05-06", "10:00"),
            ("webinar about hoarding and fire", "2025-05-08", "14:00"),
        ],
    ),
    (
        "Activities of the week will include an online exploitation awareness session on Tuesday "
        "(6 May 2025) from 2pm to 4pm \u2013 to book a place, please visit Eventbrite. There are "
        "also sessions on how to spot the signs of abuse on Tuesday (6 May 2025) from 7pm to 8pm "
        "and Thursday (8 May 2025) from 10am to 11am; to book a place, please visit Eventbrite.",
        [
            ("online exploitation awareness session", "2025-05-06", "14:00"),
            ("sessions on how to spot the signs of abuse", "2025-05-06", "19:00"),
            ("sessions on how to spot the signs of abuse", "2025-05-08", "10:00"),
        ],
    ),
    (
        "The board will host a conference on exploitation on 6 May 2025. A half-day course on "
        "trauma informed practice follows on 13 May 2025 from 9.30am to 1pm, and our lunch and "
        "learn about bruising in babies is on 20 May 2025 at 12.30pm.",
        [
            ("conference on exploitation", "2025-05-06", None),
            ("half-day course on trauma informed practice", "2025-05-13", "09:30"),
            ("lunch and learn about bruising in babies", "2025-05-20", "12:30"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "found"), TOLD)
def test_each_is_named_by_its_own_words(text, found):
    assert trainings(f"News\n\nThis is going on.\n\n{text}\n") == found


@pytest.mark.parametrize(
    "text",
    [
        "We are holding a neglect workshop on 6 May 2025, 10am to 12pm. The workshop will be "
        "repeated on 8 May 2025, 10am to 12pm, and there is a further session on 9 May.",
        "We held a workshop on neglect on 6 March 2025 and a webinar about hoarding on 8 March "
        "2025. Both were well attended by people from every agency.",
        "A workshop on neglect and a webinar about hoarding are planned, and the first is on 6 May "
        "2025. Nothing more is known of the other so far.",
        "There is an online training session on 6 May 2025 and an online training session on 8 "
        "May 2025; it is the same on both days, so join whichever you like.",
    ],
)
def test_one_training_and_what_is_past_is_told_as_one(text):
    assert list(apart(text)) == [(0, len(text))]


def test_a_course_whose_day_was_lost_is_training():
    page = (
        "Harmful practices training for frontline workers\n\nDate\nLocation\n\nOnline\n\nTime\n\n"
        "10:00-13:00\n\nAbout the training\n\nThe course introduces professionals to harmful "
        "practices.\n\nBy the end of the training attendees will be able to:\n\n- Say what it is\n"
    )
    (item, *_) = news_page.read(page, date(2025, 4, 1)).items
    assert item.is_training, item.why
