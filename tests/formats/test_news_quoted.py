"""Trainings that a sentence names in quotation marks, each with its day beside its name."""

from datetime import date

import pytest

from webapp.formats import news_page, news_quoted

NAME_FIRST = (
    "Two are for our own staff. “Seeing Neglect” is on Tuesday 6 May from 1 pm to 2.30 pm, and "
    "“Chairing Well” will be held again on the 8th May from 10 am to 11 am. Both are on Teams."
)
DAY_FIRST = (
    "We have more. On Tuesday 6 May, from 1 pm to 2.30 pm, there is a briefing on “Seeing "
    "Neglect”, and on Thursday 8 May, from 10 am to 11 am, one on “Whose Job?” All are on Zoom."
)


@pytest.mark.parametrize(("text", "pieces"), [(NAME_FIRST, 4), (DAY_FIRST, 4)])
def test_a_paragraph_that_tells_of_several_is_cut_before_each_and_after_the_last(text, pieces):
    found = [text[first:last] for first, last in news_quoted.apart(text)]
    assert len(found) == pieces
    assert " ".join(found) == text
    assert found[-1].endswith(("are on Teams.", "are on Zoom."))


@pytest.mark.parametrize(
    "text",
    [
        "“Seeing Neglect” is on Tuesday 6 May.",
        "On 6 May we opened “The Hut”, and on 8 May the choir sang “Jerusalem the Golden”.",
        "Nothing is quoted on 6 May or on 8 May.",
    ],
)
def test_any_other_line_stays_whole(text):
    assert list(news_quoted.apart(text)) == [(0, len(text))]


def test_a_name_stands_where_the_line_begins():
    found = news_quoted.named("“Seeing Neglect” is on Tuesday 6 May at 10 am.")
    assert (found.text, found.start) == ("Seeing Neglect", 1)
    found = news_quoted.named("on 6 May at 10 am there is a talk on “Seeing Neglect”")
    assert found.text == "Seeing Neglect"
    assert news_quoted.named("We read “Seeing Neglect” on 6 May.") is None


@pytest.mark.parametrize(
    ("paragraph", "titles", "place"),
    [
        (NAME_FIRST, ["Seeing Neglect", "Chairing Well"], "Teams"),
        (DAY_FIRST, ["Seeing Neglect", "Whose Job?"], "Zoom"),
    ],
)
def test_each_is_a_training_on_its_day_where_all_of_them_are(paragraph, titles, place):
    page = f"Safeguarding week in the county\n\nA week of talks.\n\n{paragraph}\n"
    items = [each for each in news_page.read(page, date(2025, 4, 1)).items if each.is_training]
    assert [item.title.text for item in items] == titles
    assert [(item.sessions[0].day.day, len(item.sessions)) for item in items] == [(6, 1), (8, 1)]
    assert [item.venue.text for item in items] == [place] * 2


@pytest.mark.parametrize("level", ["Level 2", "Module 3a:", "Tier 1"])
def test_which_level_it_is_may_stand_before_its_name(level):
    found = news_quoted.named(f"{level} “Seeing Neglect” on 6 May 2025")
    assert (found.text, found.start) == (f"{level} “Seeing Neglect”", 0)
    page = (
        "Safeguarding training\n\nFurther training includes\n"
        f"• “Chairing Well” on 8 May 2025 and\n• {level} “Seeing Neglect” on 6 May 2025\n"
    )
    items = [each for each in news_page.read(page, date(2025, 4, 1)).items if each.is_training]
    assert [(item.title.text, len(item.sessions)) for item in items] == [
        ("Chairing Well", 1),
        (f"{level} “Seeing Neglect”", 1),
    ]
