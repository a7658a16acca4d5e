"""Headings that nobody marked: told by their looks from labels, bids and sentences."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_headings import is_heading, is_part, names_days, names_nothing


def headings(page):
    lines = news_source.read(page).lines
    return [line.text for index, line in enumerate(lines) if is_heading(lines, index)]


def test_a_short_line_of_its_own_heads_what_follows():
    page = (
        "Seeing neglect early\nWhat a health visitor may notice.\n\nSpring briefings\nAll online."
    )
    assert headings(page) == ["Seeing neglect early", "Spring briefings"]


def test_what_brackets_add_to_a_title_makes_it_no_sentence():
    title = "Hearing Children (for leads who are new, and who have done the day above)"
    assert headings(f"All courses are free.\n\n{title}\nMon 5 May, Mill House") == [title]


def test_a_body_with_its_short_name_may_head_what_is_said_of_it():
    title = "Multi-Agency Safeguarding Hub (MASH)"
    assert headings(f"Come to these.\n\n{title}\nMon 5 May, 10am") == [title]


@pytest.mark.parametrize(
    "title", ["Level 2: Seeing neglect", "From harm to hope: a day", "When love hurts - a day"]
)
def test_a_title_may_begin_as_a_label_does(title):
    assert headings(f"All is free.\n\n{title}\nOnline") == [title]
    assert headings("All is free.\n\nLevel: 2\nFrom: the trainers\nWhen: on 6 May") == []


def test_a_line_in_the_middle_of_a_paragraph_heads_nothing():
    assert "Neglect in teenage years" not in headings(
        "We look at\nNeglect in teenage years\ntoday."
    )


def test_a_heading_that_is_marked_may_look_like_anything():
    assert headings("A page\n\n## who should come, and why it matters to them.\n") == [
        "A page",
        "who should come, and why it matters to them.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Venue: Mill House",
        "Book your place here",
        "Please send this to your teams",
        "the second half of a sentence",
        "It ends as a sentence does.",
        "We have had so many questions about this form that we are writing again",
        "Everybody " * 21,
    ],
)
def test_labels_bids_and_sentences_head_nothing(line):
    assert headings(f"A title\n\n{line}\n") == ["A title"]


def test_a_long_question_may_be_a_heading():
    asked = "How do you know that what you have been told is the whole story?"
    assert asked in headings(f"A title\n\n{asked}\n")


@pytest.mark.parametrize("text", ["Who should attend?", "Course outline", "Dates and times"])
def test_a_part_of_an_announcement_is_known_by_its_words(text):
    assert is_part(text)


@pytest.mark.parametrize("text", ["What trauma does to memory", "Training for clergy"])
def test_a_subject_is_no_part(text):
    assert not is_part(text)


def test_a_shelf_names_no_subject():
    assert names_nothing("Upcoming training events – May")
    assert names_nothing("What’s on this term")
    assert not names_nothing("Upcoming neglect training")


def test_a_heading_may_be_of_days_alone():
    assert names_days("January dates")
    assert not names_days("January neglect dates")


def test_what_somebody_said_is_no_heading():
    page = "Course for taxi drivers\n\nRuth Bell said:\n\n“I learnt a lot.”\n\nBook by telephone.\n"
    assert headings(page) == ["Course for taxi drivers"]


def test_a_list_of_dates_is_a_part_of_what_stands_above():
    assert is_part("The list of dates (delivered via MS Teams)")
    assert not is_part("The list of lead officers")


@pytest.mark.parametrize(
    "line", ["Dear colleagues", "Hello everyone", "Kind regards", "With best wishes"]
)
def test_how_a_letter_begins_and_ends_is_no_heading(line):
    assert headings(f"The team writes.\n\n{line}\n\nWe have news for you all.") == []
