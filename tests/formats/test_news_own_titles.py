"""The title on a day's own line, told from labels, remarks, places and prose."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_own_titles import is_sentence, is_subject, on_line
from webapp.formats.news_places import places
from webapp.formats.news_rows import rows


def own(line):
    source = news_source.read(line)
    (row,) = rows(source)
    return on_line(row, [(place.start, place.end) for place in places(source.lines, source)])


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Seeing Neglect - 6 May, 10am to 1pm", "Seeing Neglect"),
        ("6 May, 10am to 1pm - Seeing Neglect - fully booked", "Seeing Neglect"),
        ("6 May | 10am | Seeing Neglect (Level 2) | Mill House", "Seeing Neglect (Level 2)"),
        ("Day 1 - 6 May, 10am to 1pm", None),
        ("Neglect Toolkit (replaces 9th May) - now 14th July 9.30am - 1pm", "Neglect Toolkit"),
        ("Half day sessions, 6 May, 9:30am - 1pm", None),
        ("6 May: Seeing Neglect at the Broadway shopping centre 10-4", "Seeing Neglect"),
        ("6 May, 10am to 1pm - book now", None),
        ("Time: 6 May, 10:00 London", None),
        ("RADA17 Seeing Neglect Tuesday 10am-1pm 6/5/2025", "Seeing Neglect"),
        ("6 May, 10am: Seeing Neglect. You can bring a friend and your lunch.", "Seeing Neglect"),
        (
            "6/5/2025 Who is heard? - Family, friends and community in reviews of what was done "
            "in the home of a child who was often left alone",
            "Who is heard",
        ),
        ("6 May, 10am, Mill House. You can bring a friend and your own lunch too.", None),
        ("6 May, 10am to 1pm - Microsoft Teams", None),
        ("6 May, 10am - SG-14/2", None),
        ("Four evenings over four weeks: 6 May, 6pm to 8pm", None),
        ("A lunchtime briefing for practitioners. Tuesday 6 May, 12pm - 1pm.", None),
        ("An hour online on Teams, 6 May, 12pm to 1pm", None),
        (
            "Two day training in restorative practice: 6 May, 10am",
            "Two day training in restorative practice",
        ),
    ],
)
def test_the_fullest_words_beside_a_day_are_its_title(line, title):
    found = own(line)
    assert (found.words.text if found else None) == title


def test_words_that_name_a_kind_of_training_outweigh_longer_ones():
    assert own("Neglect workshop 6 May mixed professional groupings").is_first


def test_a_title_knows_whether_it_stands_before_the_day():
    assert own("Seeing Neglect - 6 May").is_first
    assert not own("6 May - Seeing Neglect").is_first


def test_the_words_are_where_they_stand_on_the_page():
    line = "6 May - Seeing Neglect"
    found = own(line).words
    assert line[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("line", "is_prose"),
    [
        ("We will meet you all in the hall on 6 May.", True),
        ("Seeing Neglect: 6 May, 10am. We will meet in the hall by the river.", False),
        ("6 May, 10am, Seeing Neglect", False),
        ("6 May " + "word " * 17, True),
    ],
)
def test_prose_is_no_entry_of_a_list(line, is_prose):
    (row,) = rows(news_source.read(line))
    assert is_sentence(row) == is_prose


@pytest.mark.parametrize(
    "words",
    [
        "Nurseries can",
        "The signing day will be Friday",
        "Module 2",
        "half day",
        "free",
        "£40 per person",
        "cancelled",
        "Fridays in May",
        "Four Thursdays",
        "Dates available",
        "daily",
        "week commencing",
    ],
)
def test_labels_and_remarks_are_no_subject(words):
    assert not is_subject(words)


def test_a_name_is_a_subject():
    assert is_subject("Working with fathers")


@pytest.mark.parametrize("words", ["to try out a new form", "we are offering it twice", "over"])
def test_half_a_sentence_is_no_subject(words):
    assert not is_subject(words)


@pytest.mark.parametrize("words", ["To be heard", "Who am I?", "When things go wrong"])
def test_a_title_may_begin_as_a_sentence_does(words):
    assert is_subject(words)
