"""When an announcement was made, as its page says it."""

from datetime import date

import pytest

from webapp.formats import news_page, news_source
from webapp.formats.news_rows import rows
from webapp.formats.news_stamps import stamp_of
from webapp.formats.news_stamps_over import over_titles

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


def over(page, published=None):
    return [
        stamp.day.day for stamp in over_titles(rows(news_source.read(page)), published).values()
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_days_of_news_stand_over_their_titles_the_newest_first(gap):
    news = [f"{day} April 2025\nNeglect strategy{gap}{PROSE}\n" for day in (16, 9, 2)]

    assert over("\n".join(news)) == [16, 9, 2]
    assert over("\n".join(news), date(2025, 4, 16)) == [16, 9, 2]
    # Days to come are those of sessions, and so are days that go on.
    assert over("\n".join(news), date(2025, 4, 10)) == []
    assert over("\n".join(reversed(news))) == []
    assert over(news[0]) == []


def test_a_title_under_the_day_of_its_news_names_what_is_told_below():
    page = (
        "9 April 2025\nSeeing Neglect - new date\nJoin us on Tuesday 13 May, 2pm to 3.30pm.\n\n"
        f"2 April 2025\nOur annual report\n{PROSE}\n"
    )

    announced = news_page.read(page, date(2025, 4, 10)).items

    assert [(item.title.text, item.published, item.is_training) for item in announced] == [
        ("Seeing Neglect - new date", date(2025, 4, 9), True),
        ("Our annual report", date(2025, 4, 2), False),
    ]


def test_who_wrote_it_and_when_stand_under_the_title_of_the_news():
    page = (
        "Joint inspection of care\n\nMarsham Council | 30 April 2025\n\nThe inspectors are about to"
        " look at the services of the county for older people.\n\nLaunch of the Neglect Toolkit\n\n"
        "30 April 2025\n\nTuesday 26 May, 9.30am to 1pm - The Mill\n\nYou are warmly invited.\n"
    )
    first, second = news_page.read(page, date(2025, 5, 1)).items
    assert first.published == second.published == date(2025, 4, 30)
    assert not first.is_training
    assert [one.day for one in second.sessions] == [date(2025, 5, 26)]


def test_a_place_and_its_day_are_no_stamp():
    page = (
        "Seeing Neglect course\n\nMarsham Town Hall | 30 April 2025\n\nIn this course you learn"
        " what neglect is, and what to do about it when you see it.\n"
    )
    for published in (date(2025, 3, 1), None):
        [item] = news_page.read(page, published).items
        assert [one.day for one in item.sessions] == [date(2025, 4, 30)]


@pytest.mark.parametrize(("below", "found"), [("Location: Teams\nDuration: 2 hours", 0), ("", 1)])
def test_a_day_with_an_hour_is_that_of_a_session_where_its_place_stands_below(below, found):
    assert len(stamps(f"Neglect training\n22/05/2024 10:00\n{PROSE}\n{below}\n")) == found


def test_days_of_news_may_stand_before_their_titles_on_the_line():
    page = (
        f"Latest news\n\n24/01/2025 - Extra day for Seeing Neglect\nJoin us on Monday 24 March.\n\n"
        f"17/01/2025 - Our annual report\n{PROSE}\n"
    )

    announced = [item for item in news_page.read(page, date(2025, 1, 27)).items if item.sessions]

    assert [(item.title.text, item.published, item.sessions[0].day) for item in announced] == [
        ("Extra day for Seeing Neglect", date(2025, 1, 24), date(2025, 3, 24))
    ]
    # Days to come are those of sessions.
    assert over(page, date(2025, 1, 20)) == []
