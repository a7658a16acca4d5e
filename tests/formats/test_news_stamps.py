"""When an announcement was made, as its page says it."""

from datetime import date

import pytest

from webapp.formats import news_source
from webapp.formats.news_rows import rows
from webapp.formats.news_stamps import stamp_of

PROSE = "Practitioners have told us what they would like to learn about in the coming year."


def stamps(page, published=None):
    source = news_source.read(page)
    read = rows(source)
    found = (stamp_of(read, place, source.lines, published) for place in range(len(read)))
    return [stamp for stamp in found if stamp]


@pytest.mark.parametrize(
    "line",
    [
        "Published 8 March 2025",
        "Posted on: 8 March 2025 by the team",
        "PUBLISHED: 14:25 8 March 2025",
        "Neglect strategyPublished 8 March 2025",
        "Neglect strategy agreed8 March 2025",
        f"A new strategy\n8 March 2025 | news\n{PROSE}",
        f"A new strategy\nby Ann Lee in training · 8 March 2025\n{PROSE}",
        f"# A new strategy\n8 March 2025\n- {PROSE}",
    ],
)
def test_a_stamp_tells_the_day(line):
    assert [(stamp.day, stamp.is_of_page) for stamp in stamps(line)] == [(date(2025, 3, 8), False)]


@pytest.mark.parametrize(
    "line",
    [
        "The review was published on 8 March 2025",
        "Published 8 March",
        "Published 31 June 2025",
        "- A report, published 8 March 2025",
        f"Published 8 March 2025. {PROSE}",
        f"{PROSE} Published 8 March 2025",
        f"A new strategy\n8 March 2025\n10am to 1pm\n{PROSE}",
        f"A new strategy\n8 March 2025 at the Mill House\n{PROSE}",
    ],
)
def test_what_is_said_in_a_story_or_of_a_session_is_no_stamp(line):
    assert stamps(line) == []


@pytest.mark.parametrize("line", ["Last updated: 8 March 2025", "Spring newsletter, 8 March 2025"])
def test_a_page_or_a_letter_may_have_one_day_for_all(line):
    assert [stamp.is_of_page for stamp in stamps(line)] == [True]


def test_the_words_of_a_stamp_are_those_that_say_it():
    page = "A new strategy. Published 8 March 2025"
    (stamp,) = stamps(page)
    assert page[stamp.start : stamp.end] == "Published 8 March 2025"


def test_nothing_was_announced_after_the_page_was_published():
    assert stamps("Published 8 March 2025", published=date(2025, 3, 7)) == []
    assert len(stamps("Published 8 March 2025", published=date(2025, 3, 8))) == 1


def test_a_day_under_the_title_with_its_hours_below_is_a_session():
    page = "<h1>Neglect training</h1><p>6 May 2025<br>10am to 1pm</p><p>Come to us.</p>"
    assert not stamps(page)
