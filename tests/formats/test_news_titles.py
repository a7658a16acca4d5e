"""What a session is called where its own line does not say."""

import pytest

from webapp.formats import news_sentence_titles, news_source, news_titles
from webapp.formats.announcements import Words
from webapp.formats.news_rows import rows


def read(page):
    source = news_source.read(page)
    return rows(source), source.lines


def test_the_nearest_title_upwards_is_that_of_the_day():
    found, lines = read("Seeing neglect\n\nHidden men\n\nWho should attend?\nDates:\n")
    assert news_titles.above(found, lines).text == "Hidden men"


def test_a_title_with_hours_beside_it_heads_the_days_below():
    found, lines = read("Seeing neglect (half day, 1pm - 4pm)\n")
    assert news_titles.above(found, lines).text.startswith("Seeing neglect")


@pytest.mark.parametrize(
    "line", ["Cancelled", "Time: 1pm - 4pm", "Upcoming courses", "How to book"]
)
def test_what_names_nothing_heads_nothing(line):
    assert news_titles.above(*read(f"{line}\n")) is None


def test_in_a_table_without_lines_the_cell_above_is_the_title():
    found, _ = read("some words that come before.\nHidden men in the family home\n6 May 2025\n")
    assert news_titles.right_above(found[2], found[:2], ()).text == "Hidden men in the family home"
    line = found[1].line
    assert news_titles.right_above(found[2], found[:2], [(line.start, line.end)]) is None


def test_between_a_title_and_its_next_day_may_stand_that_there_are_more():
    title = "Chairing Meetings Well for Those Who Lead Others – Half Day Course (Online)"
    found, _ = read(f"Safeguarding\n{title}\nMultiple dates\nNext: 06/05/2025\n")
    at = found[1].line.end - len("Online)")
    assert news_titles.right_above(found[3], found[:3], [(at, at + 6)]).text == title


def test_the_first_words_of_a_paragraph_say_what_it_is_about():
    (row,), _ = read("Refresher is for those who have been before")
    assert news_sentence_titles.of_lead(row).text == "Refresher"


def test_a_sentence_says_what_is_held_on_its_day():
    (row,), _ = read("We are glad. The final workshop of the year takes place on 6 May. See you.")
    said = news_sentence_titles.of_sentence(row, row.days[0])
    assert said.text.startswith("final workshop") or said.text.startswith("The final workshop")
    (row,), _ = read("Our next webinar, ‘Hidden men at home’, is on 6 May.")
    assert news_sentence_titles.of_sentence(row, row.days[0]).text == "Hidden men at home"


def test_a_long_title_gives_way_to_the_one_it_quotes():
    text = f"The partnership {'gladly ' * 20}presents ‘Hidden men in the family’"
    title = news_titles.shortened(Words(text, 10, 10 + len(text)))
    assert title.text == "Hidden men in the family"
    assert text[title.start - 10 : title.end - 10] == title.text
    short = Words("We present ‘Hidden men in the family’", 0, 37)
    assert news_titles.shortened(short) is short


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "We are holding a webinar on hidden men.\nTo book onto the Hidden Men day, ring",
            "Hidden Men day",
        ),
        ("We are holding a webinar on hidden men.", "webinar on hidden men"),
        ("A webinar: ‘Hidden men at home’", "Hidden men at home"),
    ],
)
def test_prose_names_what_is_to_be_booked_else_offered_else_quoted(page, title):
    found, _ = read(page)
    assert news_titles.in_prose(found).text == title


def test_where_nothing_names_it_an_announcement_is_called_by_its_first_words():
    found, _ = read("14\nthe team has moved. It is now upstairs.")
    assert news_titles.opening(found).text == "the team has moved"


def test_titles_of_lists_are_known():
    assert news_titles.lists_many("Spring courses")
    assert news_titles.lists_many("Early help training now available")
    assert not news_titles.lists_many("Neglect course")
    assert not news_titles.lists_many("Child protection conferences and core groups")
    assert news_titles.is_of_many("The duty hub")
    assert not news_titles.is_of_many("Neglect course")


def test_an_offer_is_named_up_to_its_day_and_is_no_bid():
    found, _ = read("We are holding a neglect workshop on Tuesday 6 May.\n")
    assert news_titles.in_prose(found).text == "neglect workshop"
    found, _ = read("To attend this training you must also book the induction.\n")
    assert news_titles.in_prose(found) is None


def test_a_story_may_name_the_training_of_a_day_but_no_meeting():
    said = "Ring us. The Seeing Neglect workshop is on Tuesday 6 May at 2pm, and has a few places."
    (row,), _ = read(said)
    named, sentence = news_sentence_titles.told(row, row.days[0])
    assert (named.text, sentence.strip()) == ("Seeing Neglect workshop", said[9:])
    (row,), _ = read(
        "The fund met in spring. Its next event is on Tuesday 6 May at 2pm, as agreed."
    )
    assert news_sentence_titles.told(row, row.days[0]) is None


def test_what_the_next_dates_are_for_is_a_title():
    found, _ = read("We can now announce the next dates for Seeing Neglect.\n")
    assert news_titles.in_prose(found).text == "Seeing Neglect"
