"""Text that was broken off at a width: each line goes on to where it ended."""

from tests.formats.test_news_named_beside import trainings
from webapp.formats import news_wrapped

MAIL = (
    "Neglect: what we see and what we say about it, for new colleagues of the\n"
    "front door teams\n\n"
    "We are putting on this half day at the Town Hall. It is held on Wednesday\n"
    "14 May 2025, 9.30am - 12.30pm. Reception teams, school nurses and the\n"
    "officers who work with them are welcome.\n\n"
    "- The first part is about thresholds and what to put in a referral, with\n"
    "  time for questions.\n"
    "- The second is for supervisors.\n"
)


def test_a_title_and_a_day_may_be_broken_off():
    assert trainings(MAIL) == [
        (
            "Neglect: what we see and what we say about it, for new colleagues of the "
            "front door teams",
            [14],
        )
    ]


def test_points_begin_anew_and_what_hangs_below_them_goes_on():
    lines = news_wrapped.mended(MAIL).split("\n")

    assert lines[-3:] == [
        "- The first part is about thresholds and what to put in a referral, with time for "
        "questions.",
        "- The second is for supervisors.",
        "",
    ]


def test_a_title_below_the_end_of_a_sentence_stays_by_itself():
    page = (
        "Our programme has been put together with the help of partners from the\n"
        "whole county, and we hope that it has something for each of you in the\n"
        "spring and the summer. Everything is free, and each of them is online.\n"
        "Understanding self-neglect\n"
        "12 May 2025\n"
    )

    assert news_wrapped.mended(page).split("\n")[1:] == [
        "Understanding self-neglect",
        "12 May 2025",
        "",
    ]


def test_lines_that_end_where_somebody_ended_them_stay():
    page = (
        "Understanding coercion and control in young people's relationships\n"
        "14 May 2025\nHoarding: a morning with the fire service and housing officers\n"
        "15 May 2025\nBook with the learning team, who will send you the link, by 1 May.\n"
    )

    assert news_wrapped.mended(page) == page
