import pytest

from tests.formats.test_news_source import cells, lines, texts
from webapp.formats import news_html, news_source


def test_blocks_begin_new_lines_and_paragraphs_stand_apart():
    page = "<h2>Neglect</h2><p>One<br>two</p><div>three</div><div>four</div><p>Five <b>six</b></p>"

    assert [(line.text, line.level, line.gap) for line in lines(page)] == [
        ("Neglect", 2, 0),
        ("One", None, 1),
        ("two", None, 0),
        ("three", None, 1),
        ("four", None, 1),
        ("Five six", None, 1),
    ]


def test_points_of_a_list_follow_each_other_without_a_gap():
    page = "<p>Dates</p><ul><li><p>6 May</p></li><li>7&nbsp;May</li></ul><p>Book</p>"

    assert [(line.text, line.is_bullet, line.gap) for line in lines(page)] == [
        ("Dates", False, 0),
        ("6 May", True, 1),
        ("7 May", True, 0),
        ("Book", False, 1),
    ]


def test_stretches_within_a_line_are_no_breaks():
    page = '<p>Tue 13<sup>th</sup> <strong>May</strong>, <abbr title="12 noon">midday</abbr></p>'

    assert texts(page) == ["Tue 13th May, midday"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>Friday 2 May</script>",
        "<style>.friday{}</style>",
        "<!-- <p>Friday 2 May</p> -->",
        "<template><p>Friday 2 May</p></template>",
        "<nav><a>Friday 2 May</a></nav>",
        "<noscript>Friday 2 May</noscript>",
        "<div hidden>Friday 2 May</div>",
        '<div aria-hidden="true">Friday 2 May</div>',
        '<div style="max-height:0; DISPLAY : none">Friday 2 May</div>',
        '<div role="navigation">Friday 2 May</div>',
        "<select><option>Friday 2 May</option></select>",
        "<s>Friday 2 May</s>",
        "<del>Friday 2 May</del>",
        '<span style="text-decoration:line-through">Friday 2 May</span>',
        "<svg><title>Friday 2 May</title></svg>",
        "<dialog>Friday 2 May</dialog>",
    ],
)
def test_what_nobody_sees_or_what_is_struck_out_is_left_out(hidden):
    assert texts(f"<p>Before</p>{hidden}<p>After</p>") == ["Before", "After"]


def test_what_stands_at_the_foot_or_the_side_says_so():
    page = "<p>News</p><aside>Also</aside><footer>Open <b>daily</b></footer><p>More</p>"

    assert [line.is_aside for line in lines(page)] == [False, True, True, False]


def test_a_row_of_data_is_one_line_with_its_cells():
    page = (
        "<table><tr><th>Date</th><th>Venue</th></tr>"
        "<tr><td><p>Wed <b>14</b> May</p></td><td>Town<br>Hall</td></tr></table>"
    )

    assert texts(page) == ["Date | Venue", "Wed 14 May | Town Hall"]
    assert cells(page) == [["Date", "Venue"], ["Wed 14 May", "Town Hall"]]


def test_a_cell_that_reaches_down_stands_in_every_row():
    page = (
        "<table><tr><td rowspan=2>Neglect</td><td>6 May</td><td rowspan=2>10am</td></tr>"
        "<tr><td>7 May</td></tr><tr><td colspan=2>Safer Sleep</td><td>2pm</td></tr></table>"
    )

    assert cells(page) == [
        ["Neglect", "6 May", "10am"],
        ["Neglect", "7 May", "10am"],
        ["Safer Sleep", "", "2pm"],
    ]


def test_a_table_that_lays_out_a_newsletter_is_no_table():
    page = (
        "<table><tr><td><h2>Neglect</h2><p>6 May</p></td><td><h2>Safer Sleep</h2></td></tr></table>"
        '<table role="presentation"><tr><td>One</td><td>Two</td></tr></table>'
    )

    assert texts(page) == ["Neglect", "6 May", "Safer Sleep", "One", "Two"]
    assert not any(cells(page))


def test_a_heading_on_two_lines_is_one_heading():
    assert texts("<h1>Safer<br>Sleep</h1><p>x</p>") == ["Safer Sleep", "x"]


def test_the_title_of_the_document_stands_above_its_lines():
    source = news_source.read("<title>News &ndash; Norbury</title><p>Neglect</p><p>6 May</p>")

    assert (source.title.text, source.title.start) == ("News – Norbury", 0)
    assert source.text == "News – Norbury\n\nNeglect\n\n6 May\n"
    assert [line.text for line in source.lines] == ["Neglect", "6 May"]


def parts(page):
    return [line.part for line in lines(page)]


def test_an_article_is_a_part_with_all_that_is_in_it():
    page = (
        "<h1>News</h1><article><h2>A</h2><section><h3>When</h3><p>6 May</p></section>"
        "<section><h3>Who</h3><p>All</p></section></article><article><h2>B</h2></article><p>End</p>"
    )

    assert parts(page) == [0, 1, 1, 1, 1, 1, 2, 0]


def test_boxes_of_one_kind_side_by_side_are_parts():
    card = "<div class=card><p>1 April</p><h3>{}</h3><p>Text</p></div>"
    page = f"<div><h1>News</h1>{card.format('A')}{card.format('B')}</div>"

    assert parts(page) == [0, 1, 1, 1, 2, 2, 2]


def test_boxes_around_headings_alone_are_no_parts():
    page = "<div><h3>A</h3></div><div>6 May</div><div><h3>B</h3></div><div>7 May</div>"

    assert set(parts(page)) == {0}


def test_a_list_of_cards_is_no_list_of_points():
    page = "<ul><li><h3>A</h3><p>6 May</p></li><li><h3>B</h3><p>7 May</p></li></ul>"

    assert parts(page) == [1, 1, 2, 2]
    assert not any(line.is_bullet for line in lines(page))


@pytest.mark.parametrize("page", ["a < b and <name@example.org>", "5 <p 7", "<booking> opens"])
def test_plain_text_with_brackets_is_not_html(page):
    assert not news_html.looks_like_it(page)


def test_spaces_count_in_text_that_was_set_by_hand():
    assert texts("<pre>One\n\ntwo</pre><p>x</p>") == ["One", "two", "x"]
