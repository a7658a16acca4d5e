import pytest

from webapp.errors import Refused
from webapp.formats import news_source


def texts(page):
    return [line.text for line in news_source.read(page).lines]


def lines(page):
    source = news_source.read(page)
    for line in source.lines:
        assert source.text[line.start : line.end] == line.text
    return source.lines


def cells(page):
    source = news_source.read(page)
    return [[source.text[start:end] for start, end in line.cells] for line in source.lines]


def test_a_line_is_where_the_text_has_it():
    first, second = lines("Neglect briefing\n\n\n  Tuesday 6 May")

    assert (first.text, first.gap, first.start) == ("Neglect briefing", 0, 0)
    assert (second.text, second.gap) == ("Tuesday 6 May", 2)


def test_marks_of_bullets_are_no_words():
    page = "Dates:\n  • 6 May\n- 7 May\n* 8 May\n\uf0b7\t9 May\n–\t10 May\n•\n11 May"

    assert texts(page) == ["Dates:", "6 May", "7 May", "8 May", "9 May", "10 May", "11 May"]
    assert [line.is_bullet for line in lines(page)] == [False] + [True] * 6


@pytest.mark.parametrize("line", ["1. Neglect", "-5 degrees", "9.30 - 12.30", "o Neill's talk"])
def test_what_only_looks_like_a_mark_stays(line):
    assert texts(line) == [line]
    assert not lines(line)[0].is_bullet


def test_headings_are_known_by_their_marks_or_by_the_line_under_them():
    page = "# Training\n\n### Neglect ###\n\nSafer Sleep\n-----------\n\nBook now.\n-----\n6 May"

    found = [(line.text, line.level) for line in lines(page)]

    assert found == [
        ("Training", 1),
        ("Neglect", 3),
        ("Safer Sleep", 2),
        ("Book now.", None),
        ("6 May", None),
    ]


def test_marks_of_emphasis_links_and_quoting_are_no_words():
    page = "> **Date:** 6 May\n> see [the booking site](https://example.org/x)\n![a poster](x.png)"

    assert texts(page) == ["Date: 6 May", "see the booking site", "a poster"]


def test_a_table_drawn_with_strokes_is_rows_of_cells():
    page = "| Group | Period |\n|---|:---:|\n| A | 3 June |\n| B | 4 June |"

    assert cells(page) == [["Group", "Period"], ["A", "3 June"], ["B", "4 June"]]


def test_a_table_copied_from_a_page_has_tabs_between_its_cells():
    page = "Date\tTime\tVenue\nWed 14 May\t9.30\tTown Hall"

    assert cells(page) == [["Date", "Time", "Venue"], ["Wed 14 May", "9.30", "Town Hall"]]
    assert texts(page)[1] == "Wed 14 May 9.30 Town Hall"


def test_one_line_with_a_stroke_is_no_table():
    assert cells("14/05/19 | Published in Training\n\nText") == [[], []]


def test_odd_spaces_line_ends_and_unseen_characters_are_made_plain():
    page = "Tues\u00adday\u00a06\u2009May\r\nsecond\u200b\u2028third\ufeff\rfourth\x00"

    assert texts(page) == ["Tuesday 6 May", "second", "third", "fourth"]


def test_entities_left_in_plain_text_are_read():
    assert texts("Q&amp;A&nbsp;session, 9am &ndash; 10am & more") == [
        "Q&A session, 9am – 10am & more"
    ]


def test_the_text_of_a_plain_page_stays_what_it_was():
    page = "Latest news\n\n  • Tuesday 6 May\n\nBack to list of news\n"

    assert news_source.read(page).text == page
    assert not news_source.read(page).is_marked_up


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("", "no words"),
        (" \n\t\u200b\n----\n", "no words"),
        ("<p></p><div>&nbsp;</div>", "no words"),
        ("<html><body><img src='poster.png' alt=''></body></html>", "only pictures"),
        ("x" * 1_000_001, "longer than 1,000,000"),
        (b"x" * 1_000_001, "longer than 1,000,000"),
        ("word " * 50_001, "more than 250,000 characters of text"),
        ("a\n" * 10_001, "more than 10,000 lines"),
    ],
)
def test_a_page_with_nothing_to_read_is_refused_with_a_sentence(page, says):
    with pytest.raises(Refused, match=says):
        news_source.read(page)


def test_what_is_not_shown_of_a_page_makes_it_no_longer():
    page = f"<script>{'x' * 500_000}</script><p>Neglect training</p>"

    assert news_source.read(page).text.strip() == "Neglect training"


def test_the_same_page_is_read_the_same_way_twice():
    page = "# Training\n\n| A | 3 June |\n| B | 4 June |\n<p>x</p>"

    assert news_source.read(page) == news_source.read(page)


@pytest.mark.parametrize("mark", ["§", "»", "\uf0d8", "★", "❑", "➔", "Ø"])
def test_whatever_a_word_processor_puts_before_the_points_of_a_list_is_no_text(mark):
    lines = news_source.read(f"Dates\n{mark} 6 May 2025\n{mark} 7 May 2025").lines

    assert [(line.text, line.is_bullet) for line in lines[1:]] == [
        ("6 May 2025", True),
        ("7 May 2025", True),
    ]


def test_a_list_may_be_drawn_with_its_marks_and_line_ends_alone():
    page = "<div>Safer Recruitment<br>&bull; 6 May 2025<br>- 7 May 2025</div>"

    drawn = lines(page)

    assert [(line.text, line.is_bullet) for line in drawn[1:]] == [
        ("6 May 2025", True),
        ("7 May 2025", True),
    ]
